"""The tables of the record: entries, and the head that says how many there are."""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base


class EntryRow(Base):
    """One act as it stands in the record. Rows are appended only; `released_by` is the one later mark."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("actor", "key"),
        Index("ix_entry_meeting_number", "meeting", "number"),
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
    audience: Mapped[str] = mapped_column(String(60))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32), default=b"")
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    root: Mapped[bytes] = mapped_column(LargeBinary(32))
    key: Mapped[str | None] = mapped_column(String(80), nullable=True)
    """The form's one-time key: the same form sent twice is one act. No part of the entry itself."""
    released_by: Mapped[int | None] = mapped_column(ForeignKey("entry.number"), nullable=True)
    """The later entry that made a closed entry public, if one did."""


class Head(Base):
    """How long the record is, and the Merkle frontier that the next entry is added to. One row."""

    __tablename__ = "record_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    frontier: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
