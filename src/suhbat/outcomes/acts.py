"""Acts by which a meeting leaves something behind, and by which it is followed."""

from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select

from suhbat.acts import Decision, Occasion, act
from suhbat.acts.actors import DELEGATION, HEADS, SPEAKERS, Role
from suhbat.formats.models import Source
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, not_found, out_of_order
from suhbat.outcomes import outcome_validation
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_inputs import Announced, Confirmation, Correction, Made, Pledge, Report, Withdrawal
from suhbat.outcomes.outcome_rules import (
    WRITERS,
    corrected,
    delegation_outcome,
    may_bind,
    may_report,
    may_write,
    meeting_outcome,
    seen,
)
from suhbat.outcomes.outcome_validation import Faults
from suhbat.outcomes.queries import as_written

MAKING = {
    "pledge.made": "pledge",
    "decision.taken": "decision",
    "recommendation.made": "recommendation",
    "announcement.made": "announcement",
    "project.announced": "project",
    "next_meeting.set": "next-meeting",
}
"""The acts that make an outcome, and the kind each makes."""


@act("pledge.made", "Make a pledge", by=SPEAKERS)
def pledge(occasion: Occasion, inputs: Pledge) -> dict[str, Any]:
    """A delegation makes a pledge in or after its intervention: to whom, what, how much, by when.

    The amount is kept as it was said, with its qualifier and all its figures. The head of the delegation confirms
    the pledge before it is published.
    """
    return {"outcome": delegation_outcome(occasion, "pledge", inputs)}


@act("decision.taken", "Write down a decision", by=WRITERS)
def decide(occasion: Occasion, inputs: Made) -> dict[str, Any]:
    """The chair, the secretariat or the note-taker writes down what the delegations decided together."""
    return {"outcome": meeting_outcome(occasion, "decision", inputs)}


@act("recommendation.made", "Write down a recommendation for the next meeting", by=WRITERS)
def recommend(occasion: Occasion, inputs: Made) -> dict[str, Any]:
    """The chair, the secretariat or the note-taker writes down what the next meeting is to take up.

    It is proposed for the agenda when the next meeting of the format is convened.
    """
    return {"outcome": meeting_outcome(occasion, "recommendation", inputs)}


@act("announcement.made", "Make an announcement", by=SPEAKERS | WRITERS)
def announce(occasion: Occasion, inputs: Announced) -> dict[str, Any]:
    """A delegation announces something in or after its intervention; or the meeting as a whole does."""
    return {"outcome": _announced(occasion, "announcement", inputs)}


@act("project.announced", "Announce a project", by=SPEAKERS | WRITERS)
def announce_project(occasion: Occasion, inputs: Announced) -> dict[str, Any]:
    """A delegation announces a project in or after its intervention; or the meeting as a whole does."""
    return {"outcome": _announced(occasion, "project", inputs)}


@act("next_meeting.set", "Set the next meeting", by=WRITERS)
def set_next_meeting(occasion: Occasion, inputs: Made) -> dict[str, Any]:
    """The chair, the secretariat or the note-taker writes down when the delegations meet next: a year is enough."""
    return {"outcome": meeting_outcome(occasion, "next-meeting", inputs)}


def _announced(occasion: Occasion, kind: str, inputs: Announced) -> dict[str, Any]:
    roles = occasion.actor.roles_at(inputs.meeting)
    speaks = any(seat.role in SPEAKERS and seat.state for seat in occasion.actor.seats_at(inputs.meeting))
    if inputs.of_meeting or not speaks:
        if not roles & WRITERS:
            raise not_allowed(lazy("Only the chair, the secretariat or the note-taker writes for the whole meeting."))
        return meeting_outcome(occasion, kind, inputs)
    return delegation_outcome(occasion, kind, inputs)


