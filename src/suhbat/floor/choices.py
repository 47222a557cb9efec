"""The choices that the forms of the floor's acts offer."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.forms import Choice, choices
from suhbat.acts.roles_and_seats import Viewer
from suhbat.floor.models import FloorRequest, Intervention
from suhbat.formats.state_names import state_name
from suhbat.ground.name_lists import in_a_row
from suhbat.meetings.agenda import agenda_shown
from suhbat.meetings.models import Delegation, Meeting
from suhbat.record.audiences import PARTICIPANTS


def _readable_meeting(actor: Viewer, values: dict[str, Any]) -> str:
    """The meeting of the form if the reader takes part in it, else an empty string: others get no choices."""
    meeting = str(values.get("meeting", ""))
    return meeting if actor.scope(meeting).sees(PARTICIPANTS) else ""


@choices("floor.delegations")
def delegations(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The delegations of the meeting in protocol order."""
    query = select(Delegation.state).where(Delegation.meeting == _readable_meeting(actor, values))
    return [(state, state_name(state)) for state in session.scalars(query.order_by(Delegation.position))]


@choices("floor.items")
def items(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The items of the agenda."""
    meeting = session.get(Meeting, _readable_meeting(actor, values))
    return [(item.id, item.title) for item in agenda_shown(session, meeting, actor)] if meeting else []


@choices("floor.requests")
def requests(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The requests that wait, in the order in which they were made."""
    query = select(FloorRequest).where(
        FloorRequest.meeting == _readable_meeting(actor, values), FloorRequest.status == "waiting"
    )
    return [(row.id, state_name(row.delegation)) for row in session.scalars(query.order_by(FloorRequest.entry))]


@choices("floor.interventions")
def interventions(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The interventions so far, the latest first."""
    query = select(Intervention).where(Intervention.meeting == _readable_meeting(actor, values))
    turns = session.scalars(query.order_by(Intervention.entry.desc()))
    return [(str(turn.entry), in_a_row([state_name(turn.delegation), turn.speaker])) for turn in turns]
