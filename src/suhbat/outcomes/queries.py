"""Queries about outcomes, for pages and for other packages."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from suhbat.acts.cross_package_links import Related, names
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, not_found
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Delivery, Outcome
from suhbat.record.audiences import PARTICIPANTS, Scope


def amount_of(row: Outcome | Delivery) -> dict[str, Any] | None:
    """The amount of an outcome or delivery as the record stores it; None where none was named."""
    if row.value is None:
        return None
    as_said = row.as_said if isinstance(row, Outcome) else ""
    return {"value": row.value, "currency": row.currency, "qualifier": row.qualifier, "as_said": as_said}


def held_meeting(session: Session, meeting: str) -> Meeting:
    """The meeting that an act names; not found unless it is held here."""
    row = session.get(Meeting, meeting)
    if row is None or row.origin != "held":
        raise not_found(lazy("There is no such meeting here."))
    return row


def outcome_of(session: Session, meeting: str, outcome: str) -> Outcome:
    """The outcome that an act names; not found where it is not one of this meeting."""
    row = session.get(Outcome, outcome)
    if row is None or row.meeting != meeting:
        raise not_found(lazy("There is no such outcome at this meeting."))
    return row


def must_be_unchanged(outcome: Outcome, last_change: int) -> None:
    """Refuse an outdated form; `last_change` is the entry that had last changed the outcome when the form was drawn."""
    if outcome.changed != last_change:
        raise conflict(lazy("This was changed after you saw it. Look again and decide again."))


def outcomes_of(session: Session, meeting: str, scope: Scope) -> list[Outcome]:
    """The outcomes of a meeting that the reader may see, with their deliveries, in the order they were made.

    The public sees published outcomes; participants also see proposed, confirmed and withdrawn ones.
    """
    query = select(Outcome).where(Outcome.meeting == meeting)
    if not scope.sees(PARTICIPANTS):
        query = query.where(Outcome.status == "published")
    query = query.options(selectinload(Outcome.deliveries)).order_by(Outcome.position, Outcome.id)
    return list(session.scalars(query))


def outcome(session: Session, id_: str, scope: Scope) -> Outcome | None:
    """One outcome with its deliveries; None if it does not exist or this reader may not see it."""
    row = session.scalar(select(Outcome).where(Outcome.id == id_).options(selectinload(Outcome.deliveries)))
    if row is None or (row.status != "published" and not scope.sees(PARTICIPANTS)):
        return None
    return row


def left_over(session: Session, format_: str) -> list[tuple[Outcome, str]]:
    """The unfinished business of a format's meetings, each with the day of its meeting.

    These are published or confirmed recommendations and next meetings that nothing fulfilled, and that were not
    reported as delivered or dropped. Those with unknown state are included.
    """
    query = (
        select(Outcome, Meeting.starts)
        .join(Meeting, Meeting.id == Outcome.meeting)
        .where(
            Meeting.format == format_,
            Outcome.kind.in_(["recommendation", "next-meeting"]),
            Outcome.status.in_(["confirmed", "published"]),
            Outcome.delivery_status.not_in(["delivered", "dropped"]),
            Outcome.fulfilled_by.is_(None),
        )
        .order_by(Meeting.starts, Outcome.position, Outcome.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


@names("outcome")
def outcomes(session: Session, actor: Viewer, ids: list[str]) -> dict[str, Related]:
    """By id, the outcomes that this reader may see. Published ones link to their public page, others to the desk."""
    rows = session.scalars(select(Outcome).where(Outcome.id.in_(ids)))
    return {
        row.id: _related(row)
        for row in rows
        if row.status == "published" or actor.scope(row.meeting).sees(PARTICIPANTS)
    }


def _related(outcome: Outcome) -> Related:
    name = outcome.id.partition("#")[2]
    page = f"/meetings/{outcome.meeting}/outcomes#o-{name}"
    if outcome.status == "published":
        page = f"/outcomes/{outcome.meeting}/{name}"
    return Related(outcome.title or outcome.summary, page)
