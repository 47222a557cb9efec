"""Choices that forms of every room offer: a meeting's delegations, its agenda, what earlier meetings left over."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import Role, Viewer
from suhbat.acts.forms import Choice, choices
from suhbat.formats.state_names import state_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import gettext
from suhbat.ground.name_lists import in_a_row
from suhbat.meetings.agenda import agenda_shown, numbered
from suhbat.meetings.models import Delegation, Meeting
from suhbat.meetings.unfinished_business import left_overs


@choices("delegations")
def delegations(session: Session, _actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The delegations of the form's meeting in protocol order."""
    rows = session.scalars(
        select(Delegation).where(Delegation.meeting == str(values.get("meeting", ""))).order_by(Delegation.position)
    )
    return [(row.state, state_name(row.state)) for row in rows]


@choices("agenda items")
def agenda_items(session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The agenda items of the form's meeting in their order, as far as the reader may know them."""
    meeting = session.get(Meeting, str(values.get("meeting", "")))
    rows = agenda_shown(session, meeting, actor) if meeting else []
    return [(each.item.id, f"{each.number} {each.item.title}") for each in numbered(rows)]


@choices("left over")
def left_over(session: Session, _actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """What earlier meetings of the form's format left over, the newest first."""
    return [
        (each.outcome, in_a_row([each.title, show_date(each.day)]))
        for each in left_overs(session, str(values.get("format", "")))
    ]


@choices("paper audiences")
def paper_audiences(_session: Session, actor: Viewer, values: dict[str, Any]) -> list[Choice]:
    """The audiences for which this actor can file papers."""
    meeting = str(values.get("meeting", ""))
    found = [("participants", gettext("All participants")), ("public", gettext("Anyone"))]
    if actor.delegation_at(meeting):
        found.append(("delegation", gettext("My delegation alone")))
    if Role.SECRETARIAT in actor.roles_at(meeting):
        found.append(("secretariat", gettext("The secretariat alone")))
    return found
