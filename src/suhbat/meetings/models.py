"""Tables of meetings: those that were convened here, and those that sources report."""

from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, Integer, String, Text, UniqueConstraint, and_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from suhbat.ground.database import Base


class Meeting(Base):
    """A meeting of a format. Its id is `<format>/<slug>` and never changes, because it is the public address."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_format_starts", "format", "starts"),)

    id: Mapped[str] = mapped_column(String(160), primary_key=True)
    format: Mapped[str] = mapped_column(ForeignKey("format.id"))
    number: Mapped[int | None] = mapped_column(nullable=True)
    title: Mapped[str] = mapped_column(String(400))
    level: Mapped[str] = mapped_column(String(20))
    mode: Mapped[str | None] = mapped_column(String(20), nullable=True)
    """`in-person`, `video`, `hybrid`; None if no source says it."""
    starts: Mapped[str] = mapped_column(String(10))
    """Day, month or year, on the host's calendar."""
    ends: Mapped[str | None] = mapped_column(String(10), nullable=True)
    opens_at: Mapped[str | None] = mapped_column(String(27), nullable=True)
    """The instant of the scheduled opening (`clock.stamp`); None for reported meetings."""
    closes_at: Mapped[str | None] = mapped_column(String(27), nullable=True)
    zone: Mapped[str] = mapped_column(String(40), default="")
    """The host's time zone."""
    city: Mapped[str | None] = mapped_column(String(120), nullable=True)
    country: Mapped[str | None] = mapped_column(String(20), nullable=True)
    chair_state: Mapped[str | None] = mapped_column(String(20), nullable=True)
    chair_name: Mapped[str | None] = mapped_column(String(200), nullable=True)
    chair_office: Mapped[str | None] = mapped_column(String(300), nullable=True)
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Topics of a reported meeting; a meeting held here has agenda items."""
    status: Mapped[str] = mapped_column(String(20))
    """`draft`, `convened`, `open`, `suspended`, `closed`, `published`, `cancelled`; or `reported`."""
    origin: Mapped[str] = mapped_column(String(10), default="held")
    rehearsal: Mapped[bool] = mapped_column(default=False)
    trial: Mapped[bool] = mapped_column(default=False)
    """Whether it is a test: nothing of it ever becomes public, and it can be deleted with all that happened in it."""
    confidence: Mapped[str] = mapped_column(String(10), default="")
    notes: Mapped[str | None] = mapped_column(Text, nullable=True)
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    """iCalendar SEQUENCE: rises when the calendar data changes."""
    released: Mapped[bool] = mapped_column(default=False)
    """Whether a meeting held here was ever released: a draft that was cancelled never becomes public."""
    host_first: Mapped[bool] = mapped_column(default=False)
    """Whether the chair's delegation comes before the alphabetical order."""
    cancelled_because: Mapped[str] = mapped_column(Text, default="")
    agenda_changed: Mapped[int] = mapped_column(Integer, default=0)
    """The entry that last changed the working copy of the agenda; forms carry it."""
    agenda_version: Mapped[int] = mapped_column(Integer, default=0)
    """The released version of the agenda; 0 while it is a draft."""
    entry: Mapped[int] = mapped_column(Integer, default=0)
    """The entry that last changed the meeting; forms carry it, so that stale forms are refused."""

    @hybrid_property
    def hidden(self) -> bool:
        """Whether only participants may know of it: a draft, one that was cancelled as a draft, or a test."""
        return self.origin == "held" and not self.released

    @hidden.inplace.expression
    @classmethod
    def _hidden(cls) -> ColumnElement[bool]:
        return and_(cls.origin == "held", cls.released.is_(False))

    delegations: Mapped[list["Delegation"]] = relationship(order_by="Delegation.position", cascade="all, delete-orphan")
    agenda: Mapped[list["AgendaItem"]] = relationship(order_by="AgendaItem.position", cascade="all, delete-orphan")


class Delegation(Base):
    """A state or organisation at a meeting, in protocol order."""

    __tablename__ = "delegation"
    __table_args__ = (UniqueConstraint("meeting", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    position: Mapped[int] = mapped_column(default=0)
    observer: Mapped[bool] = mapped_column(default=False)
    """Observers are invited, but speak only if given the floor."""
    head_name: Mapped[str | None] = mapped_column(String(200), nullable=True)
    """As the credentials say; without credentials, who sits as head."""
    head_office: Mapped[str | None] = mapped_column(String(300), nullable=True)
    seated: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    """Who sits as head and as alternate head, the head first: `{role, person, name, office}`."""
    others: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Further members that a source or the credentials name: `{name, office}`, and `role` in credentials."""
    credentials: Mapped[str] = mapped_column(String(20), default="awaited")
    """`awaited`, `presented`, `accepted` or `returned`."""
    letter: Mapped[str] = mapped_column(String(200), default="")
    """The note verbale or letter that carries the credentials: its number and date."""
    returned_because: Mapped[str] = mapped_column(Text, default="")
    changed: Mapped[int] = mapped_column(Integer, default=0)
    """The entry that last changed the delegation; forms carry it."""


class Attendance(Base):
    """One person's stay in the room of a meeting while it is open. Coming back after a minute begins a new stay."""

    __tablename__ = "attendance"
    __table_args__ = (Index("ix_attendance_meeting_went", "meeting", "went"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    person: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    delegation: Mapped[str] = mapped_column(String(20), default="")
    """The state for whose delegation the person sits; empty for the chair, the secretariat and the interpreters."""
    came: Mapped[str] = mapped_column(String(27))
    went: Mapped[str | None] = mapped_column(String(27), nullable=True)
    """When the person was last heard of; None for those who are in the room."""


class AgendaItem(Base):
    """An item of the agenda tree; `parent` is the item above it."""

    __tablename__ = "agenda_item"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    parent: Mapped[str | None] = mapped_column(ForeignKey("agenda_item.id"), nullable=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(300))
    topic: Mapped[str] = mapped_column(String(40), default="")
    minutes: Mapped[int] = mapped_column(default=0)
    """The planned time in minutes; 0 if none was set."""
    note: Mapped[str] = mapped_column(Text, default="")
    left_over_from: Mapped[str | None] = mapped_column(String(200), nullable=True)
    """The outcome of an earlier meeting that the item takes up."""


class AgendaRelease(Base):
    """A released version of the agenda, with the changes since the version before."""

    __tablename__ = "agenda_release"
    __table_args__ = (UniqueConstraint("meeting", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column()
    time: Mapped[str] = mapped_column(String(27))
    audience: Mapped[str] = mapped_column(String(60), default="participants")
    note: Mapped[str] = mapped_column(Text, default="")
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """The items in order: `{id, number, parent, title, topic, minutes, note}`, the number as printed: 1, 1.1, 2."""
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Changes since the version before: `{kind: added|removed|renamed|retimed|moved, number, title, was}`."""


class Paper(Base):
    """A paper of an agenda item. Its file is in the data folder under its hash; the record has the hash."""

    __tablename__ = "paper"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    item: Mapped[str | None] = mapped_column(ForeignKey("agenda_item.id"), nullable=True)
    title: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(String(20), default="")
    """The delegation that filed it; empty for the secretariat."""
    audience: Mapped[str] = mapped_column(String(60))
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int] = mapped_column()
    sha256: Mapped[str] = mapped_column(String(64))
    filed: Mapped[str] = mapped_column(String(27), default="")
    """When it was filed (`clock.stamp`)."""
    withdrawn: Mapped[bool] = mapped_column(default=False)


class Document(Base):
    """An adopted text that is published elsewhere, as a source names it."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(10))
