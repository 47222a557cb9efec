"""Outcomes as pages show them, and the forms that make and change them."""

from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.cross_package_links import Related, pointing_to
from suhbat.acts.forms import Field, fields_of
from suhbat.acts.registry import REGISTRY
from suhbat.acts.roles_and_seats import Viewer
from suhbat.meetings.models import AgendaItem, Meeting
from suhbat.outcomes.models import Delivery, Outcome
from suhbat.outcomes.outcome_rights import AT_WORK
from suhbat.outcomes.outcome_wording import wording_of
from suhbat.outcomes.proposed_outcome import voice_of
from suhbat.outcomes.queries import amount_of, outcomes_of

MAIN = {
    "title",
    "to",
    "amount.value",
    "amount.currency",
    "amount.qualifier",
    "amount.meant",
    "amount.as_said",
    "due",
    "of_meeting",
    "date",
    "evidence",
}
"""The fields that a form shows first. The others are folded: by default they come from the intervention."""


@dataclass(frozen=True)
class Form:
    """The form of an act; the fields in `more` are folded."""

    act: str
    title: str
    main: list[Field]
    more: list[Field]


@dataclass(frozen=True)
class Forms:
    """The forms by which one reader makes and changes the outcomes of a meeting.

    Templates ask the door what this reader may do, and draw a form only where it offers the act.
    """

    session: Session
    actor: Viewer
    meeting: Meeting

    def making(self, act: str) -> Form:
        """The empty form of an act that makes an outcome."""
        return self._form(act, {})

    def correcting(self, outcome: Outcome) -> Form:
        """The form of a correction, filled with the present wording."""
        wording = msgspec.to_builtins(wording_of(outcome))
        values = {name: value for name, value in wording.items() if value is not None}
        return self._form("outcome.corrected", {**values, **_as_seen(outcome)})

    def withdrawing(self, outcome: Outcome) -> Form:
        """The form of a withdrawal."""
        return self._form("outcome.withdrawn", _as_seen(outcome))

    def reporting(self, outcome: Outcome) -> Form:
        """The form of a report on the delivery of the outcome."""
        return self._form("delivery.reported", {"outcome": outcome.id})

    def _form(self, act: str, values: dict[str, Any]) -> Form:
        registered = REGISTRY[act]
        fields = fields_of(registered.input_type, self.session, self.actor, {**values, "meeting": self.meeting.id}, {})
        main = [field for field in fields if field.name in MAIN or field.widget == "hidden" or field.required]
        return Form(act, str(registered.title), main, [field for field in fields if field not in main])


def _as_seen(outcome: Outcome) -> dict[str, Any]:
    return {"outcome": outcome.id, "changed": outcome.changed}


@dataclass(frozen=True)
class Card:
    """One outcome as pages show it."""

    outcome: Outcome
    amount: dict[str, Any] | None
    item: str
    """The title of the agenda item; empty if there is none."""
    deliveries: list[tuple[Delivery, dict[str, Any] | None]]
    """The reports on it, with their amounts."""
    related: list[Related] = field(default_factory=list)
    """Links to it: paragraphs of texts that contain it."""


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
    """The context of `outcomes/list.html`: the cards of a meeting and its forms."""
    voice = voice_of(session, actor, meeting)
    return {
        "outcome_meeting": meeting,
        "cards": cards(session, actor, meeting),
        "forms": Forms(session, actor, meeting),
        "voice": voice,
        "not_yet": meeting.status in AT_WORK and bool(voice.state) and not voice.interventions,
    }
