"""The table of staged rehearsals."""

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base


class Rehearsal(Base):
    """A staged rehearsal, and its pace."""

    __tablename__ = "rehearsal"

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    script: Mapped[str] = mapped_column(String(80))
    pace: Mapped[str] = mapped_column(String(10), default="hand")
    """`hand`: one move for each click; `brisk`: a move every few seconds; `real`: at the speed of a real meeting."""
    away: Mapped[bool] = mapped_column(default=False)
    """Whether it was put away. Its entries stay in the record; a new one can be staged."""
    entry: Mapped[int] = mapped_column(Integer, default=0)
