"""The table of staged rehearsals."""

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base


class Rehearsal(Base):
    """A conference that was staged, and how fast the absent are played."""

    __tablename__ = "rehearsal"

    meeting: Mapped[str] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"), primary_key=True)
    script: Mapped[str] = mapped_column(String(80))
    pace: Mapped[str] = mapped_column(String(10), default="hand")
    """`hand`: one move at each press; `brisk`: a move every few seconds; `real`: as a meeting goes."""
    away: Mapped[bool] = mapped_column(default=False)
    """Whether it was put away. The record keeps it; a new one takes its place."""
    entry: Mapped[int] = mapped_column(Integer, default=0)
