"""An outcome is reworded before it is published."""

from typing import Annotated, ClassVar

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.bodies import Shape, upcaster
from suhbat.acts.roles_and_seats import SPEAKERS
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import not_allowed
from suhbat.meetings.models import Meeting
from suhbat.outcomes import outcome_validation
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_fields import Of, OutcomeInput, Seen
from suhbat.outcomes.outcome_labels import in_a_sentence
from suhbat.outcomes.outcome_rights import WRITERS, may_word, must_be_changeable
from suhbat.outcomes.outcome_validation import Errors, Origin
from suhbat.outcomes.outcome_wording import WordedOutcome, store_wording
from suhbat.outcomes.proposed_outcome import add_as_proposed
from suhbat.outcomes.queries import held_meeting, must_be_unchanged, outcome_of
from suhbat.record.entries import Entry


class Correction(OutcomeInput, frozen=True, kw_only=True):
    """An outcome in its new wording, and why."""

    outcome: Of
    changed: Seen
    reason: Annotated[
        str,
        Meta(
            title=_("Why it is corrected"),
            description=_("This is published with the outcome; the old wording is not."),
            min_length=1,
            max_length=1_000,
        ),
    ]


class OutcomeCorrected(Body, frozen=True, kw_only=True):
    """An outcome in its new wording.

    The old wording is not repeated: this entry is published one day, and the old wording is not.
    """

    version: ClassVar[int] = 2
    outcome: WordedOutcome
    corrects: int
    """The number of the entry that last changed the outcome."""
    made: int
    """The number of the entry that made the outcome; 0 in version 1."""
    reason: str


@upcaster("outcome.corrected", 1)
def from_version_1(shape: Shape) -> Shape:
    """Version 1 did not name the entry that made the outcome."""
    return {**shape, "made": 0}


@guard("outcome.corrected")
def may_correct(viewer: Viewer, meeting: Meeting, outcome: Outcome) -> None:
    """Those who made it, until it is published or withdrawn."""
    must_be_changeable(meeting, outcome)
    if not may_word(viewer, outcome):
        raise not_allowed(lazy("Only those who made it may correct it."))


@act("outcome.corrected", "Correct an outcome", by=SPEAKERS | WRITERS)
def correct(occasion: Occasion, inputs: Correction) -> OutcomeCorrected:
    """Before publication, the delegation that made an outcome changes its wording.

    The chair, the secretariat or the note-taker does so for the meeting's own. The old wording stays in the record,
    and the new one has to be confirmed again.
    """
    session = occasion.session
    outcome = outcome_of(session, inputs.meeting, inputs.outcome)
    meeting = held_meeting(session, inputs.meeting)
    may_correct(occasion.actor, meeting, outcome)
    must_be_unchanged(outcome, inputs.changed)
    wording = _new_wording(session, meeting, outcome, inputs)
    return OutcomeCorrected(outcome=wording, corrects=outcome.changed, made=outcome.entry, reason=inputs.reason)


def _new_wording(session: Session, meeting: Meeting, outcome: Outcome, inputs: Correction) -> WordedOutcome:
    """The new wording; item and intervention stay the same unless others are named."""
    errors: Errors = {}
    number = inputs.intervention or outcome.intervention
    interventions = outcome_validation.interventions(session, meeting.id, outcome.delegation)
    if number is not None and number not in {entry.number for entry in interventions}:
        errors["intervention"] = lazy("This is no intervention of your delegation.")
    return outcome_validation.checked_wording(
        session,
        meeting,
        Origin(outcome.id, outcome.kind, outcome.by, outcome.delegation),
        inputs,
        errors,
        item=inputs.item or outcome.item or "",
        intervention=number,
    )


@effect("outcome.corrected", on_release=True)
def corrected(session: Session, entry: Entry, body: OutcomeCorrected) -> None:
    """The outcome has the new wording and awaiting confirmation again. Its earlier words may never be released."""
    outcome = session.get(Outcome, body.outcome.id) or add_as_proposed(session, entry, body.outcome, body.made)
    store_wording(outcome, body.outcome, entry)
    outcome.status = "proposed"


@phrase("outcome.corrected")
def say_corrected(_entry: Entry, body: OutcomeCorrected) -> str:
    """Quotes the new wording."""
    return in_a_sentence(lazy("Corrected: %(what)s"), body.outcome)
