"""The tables of the record: entries, and the head with their number."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base
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
