"""An outcome is withdrawn before it is published."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import SPEAKERS
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import not_allowed
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_fields import Of, Seen
from suhbat.outcomes.outcome_labels import in_a_sentence
from suhbat.outcomes.outcome_rights import WRITERS, may_bind, may_word, must_be_changeable
from suhbat.outcomes.outcome_wording import WordedOutcome, wording_of
from suhbat.outcomes.queries import held_meeting, must_be_unchanged, outcome_of
from suhbat.record.entries import Entry


class Withdrawal(InMeeting, frozen=True, kw_only=True):
    """An outcome to withdraw, and why."""

    outcome: Of
    changed: Seen
    reason: Annotated[str, Meta(title=_("Why it is withdrawn"), min_length=1, max_length=1_000)]


class OutcomeWithdrawn(Body, frozen=True, kw_only=True):
    """An outcome at its withdrawal, and why it was withdrawn."""

    outcome: WordedOutcome
    reason: str


@guard("outcome.withdrawn")
def may_withdraw(viewer: Viewer, meeting: Meeting, outcome: Outcome) -> None:
    """Those whom it binds; before its confirmation, also those who made it."""
    must_be_changeable(meeting, outcome)
    unconfirmed = outcome.status == "proposed"
    if not may_bind(viewer, outcome) and not (unconfirmed and may_word(viewer, outcome)):
        raise not_allowed(lazy("Only those who made it may withdraw it; once it is confirmed, only the head."))


@act("outcome.withdrawn", "Withdraw an outcome", by=SPEAKERS | WRITERS)
def withdraw(occasion: Occasion, inputs: Withdrawal) -> OutcomeWithdrawn:
    """Before publication, the delegation that made an outcome takes it back, and says why.

    Once it is confirmed, only the head or alternate may. The meeting's own is taken back by the chair, and before it
    is confirmed also by the secretariat or the note-taker.
    """
    outcome = outcome_of(occasion.session, inputs.meeting, inputs.outcome)
    meeting = held_meeting(occasion.session, inputs.meeting)
    may_withdraw(occasion.actor, meeting, outcome)
    must_be_unchanged(outcome, inputs.changed)
    return OutcomeWithdrawn(outcome=wording_of(outcome), reason=inputs.reason)


@effect("outcome.withdrawn")
def withdrawn(session: Session, entry: Entry, body: OutcomeWithdrawn) -> None:
    """The outcome stays in the list as withdrawn, and is never published."""
    outcome = session.get_one(Outcome, body.outcome.id)
    outcome.status, outcome.changed = "withdrawn", entry.number


@phrase("outcome.withdrawn")
def say_withdrawn(_entry: Entry, body: OutcomeWithdrawn) -> str:
    """Names the outcome that is withdrawn."""
    return in_a_sentence(lazy("Withdrawn: %(title)s"), body.outcome)
