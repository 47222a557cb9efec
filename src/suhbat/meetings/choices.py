"""Choices that forms of every room offer: the delegations of a meeting, and the items of its agenda."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import Actor
from suhbat.acts.forms import Choice, choices
from suhbat.formats.names import state_name
from suhbat.meetings.models import AgendaItem, Delegation


@choices("delegations")
def delegations(session: Session, _actor: Actor, values: dict[str, Any]) -> list[Choice]:
    """The delegations of the form's meeting in protocol order."""
    rows = session.scalars(
        select(Delegation).where(Delegation.meeting == str(values.get("meeting", ""))).order_by(Delegation.position)
    )
    return [(row.state, state_name(row.state)) for row in rows]


@choices("agenda items")
def agenda_items(session: Session, _actor: Actor, values: dict[str, Any]) -> list[Choice]:
    """The agenda items of the form's meeting in their order, as they stand now."""
    rows = session.scalars(
        select(AgendaItem).where(AgendaItem.meeting == str(values.get("meeting", ""))).order_by(AgendaItem.position)
    )
    return [(row.id, row.title) for row in rows]
