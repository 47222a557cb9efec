"""Choices that the forms of outcomes offer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.actors import SPEAKERS, Viewer
from suhbat.acts.forms import Choice, choices
from suhbat.formats.names import state_name
from suhbat.formats.topics import TOPICS
from suhbat.ground.currencies import currency_name
from suhbat.ground.dates import show_instant
from suhbat.ground.language import language
from suhbat.ground.money import CURRENCIES
from suhbat.meetings.agenda import agenda_shown
from suhbat.meetings.left_over import LeftOver, knows_left_overs
from suhbat.meetings.models import Meeting
from suhbat.outcomes.checks import interventions, states_of
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.queries import left_over
from suhbat.outcomes.words import QUALIFIED, STATES
from suhbat.record.reading import PARTICIPANTS

Values = dict[str, Any]


def _meeting(session: Session, actor: Viewer, values: Values) -> Meeting | None:
    """The meeting of a form, if its reader takes part in it: agendas and interventions are no public matter."""
    place = str(values.get("meeting", ""))
    return session.get(Meeting, place) if actor.scope(place).sees(PARTICIPANTS) else None


def _own(session: Session, actor: Viewer, values: Values) -> str:
    """The delegation whose outcome it is, or would be."""
    if named := session.get(Outcome, str(values.get("outcome", ""))):
        return named.delegation
    seats = actor.seats_at(str(values.get("meeting", "")))
    return next((seat.state for seat in seats if seat.role in SPEAKERS and seat.state), "")


@choices("outcome_receivers")
def receivers(session: Session, actor: Viewer, values: Values) -> Sequence[Choice]:
    """Every state at the meeting or in its format but the own."""
    meeting = _meeting(session, actor, values)
    if meeting is None:
        return []
    own = _own(session, actor, values)
    return [(code, state_name(code)) for code in states_of(session, meeting) if code != own]


@choices("outcome_items")
def items(session: Session, actor: Viewer, values: Values) -> Sequence[Choice]:
    """The items of the meeting's agenda."""
    meeting = _meeting(session, actor, values)
    if meeting is None:
        return []
    return [(item.id, item.title) for item in agenda_shown(session, meeting, actor)]


@choices("outcome_interventions")
def spoken(session: Session, actor: Viewer, values: Values) -> Sequence[Choice]:
    """The interventions of the own delegation, or all for the meeting's own outcomes."""
    meeting = _meeting(session, actor, values)
    if meeting is None:
        return []
    given = interventions(session, meeting.id, _own(session, actor, values))
    zone = meeting.zone or "UTC"
    return [
        (
            str(entry.number),
            f"{show_instant(entry.time, zone, 'figures-and-time')} · {state_name(entry.body['delegation'])}",
        )
        for entry in given
    ]


@choices("topics")
def topics(_session: Session, _actor: Viewer, _values: Values) -> Sequence[Choice]:
    """The topics that an outcome may have, in the order of the list."""
    return [(code, str(name)) for code, name in TOPICS.items()]


@choices("currencies")
def currencies(_session: Session, _actor: Viewer, _values: Values) -> Sequence[Choice]:
    """Codes with the names of the currencies."""
    return [(code, f"{code} · {currency_name(code, language())}") for code in CURRENCIES]


@choices("qualifiers")
def qualifiers(_session: Session, _actor: Viewer, _values: Values) -> Sequence[Choice]:
    """The words that qualify an amount."""
    return [(code, str(name)) for code, name in QUALIFIED.items()]


@choices("delivery_states")
def delivery_states(_session: Session, _actor: Viewer, _values: Values) -> Sequence[Choice]:
    """What a report may say of an outcome."""
    return [(code, str(name)) for code, name in STATES.items() if code != "announced"]


@knows_left_overs
def left_overs(session: Session, format_: str) -> Sequence[LeftOver]:
    """What the meetings of a format left for a later one and was not seen again, for whoever convenes the next."""
    return [
        LeftOver(
            outcome=outcome.id,
            meeting=outcome.meeting,
            day=day,
            kind=outcome.kind,
            title=outcome.title or outcome.summary,
            topic=outcome.topic,
            by=tuple(outcome.by),
        )
        for outcome, day in left_over(session, format_)
    ]
