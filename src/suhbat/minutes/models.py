"""Tables of summary records: the draft, its paragraphs, and the answers of the delegations."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suhbat.ground.database import Base


class Minutes(Base):
    """The summary record of a meeting. Every change of what would be published increases the version."""

    __tablename__ = "minutes"

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(Integer)
    language: Mapped[str] = mapped_column(String(5))
    edited: Mapped[bool] = mapped_column(default=False)
    """Whether anyone has edited the draft: a new draft would discard that work."""
    changed: Mapped[int] = mapped_column(Integer)
    """The entry that last changed it."""
    published: Mapped[int | None] = mapped_column(Integer, nullable=True)
    """The entry that published it."""

    paragraphs: Mapped[list["MinutesParagraph"]] = relationship(
        order_by="MinutesParagraph.position", cascade="all, delete-orphan"
    )
    stands: Mapped[list["MinutesStand"]] = relationship(
        order_by="MinutesStand.delegation", cascade="all, delete-orphan"
    )


class MinutesParagraph(Base):
    """One paragraph, heading or list item; `entries` are the numbers of the entries that it is based on."""

    __tablename__ = "minutes_paragraph"
    __table_args__ = (UniqueConstraint("meeting", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("minutes.meeting", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    position: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(20))
    """`heading`, `text`, `delegation`, `item` (of the agenda), `intervention`, or `outcome` (read from its entries)."""
    delegation: Mapped[str] = mapped_column(String(20), default="")
    text: Mapped[str] = mapped_column(Text, default="")
    entries: Mapped[list[int]] = mapped_column(JSON, default=list)
    about: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Of an intervention: `speaker`, `office`, `kind`, `seconds`, `statements`; of an outcome: its `outcome` id."""
    changed: Mapped[int] = mapped_column(Integer)
    """The entry that last changed it."""


class MinutesStand(Base):
    """The answer of a delegation to a version of the summary record: it agrees, or objects with a correction."""

    __tablename__ = "minutes_stand"
    __table_args__ = (UniqueConstraint("meeting", "delegation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("minutes.meeting", ondelete="CASCADE"), index=True)
    delegation: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column()
    agrees: Mapped[bool] = mapped_column()
    paragraph: Mapped[str] = mapped_column(String(40), default="")
    correction: Mapped[str] = mapped_column(Text, default="")
    name: Mapped[str] = mapped_column(String(200))
    time: Mapped[str] = mapped_column(String(27))
    entry: Mapped[int] = mapped_column()
