"""Choices for the forms of all packages: a meeting's delegations, its agenda items, unfinished business."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.forms import Choice, choices
from suhbat.acts.roles_and_seats import DELEGATION, Role, Viewer
from suhbat.formats.state_names import state_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import gettext
from suhbat.ground.name_lists import in_a_row
from suhbat.meetings.agenda import agenda_shown, numbered_items
from suhbat.meetings.models import Delegation, Meeting
from suhbat.meetings.papers import FILERS
from suhbat.meetings.unfinished_business import left_overs
from suhbat.record.audiences import DELEGATIONS, MEMBERS


@choices("delegations")
def delegations(session: Session, _actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The delegations of the form's meeting, in protocol order."""
    rows = session.scalars(
        select(Delegation).where(Delegation.meeting == str(values.get("meeting", ""))).order_by(Delegation.position)
    )
    return [(row.state, state_name(row.state)) for row in rows]


@choices("agenda items")
def agenda_items(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The agenda items of the form's meeting that the reader may see, in order."""
    meeting = session.get(Meeting, str(values.get("meeting", "")))
    items = agenda_shown(session, meeting, actor) if meeting else []
    return [(row.item.id, f"{row.number} {row.item.title}") for row in numbered_items(items)]


@choices("left over")
def left_over(session: Session, _actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The unfinished business of the form's format, the newest first."""
    return [
        (row.outcome, in_a_row([row.title, show_date(row.day)]))
        for row in left_overs(session, str(values.get("format", "")))
    ]


@choices("paper audiences")
def paper_audiences(_session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The audiences for which the actor can file papers, by the seat that would file them."""
    seat = actor.seat_for(FILERS, str(values.get("meeting", "")))
    scope = actor.scope(str(values.get("meeting", "")))
    audiences = [("participants", gettext("All participants")), ("public", gettext("Anyone"))]
    if scope.sees(DELEGATIONS):
        audiences.append((DELEGATIONS, gettext("The delegations, without observers")))
    if scope.sees(MEMBERS):
        audiences.append((MEMBERS, gettext("The members' delegations alone")))
    if seat and seat.role in DELEGATION and seat.state:
        audiences.append(("delegation", gettext("My delegation alone")))
    if seat and seat.role == Role.SECRETARIAT:
        audiences.append(("secretariat", gettext("The secretariat alone")))
    return audiences
