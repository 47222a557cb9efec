"""The deadline of a silence: read from the host's clock, and asked about where it leaves little time to object."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta

from suhbat.formats.city_names import city_name
from suhbat.ground.dates import local_instant, short_day
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import in_a_row, labelled, sentences
from suhbat.ground.refusals import Kind, Refused, invalid
from suhbat.meetings.capital_clocks import cautions_at
from suhbat.meetings.models import Meeting
from suhbat.meetings.wall_times import WallTime
from suhbat.texts.models import Text

CUSTOM = timedelta(hours=72)
"""The least time that the United Nations leave for objections by custom."""

Deadline = Annotated[
    WallTime,
    Meta(
        title="Deadline, on the host’s clock",
        description="The custom of the United Nations is 72 hours at least.",
    ),
]
IsCertain = Annotated[bool, Meta(title="Yes, this deadline is meant", extra={"widget": "question"})]


def read_deadline(meeting: Meeting, wall_time: str, now: datetime) -> datetime:
    """The instant that the host's clock names; it has to lie ahead."""
    day, _, time = wall_time.partition("T")
    try:
        deadline = local_instant(day, time, meeting.zone or "UTC")
    except (ValueError, OverflowError):
        deadline = None
    if deadline is None:
        raise invalid(deadline=lazy("This is no date or time there."))
    if deadline <= now:
        raise invalid(deadline=lazy("The deadline has to lie in the future."))
    return deadline


def ask_about_deadline(meeting: Meeting, text: Text, deadline: datetime, now: datetime) -> None:
    """Ask whether a deadline is meant that is close, at night, at a weekend or on a holiday of one of the capitals.

    In a rehearsal or a test nobody is bound, so nothing is asked.
    """
    if meeting.rehearsal or meeting.trial:
        return
    why = [*_too_close(deadline, now), *_odd_hours(text.order, deadline)]
    if why:
        question = lazy("Please look at this deadline once more. %(why)s") % {"why": sentences(why)}
        raise Refused(Kind.INVALID, lazy("Please look once more."), {"certain": question})


def _too_close(deadline: datetime, now: datetime) -> Iterable[str]:
    if deadline - now < CUSTOM:
        yield gettext("It is less than 72 hours away.")


def _odd_hours(states: Iterable[str], deadline: datetime) -> Iterable[str]:
    """A line for each capital where the hour is odd, such as `Astana: Thu 10 Dec, 20:00 (at night)`."""
    for capital, cautions in cautions_at(states, deadline):
        why = in_a_row(caution.text for caution in cautions)
        hour = f"{short_day(capital.local)}, {capital.local:%H:%M} ({why})."
        yield labelled(city_name(capital.city), hour)
