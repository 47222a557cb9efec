"""Questions before a meeting is convened: whether it doubles another, and whether it lies far in the past."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from suhbat.ground.dates import show_date
from suhbat.ground.language import Lazy, lazy
from suhbat.meetings.models import Meeting

FAR = timedelta(days=31)
"""How long ago a meeting can have begun without a question."""


def question_about(
    session: Session, format_: str, level: str, number: int | None, opens: datetime, day: str, now: datetime
) -> Lazy | None:
    """What the convener is asked before such a meeting is convened; None if nothing is odd about it."""
    alike: list[ColumnElement[bool]] = [Meeting.starts == day, and_(Meeting.starts <= day, Meeting.ends >= day)]
    if number:
        alike.append(Meeting.number == number)
    double = session.scalar(
        select(Meeting)
        .where(Meeting.format == format_, Meeting.level == level, or_(*alike), Meeting.status != "cancelled",
               Meeting.rehearsal.is_(False), Meeting.trial.is_(False))
        .order_by(Meeting.starts.desc(), Meeting.id)
        .limit(1)
    )  # fmt: skip
    if double:
        return lazy("The record has “%(title)s” already (%(date)s). Is this another meeting?") % {
            "title": double.title, "date": show_date(double.starts),
        }  # fmt: skip
    if opens < now - FAR:
        return lazy("This day is long past. Is the date right?")
    return None
