"""An outcome as a page shows it, with what this reader may do about it."""

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import SPEAKERS, Viewer
from suhbat.acts.forms import Field, fields_of
from suhbat.acts.registry import REGISTRY
from suhbat.acts.relations import Related, pointing_to
from suhbat.meetings.models import AgendaItem, Meeting
from suhbat.outcomes.acts import MAKING
from suhbat.outcomes.models import Delivery, Outcome
from suhbat.outcomes.outcome_rules import may_bind, may_report, may_write
from suhbat.outcomes.outcome_validation import interventions
from suhbat.outcomes.queries import amount_of, as_written, outcomes_of

AT_WORK = {"open", "suspended", "closed"}
"""States of a meeting in which outcomes are made and changed."""
MAIN = {
    "title",
    "to",
    "amount.value",
    "amount.currency",
    "amount.qualifier",
    "amount.as_said",
    "due",
    "of_meeting",
    "date",
    "evidence",
}
"""The fields a form shows first; the others stand folded, since they are filled from the intervention."""


@dataclass(frozen=True)
class Form:
    """A form of an act, its less needed fields folded away."""

    act: str
    title: str
    main: list[Field]
    more: list[Field]


@dataclass(frozen=True)
class Card:
    """One outcome and what the reader may do with it."""

    outcome: Outcome
    amount: dict[str, Any] | None
    item: str
    """The agenda item's title; empty if it came from none."""
    confirm: bool
    correct: Form | None
    withdraw: Form | None
    report: Form | None
    deliveries: list[tuple[Delivery, dict[str, Any] | None]]
    """What was reported on it, with the amounts."""
    related: list[Related] = field(default_factory=list)
    """What points to it: the paragraphs of texts that put it into words."""


def cards(session: Session, actor: Viewer, meeting: Meeting) -> list[Card]:
    """The cards of a meeting's outcomes, in the order they were made."""
    query = select(AgendaItem.id, AgendaItem.title).where(AgendaItem.meeting == meeting.id)
    items = {row.id: row.title for row in session.execute(query)}
    at_work = meeting.status in AT_WORK
    made = [
        _card(session, actor, outcome, items, at_work=at_work)
        for outcome in outcomes_of(session, meeting.id, actor.scope(meeting.id))
    ]
    related = pointing_to(session, actor, "outcome", [each.outcome.id for each in made])
    return [replace(each, related=related[each.outcome.id]) for each in made]


def _card(session: Session, actor: Viewer, outcome: Outcome, items: dict[str, str], *, at_work: bool) -> Card:
    changeable = at_work and outcome.status in {"proposed", "confirmed"}
    binds, writes = may_bind(actor, outcome), may_write(actor, outcome)
    fixed = {"meeting": outcome.meeting, "outcome": outcome.id, "changed": outcome.changed}
    wording = {name: given for name, given in as_written(outcome).items() if given is not None}
    return Card(
        outcome=outcome,
        amount=amount_of(outcome),
        item=items.get(outcome.item or "", ""),
        confirm=changeable and binds and outcome.status == "proposed",
        correct=form(session, actor, "outcome.corrected", {**wording, **fixed}) if changeable and writes else None,
        withdraw=form(session, actor, "outcome.withdrawn", fixed)
        if changeable and (binds or (writes and outcome.status == "proposed"))
        else None,
        report=form(session, actor, "delivery.reported", {"meeting": outcome.meeting, "outcome": outcome.id})
        if outcome.origin == "held" and outcome.status == "published" and may_report(actor, outcome)
        else None,
        deliveries=[(each, amount_of(each)) for each in outcome.deliveries],
    )


def form(session: Session, actor: Viewer, act: str, values: dict[str, Any]) -> Form:
    """A form of an act filled with what is known."""
    known = REGISTRY[act]
    fields = fields_of(known.input_type, session, actor, values, {})
    main = [field for field in fields if field.name in MAIN or field.widget == "hidden" or field.required]
    return Form(act, str(known.title), main, [field for field in fields if field not in main])


def makings(session: Session, actor: Viewer, meeting: Meeting) -> list[Form]:
    """The forms by which this reader can leave something behind at a meeting, as it now stands."""
    if meeting.status not in AT_WORK:
        return []
    values = {"meeting": meeting.id}
    acts = [act for act in MAKING if actor.seat_for(REGISTRY[act].by, meeting.id)]
    if may_not_yet(session, actor, meeting):
        acts = [act for act in acts if act != "pledge.made"]
    return [form(session, actor, act, values) for act in acts]


def may_not_yet(session: Session, actor: Viewer, meeting: Meeting) -> bool:
    """Whether the reader speaks for a delegation that has not had the floor: its pledges have no place yet."""
    own = next((seat.state for seat in actor.seats_at(meeting.id) if seat.role in SPEAKERS and seat.state), "")
    return bool(own) and not interventions(session, meeting.id, own)
