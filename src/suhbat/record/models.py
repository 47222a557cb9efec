"""The tables of the record: entries, and the head with their number; and what processes share that is no entry."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import PASSING, Base
from suhbat.record.audiences import LONGEST_AUDIENCE


class EntryRow(Base):
    """One entry of the record. Rows are only appended; `released_by` is the only column that changes later."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("actor", "key"),
        Index("ix_entry_meeting_number", "meeting", "number"),
        Index("ix_entry_format_number", "format", "meeting", "number"),
    )

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    format: Mapped[str] = mapped_column(String(80), default="")
    meeting: Mapped[str] = mapped_column(String(160), default="")
    act: Mapped[str] = mapped_column(String(60), index=True)
    actor: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    office: Mapped[str] = mapped_column(String(200))
    delegation: Mapped[str] = mapped_column(String(20), default="")
    time: Mapped[str] = mapped_column(String(27))
    audience: Mapped[str] = mapped_column(String(LONGEST_AUDIENCE))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32), default=b"")
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    key: Mapped[str | None] = mapped_column(String(80), nullable=True)
    """The form's one-time key: a form that is sent twice is one act. It is not part of the entry itself."""
    released_by: Mapped[int | None] = mapped_column(ForeignKey("entry.number"), nullable=True)
    """The number of the later entry that made this closed entry public, if there is one."""


class Head(Base):
    """The size of the record, and the Merkle frontier to which the next entry is added. The table has one row."""

    __tablename__ = "record_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    frontier: Mapped[bytes] = mapped_column(LargeBinary, default=b"")


class OpenLine(Base):
    """A browser tab in a meeting room, and the process that holds its live connection (its line).

    The row stays for a day after the line is lost: the name of the tab belongs to the person who used it first.
    """

    __tablename__ = "open_line"
    __table_args__ = ({"info": {PASSING: True}},)

    place: Mapped[str] = mapped_column(String(160), primary_key=True)
    peer: Mapped[str] = mapped_column(String(40), primary_key=True)
    """The name that the tab gave itself."""
    person: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(Text)
    """What the other participants are shown about this peer (JSON)."""
    worker: Mapped[str] = mapped_column(String(16), index=True)
    """The process that holds the line, or held it last."""
    open: Mapped[bool] = mapped_column()
    """Whether the line was open when its process last wrote. A process that was killed has written nothing since."""
    joined: Mapped[str] = mapped_column(String(27))
    heard: Mapped[str] = mapped_column(String(27), index=True)
    """When the line was last known to be open (`clock.stamp`)."""


class WorkerSignal(Base):
    """Something that a process tells the others and that nobody keeps: a signal between peers, or who is here now."""

    __tablename__ = "worker_signal"
    __table_args__ = ({"info": {PASSING: True}},)

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    worker: Mapped[str] = mapped_column(String(16))
    """The process that sent it."""
    to: Mapped[str] = mapped_column(String(16))
    """The process for which it is; empty for all others."""
    place: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(10))
    """`signal`, `gone`, or `here` if the lines of the place have changed."""
    data: Mapped[str] = mapped_column(Text)
    """JSON."""
    sent: Mapped[str] = mapped_column(String(27), index=True)
