"""Outcomes as pages show them, and the forms by which they are made and changed."""

from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.forms import Field, fields_of
from suhbat.acts.registry import REGISTRY
from suhbat.acts.relations import Related, pointing_to
from suhbat.meetings.models import AgendaItem, Meeting
from suhbat.outcomes.models import Delivery, Outcome
from suhbat.outcomes.new_outcome import voice_of
from suhbat.outcomes.outcome_rights import AT_WORK
from suhbat.outcomes.outcome_wording import as_written
from suhbat.outcomes.queries import amount_of, outcomes_of

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
class Forms:
    """Draws the forms by which one reader makes and changes a meeting's outcomes.

    What this reader may do, templates ask the door; they draw a form only where it offers the act.
    """

    session: Session
    actor: Viewer
    meeting: Meeting

    def making(self, act: str) -> Form:
        """The empty form of an act that makes an outcome."""
        return self._form(act, {})

    def correcting(self, outcome: Outcome) -> Form:
        """The form of a correction, with the wording that the outcome has."""
        worded = msgspec.to_builtins(as_written(outcome))
        known = {name: value for name, value in worded.items() if value is not None}
        return self._form("outcome.corrected", {**known, **_as_seen(outcome)})

    def withdrawing(self, outcome: Outcome) -> Form:
        """The form of a withdrawal."""
        return self._form("outcome.withdrawn", _as_seen(outcome))

    def reporting(self, outcome: Outcome) -> Form:
        """The form of a report on what became of the outcome."""
        return self._form("delivery.reported", {"outcome": outcome.id})

    def _form(self, act: str, values: dict[str, Any]) -> Form:
        known = REGISTRY[act]
        fields = fields_of(known.input_type, self.session, self.actor, {**values, "meeting": self.meeting.id}, {})
        main = [field for field in fields if field.name in MAIN or field.widget == "hidden" or field.required]
        return Form(act, str(known.title), main, [field for field in fields if field not in main])


def _as_seen(outcome: Outcome) -> dict[str, Any]:
    return {"outcome": outcome.id, "changed": outcome.changed}


@dataclass(frozen=True)
class Card:
    """One outcome as it is shown."""

    outcome: Outcome
    amount: dict[str, Any] | None
    item: str
    """The agenda item's title; empty if it came from none."""
    deliveries: list[tuple[Delivery, dict[str, Any] | None]]
    """What was reported on it, with the amounts."""
    related: list[Related] = field(default_factory=list)
    """What points to it: the paragraphs of texts that put it into words."""


def cards(session: Session, actor: Viewer, meeting: Meeting) -> list[Card]:
    """The cards of a meeting's outcomes, in the order they were made."""
    query = select(AgendaItem.id, AgendaItem.title).where(AgendaItem.meeting == meeting.id)
    items = {row.id: row.title for row in session.execute(query)}
    outcomes = outcomes_of(session, meeting.id, actor.scope(meeting.id))
    related = pointing_to(session, actor, "outcome", [outcome.id for outcome in outcomes])
    return [
        Card(
            outcome=outcome,
            amount=amount_of(outcome),
            item=items.get(outcome.item or "", ""),
            deliveries=[(delivery, amount_of(delivery)) for delivery in outcome.deliveries],
            related=related[outcome.id],
        )
        for outcome in outcomes
    ]


def outcomes_shown(session: Session, actor: Viewer, meeting: Meeting) -> dict[str, Any]:
    """What `outcomes/list.html` needs: the cards of a meeting, and what its forms depend on."""
    voice = voice_of(session, actor, meeting)
    return {
        "outcome_meeting": meeting,
        "cards": cards(session, actor, meeting),
        "forms": Forms(session, actor, meeting),
        "voice": voice,
        "not_yet": meeting.status in AT_WORK and bool(voice.state) and not voice.interventions,
    }
