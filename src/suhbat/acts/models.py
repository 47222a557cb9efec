"""The table of notices: which entries are told to whom. It is made from entries, like every table."""

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from suhbat.ground.database import Base
from suhbat.record.audiences import LONGEST_AUDIENCE


class NoticeRow(Base):
    """One entry that is told to one audience. Its words are made when it is read (`suhbat.acts.notices`)."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_place_number", "place", "number", "audience"),
        Index("ix_notice_format_number", "format", "number", "audience"),
        Index("ix_notice_audience_number", "audience", "number"),
    )

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    """The number of the entry."""
    audience: Mapped[str] = mapped_column(String(LONGEST_AUDIENCE), primary_key=True)
    """To whom it is told: an audience of its place (`record/audiences.py`), or `seat:ID`."""
    act: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(40))
    """Who acted, and need not be told."""
    format: Mapped[str] = mapped_column(String(80), default="")
    place: Mapped[str] = mapped_column(String(160), default="")
    """The meeting of the entry, or its format if it belongs to no meeting."""
    urgent: Mapped[bool] = mapped_column(default=False)
    """Whether it is mailed at once, whatever rhythm a person chose."""
    until: Mapped[str | None] = mapped_column(String(27), nullable=True)
    """The instant until which something is to be done (`clock.stamp`); None if there is none."""
    done: Mapped[int | None] = mapped_column(BigInteger, nullable=True)
    """The number of the entry by which it was done; None while it is open."""
