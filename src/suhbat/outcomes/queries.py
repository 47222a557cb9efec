"""What pages and other rooms ask about outcomes."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from suhbat.outcomes.models import Delivery, Outcome
from suhbat.record.reading import PARTICIPANTS, Scope

OPEN = ("proposed", "confirmed")


def amount_of(row: Outcome | Delivery) -> dict[str, Any] | None:
    """The amount of an outcome or delivery as the record writes it; None where none was named."""
    if row.value is None:
        return None
    said = row.as_said if isinstance(row, Outcome) else ""
    return {"value": row.value, "currency": row.currency, "qualifier": row.qualifier, "as_said": said}


def as_written(outcome: Outcome) -> dict[str, Any]:
    """An outcome as the body of an entry carries it."""
    return {
        "id": outcome.id,
        "kind": outcome.kind,
        "by": outcome.by,
        "to": outcome.to,
        "topic": outcome.topic,
        "title": outcome.title,
        "summary": outcome.summary,
        "amount": amount_of(outcome),
        "due": outcome.due,
        "item": outcome.item,
        "intervention": outcome.intervention,
        "delegation": outcome.delegation,
    }


def outcomes_of(session: Session, meeting: str, scope: Scope) -> list[Outcome]:
    """A meeting's outcomes with their deliveries, as far as the reader may see them, in the order they were made.

    The public sees what is published; participants also what waits for confirmation and what was withdrawn.
    """
    query = select(Outcome).where(Outcome.meeting == meeting)
    if not scope.sees(PARTICIPANTS):
        query = query.where(Outcome.status == "published")
    query = query.options(selectinload(Outcome.deliveries)).order_by(Outcome.position, Outcome.id)
    return list(session.scalars(query))


def outcome(session: Session, id_: str, scope: Scope) -> Outcome | None:
    """One outcome with its deliveries; None where there is none that this reader may see."""
    found = session.scalar(select(Outcome).where(Outcome.id == id_).options(selectinload(Outcome.deliveries)))
    if found is None or (found.status != "published" and not scope.sees(PARTICIPANTS)):
        return None
    return found


def left_over(session: Session, meeting: str) -> list[Outcome]:
    """What a meeting left for the next one of its format: its recommendations that were not withdrawn."""
    query = select(Outcome).where(
        Outcome.meeting == meeting, Outcome.kind == "recommendation", Outcome.status != "withdrawn"
    )
    return list(session.scalars(query.order_by(Outcome.position, Outcome.id)))
