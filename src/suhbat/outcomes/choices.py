"""Choices that the forms of outcomes offer."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts import body_of
from suhbat.acts.forms import Choice, choices
from suhbat.acts.roles_and_seats import Viewer
from suhbat.formats.state_names import state_name
from suhbat.formats.topics import TOPICS
from suhbat.formats.vocabulary import DELIVERY_STATUSES
from suhbat.ground.currencies import currency_name
from suhbat.ground.dates import show_instant
from suhbat.ground.language import language
from suhbat.ground.money import CURRENCIES
from suhbat.meetings.agenda import agenda_shown
from suhbat.meetings.models import Meeting
from suhbat.meetings.unfinished_business import LeftOver, knows_left_overs
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_rights import speaks_for
from suhbat.outcomes.outcome_validation import interventions, states_of
from suhbat.outcomes.queries import left_over
from suhbat.record.audiences import PARTICIPANTS

Values = dict[str, Any]


def _meeting(session: Session, actor: Viewer, values: Values) -> Meeting | None:
    """The meeting of a form, if its reader takes part in it: agendas and interventions are not public."""
    meeting = str(values.get("meeting", ""))
    return session.get(Meeting, meeting) if actor.scope(meeting).sees(PARTICIPANTS) else None


def _giver(session: Session, actor: Viewer, values: Values) -> str:
    """The delegation of the outcome that the form changes, or would make."""
    name = str(values.get("outcome", ""))
    if outcome := session.get(Outcome, name) if name else None:
        return outcome.delegation
    return speaks_for(actor, str(values.get("meeting", "")))


@choices("outcome_receivers")
def receivers(session: Session, actor: Viewer, values: Values) -> Sequence[Choice]:
    """All states at the meeting or in its format, except the giver."""
    meeting = _meeting(session, actor, values)
    if meeting is None:
        return []
    giver = _giver(session, actor, values)
    return [(code, state_name(code)) for code in states_of(session, meeting) if code != giver]


@choices("outcome_items")
def items(session: Session, actor: Viewer, values: Values) -> Sequence[Choice]:
    """The items of the meeting's agenda."""
    meeting = _meeting(session, actor, values)
    if meeting is None:
        return []
    return [(item.id, item.title) for item in agenda_shown(session, meeting, actor)]


@choices("outcome_interventions")
def spoken(session: Session, actor: Viewer, values: Values) -> Sequence[Choice]:
    """The interventions of the delegation; all interventions for an outcome of the whole meeting."""
    meeting = _meeting(session, actor, values)
    if meeting is None:
        return []
    entries = interventions(session, meeting.id, _giver(session, actor, values))
    zone = meeting.zone or "UTC"
    return [
        (
            str(entry.number),
            f"{show_instant(entry.time, zone, 'figures-and-time')} · {state_name(body_of(entry).delegation)}",
        )
        for entry in entries
    ]


@choices("topics")
def topics(_session: Session, _actor: Viewer, _values: Values) -> Sequence[Choice]:
    """The topics that an outcome may have, in their order."""
    return [(code, str(name)) for code, name in TOPICS.items()]


@choices("currencies")
def currencies(_session: Session, _actor: Viewer, _values: Values) -> Sequence[Choice]:
    """All currencies, by code and name."""
    return [(code, f"{code} · {currency_name(code, language())}") for code in CURRENCIES]


@choices("delivery_states")
def delivery_states(_session: Session, _actor: Viewer, _values: Values) -> Sequence[Choice]:
    """The states that a report may give to an outcome."""
    return [(code, str(name)) for code, name in DELIVERY_STATUSES.items() if code != "announced"]


@knows_left_overs
def left_overs(session: Session, format_: str) -> Sequence[LeftOver]:
    """The unfinished business of a format, for the person who convenes its next meeting."""
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
