"""Tables of outcomes and their deliveries, both of meetings held here and of reported ones."""

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suhbat.ground.database import Base


class Outcome(Base):
    """What a meeting leaves behind. Its id `<meeting>#<name>` is its permanent public address."""

    __tablename__ = "outcome"

    id: Mapped[str] = mapped_column(String(240), primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    """`pledge`, `decision`, `recommendation`, `announcement`, `document`, `project` or `next-meeting`."""
    by: Mapped[list[str]] = mapped_column(JSON, default=list)
    to: Mapped[list[str]] = mapped_column(JSON, default=list)
    topic: Mapped[str] = mapped_column(String(40), default="other", index=True)
    title: Mapped[str] = mapped_column(String(300), default="")
    summary: Mapped[str] = mapped_column(Text)
    value: Mapped[int | None] = mapped_column(BigInteger, nullable=True)
    currency: Mapped[str] = mapped_column(String(3), default="")
    qualifier: Mapped[str] = mapped_column(String(10), default="")
    as_said: Mapped[str] = mapped_column(String(200), default="")
    """The amount in the words of the one who promised it, such as "nearly 2 billion yen"."""
    due: Mapped[str | None] = mapped_column(String(10), nullable=True)
    part_of: Mapped[str | None] = mapped_column(String(240), nullable=True, index=True)
    part_of_confidence: Mapped[str] = mapped_column(String(10), default="")
    follows: Mapped[str | None] = mapped_column(String(240), nullable=True, index=True)
    follows_as: Mapped[str] = mapped_column(String(10), default="")
    fulfilled_by: Mapped[str | None] = mapped_column(String(160), nullable=True)
    sources: Mapped[list[int]] = mapped_column(JSON, default=list)
    origin: Mapped[str] = mapped_column(String(10), default="held")
    delivery_status: Mapped[str] = mapped_column("state", String(20), default="announced", index=True)
    """The status after the last report: `announced`, `in-progress`, `delivered`, `dropped`, `unknown`."""

    status: Mapped[str] = mapped_column(String(20), default="published")
    """`proposed`, `confirmed`, `published` or `withdrawn` if made here. Reported outcomes are `published`."""
    delegation: Mapped[str] = mapped_column(String(20), default="")
    """The delegation that made it and has to confirm it; empty for the meeting's own."""
    item: Mapped[str | None] = mapped_column(String(40), nullable=True)
    """The agenda item it came from."""
    intervention: Mapped[int | None] = mapped_column(Integer, nullable=True)
    """The number of the entry that gave the floor to the intervention it came from."""
    entry: Mapped[int] = mapped_column(Integer, default=0)
    """The entry that made it."""
    changed: Mapped[int] = mapped_column(Integer, default=0)
    """The entry that last changed it."""

    deliveries: Mapped[list["Delivery"]] = relationship(order_by="Delivery.position", cascade="all, delete-orphan")


class Delivery(Base):
    """A report on an outcome: what happened, when, and by which source."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(ForeignKey("outcome.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    date: Mapped[str | None] = mapped_column(String(10), nullable=True)
    status: Mapped[str] = mapped_column("state", String(20))
    value: Mapped[int | None] = mapped_column(BigInteger, nullable=True)
    currency: Mapped[str] = mapped_column(String(3), default="")
    qualifier: Mapped[str] = mapped_column(String(10), default="")
    summary: Mapped[str] = mapped_column(Text)
    source: Mapped[int | None] = mapped_column(nullable=True)
    entry: Mapped[int] = mapped_column(Integer, default=0)
