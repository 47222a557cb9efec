"""Tables of the floor: the room of a meeting, its speakers' lists, requests, interventions, statements, summaries."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base


class Room(Base):
    """The conference room of one meeting. The row is created by the first act in the room."""

    __tablename__ = "room"

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    item: Mapped[str] = mapped_column(String(40), default="")
    """The agenda item before the meeting; empty where none is open."""
    open_to_all: Mapped[bool] = mapped_column(default=False)
    """Whether everyone may speak without being given the floor."""
    opened: Mapped[str | None] = mapped_column(String(27), nullable=True)
    suspended: Mapped[str | None] = mapped_column(String(27), nullable=True)
    """Since when the meeting is suspended; None where it is not."""
    closed: Mapped[str | None] = mapped_column(String(27), nullable=True)
    chaired: Mapped[int] = mapped_column(Integer, default=0)
    """The entry of the chair's last decision: a form that is older is refused."""
    changed: Mapped[int] = mapped_column(Integer, default=0)
    """The last entry that changed what the room shows."""


class SpeakersList(Base):
    """The speakers' list of one agenda item. An item without a row has an open list in the order of requests."""

    __tablename__ = "speakers_list"
    __table_args__ = (UniqueConstraint("meeting", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    item: Mapped[str] = mapped_column(String(40))
    closed: Mapped[bool] = mapped_column(default=False)
    order: Mapped[str] = mapped_column(String(10), default="request")
    """`request` or `protocol`."""
    seconds: Mapped[int] = mapped_column(default=0)
    """The time limit of a speech on this item; 0 where the chair set none."""


class FloorRequest(Base):
    """A request to speak."""

    __tablename__ = "floor_request"
    __table_args__ = (Index("ix_floor_request_meeting_item", "meeting", "item"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    item: Mapped[str] = mapped_column(String(40))
    delegation: Mapped[str] = mapped_column(String(20))
    person: Mapped[str] = mapped_column(String(40), default="")
    speaker: Mapped[str] = mapped_column(String(200), default="")
    office: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[str] = mapped_column(String(20))
    """`speech`, `reply`, `point-of-order` or `question`."""
    asked: Mapped[str] = mapped_column(String(27))
    entry: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(10), default="waiting")
    """`waiting`, `given`, `withdrawn`, or `lapsed` where the meeting closed first."""


class Intervention(Base):
    """One intervention (a turn on the floor). Its clock runs while `since` is set; interruptions stop it."""

    __tablename__ = "intervention"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    entry: Mapped[int] = mapped_column(Integer, unique=True)
    """The entry that gave the floor; outcomes and summaries name an intervention by it."""
    item: Mapped[str] = mapped_column(String(40))
    delegation: Mapped[str] = mapped_column(String(20))
    person: Mapped[str] = mapped_column(String(40), default="")
    speaker: Mapped[str] = mapped_column(String(200), default="")
    office: Mapped[str] = mapped_column(String(300), default="")
    kind: Mapped[str] = mapped_column(String(20))
    request: Mapped[str] = mapped_column(String(40), default="")
    seconds: Mapped[int] = mapped_column(default=0)
    """Time allowed, extensions included; 0 where none was set."""
    began: Mapped[str] = mapped_column(String(27))
    ended: Mapped[str | None] = mapped_column(String(27), nullable=True)
    since: Mapped[str | None] = mapped_column(String(27), nullable=True)
    """Since when the clock runs; None while it is stopped."""
    spoken: Mapped[int] = mapped_column(BigInteger, default=0)
    """Microseconds on the floor before `since`."""
    interrupts: Mapped[str] = mapped_column(String(40), default="")
    """The intervention that waits meanwhile and goes on afterwards."""


class Statement(Base):
    """A statement as text: until its speaker starts, only its delegation and the secretariat may read it."""

    __tablename__ = "statement"
    __table_args__ = (Index("ix_statement_standing", "meeting", "replaced", "delegation", "item"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    item: Mapped[str] = mapped_column(String(40))
    delegation: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    filed: Mapped[str] = mapped_column(String(27))
    entry: Mapped[int] = mapped_column(Integer)
    offered: Mapped[int | None] = mapped_column(Integer, nullable=True)
    """The entry of the intervention with which it was offered to everyone; None before that."""
    replaced: Mapped[bool] = mapped_column(default=False)
    """Whether the delegation filed a later wording that replaces it."""


class Summary(Base):
    """The note-taker's summary of one intervention; a later summary replaces an earlier one."""

    __tablename__ = "intervention_summary"

    given: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The number of the entry that gave the floor."""
    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(String(200))
    entry: Mapped[int] = mapped_column(Integer)