@act("outcome.corrected", "Correct an outcome", by=SPEAKERS | WRITERS)
def correct(occasion: Occasion, inputs: Correction) -> dict[str, Any]:
    """Before publication, the delegation that made an outcome words it anew.

    The chair, the secretariat or the note-taker does so for the meeting's own. The old wording stays in the record,
    and the new one has to be confirmed again.
    """
    outcome = seen(occasion, inputs.meeting, inputs.outcome, inputs.changed)
    if not may_write(occasion.actor, outcome):
        raise not_allowed(lazy("Only those who made it may correct it."))
    # The old wording is not repeated: this entry is published one day, and what was corrected before is not.
    return {"outcome": corrected(occasion, outcome, inputs), "corrects": outcome.changed, "reason": inputs.reason}


@act("outcome.confirmed", "Confirm an outcome", by=HEADS | {Role.CHAIR})
def confirm(occasion: Occasion, inputs: Confirmation) -> dict[str, Any]:
    """The head or alternate of the delegation that made an outcome confirms its wording.

    The chair confirms the meeting's own. Only what is confirmed is published.
    """
    outcome = seen(occasion, inputs.meeting, inputs.outcome, inputs.changed)
    if not may_bind(occasion.actor, outcome):
        raise not_allowed(lazy("The head of the delegation that made it confirms it; the chair, for the meeting."))
    if outcome.status != "proposed":
        raise out_of_order(lazy("This is confirmed already."))
    return {"outcome": as_written(outcome)}


@act("outcome.withdrawn", "Withdraw an outcome", by=SPEAKERS | WRITERS)
def withdraw(occasion: Occasion, inputs: Withdrawal) -> dict[str, Any]:
    """Before publication, the delegation that made an outcome takes it back, and says why.

    Once it is confirmed, only the head or alternate may. The meeting's own is taken back by the chair, and before it
    is confirmed also by the secretariat or the note-taker.
    """
    outcome = seen(occasion, inputs.meeting, inputs.outcome, inputs.changed)
    binds = may_bind(occasion.actor, outcome)
    if not binds and (outcome.status != "proposed" or not may_write(occasion.actor, outcome)):
        raise not_allowed(lazy("Only those who made it may withdraw it; once it is confirmed, only the head."))
    return {"outcome": as_written(outcome), "reason": inputs.reason}


@act("delivery.reported", "Report what became of an outcome", by=DELEGATION | {Role.SECRETARIAT}, audience="public")
def report(occasion: Occasion, inputs: Report) -> Decision[Any]:
    """A delegation that made or receives a published outcome, or the secretariat, reports what became of it.

    The report says when, what, and where it can be read, and is public at once. That nothing is known is a report too.
    """
    outcome = occasion.session.get(Outcome, inputs.outcome)
    if outcome is None or outcome.meeting != inputs.meeting:
        raise not_found(lazy("There is no such outcome at this meeting."))
    if outcome.origin != "held":
        raise out_of_order(lazy("This one comes from published sources: the editors of the public record follow it."))
    if outcome.status != "published":
        raise out_of_order(lazy("What is not published yet cannot be delivered."))
    if not may_report(occasion.actor, outcome):
        raise not_allowed(lazy("Those who promised, those who receive and the secretariat report on it."))
    faults: Faults = {}
    body = {
        "date": outcome_validation.happened(inputs.date, occasion.now, faults),
        "state": inputs.state,
        "amount": outcome_validation.amount(inputs.amount, faults),
        "summary": inputs.summary,
        "source": _source(occasion, inputs, faults),
    }
    outcome_validation.refuse(faults)
    return Decision({"outcome": as_written(outcome), "delivery": body})


def _source(occasion: Occasion, inputs: Report, faults: Faults) -> dict[str, Any] | None:
    if not inputs.evidence:
        if inputs.publisher:
            faults["evidence"] = lazy("Where did they publish it?")
        return None
    parts = urlsplit(inputs.evidence)
    if parts.scheme not in {"http", "https"} or not parts.netloc or any(c.isspace() for c in inputs.evidence):
        faults["evidence"] = lazy("This is no address of a page; it begins with https://")
    last = occasion.session.scalar(select(func.max(Source.n)).where(Source.of == inputs.meeting))
    return {"n": (last or 0) + 1, "url": inputs.evidence, "publisher": inputs.publisher or parts.netloc, "date": None}
