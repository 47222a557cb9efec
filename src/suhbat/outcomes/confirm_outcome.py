"""An outcome is confirmed by those it binds, and published with the summary record."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Role, Viewer, act, effect, further_effect, guard, phrase
from suhbat.acts.roles_and_seats import HEADS
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_fields import Of, Seen
from suhbat.outcomes.outcome_labels import in_a_sentence
from suhbat.outcomes.outcome_rights import may_bind, must_be_changeable
from suhbat.outcomes.outcome_wording import WordedOutcome, wording_of
from suhbat.outcomes.queries import held_meeting, must_be_unchanged, outcome_of
from suhbat.record.entries import Entry


class Confirmation(InMeeting, frozen=True, kw_only=True):
    """The outcome to confirm, as the form showed it."""

    outcome: Of
    changed: Seen


class OutcomeConfirmed(Body, frozen=True, kw_only=True):
    """An outcome in the wording that was confirmed."""

    outcome: WordedOutcome


@guard("outcome.confirmed")
def may_confirm(viewer: Viewer, meeting: Meeting, outcome: Outcome) -> None:
    """Those whom it binds, while it awaiting confirmation."""
    must_be_changeable(meeting, outcome)
    if not may_bind(viewer, outcome):
        raise not_allowed(lazy("The head of the delegation that made it confirms it; the chair, for the meeting."))
    if outcome.status != "proposed":
        raise out_of_order(lazy("This is confirmed already."))


@act("outcome.confirmed", "Confirm an outcome", by=HEADS | {Role.CHAIR})
def confirm(occasion: Occasion, inputs: Confirmation) -> OutcomeConfirmed:
    """The head or alternate of the delegation that made an outcome confirms its wording.

    The chair confirms the meeting's own. Only what is confirmed is published.
    """
    outcome = outcome_of(occasion.session, inputs.meeting, inputs.outcome)
    meeting = held_meeting(occasion.session, inputs.meeting)
    may_confirm(occasion.actor, meeting, outcome)
    must_be_unchanged(outcome, inputs.changed)
    return OutcomeConfirmed(outcome=wording_of(outcome))


@effect("outcome.confirmed", on_release=True)
def confirmed(session: Session, entry: Entry, body: OutcomeConfirmed) -> None:
    """The outcome is confirmed, and will be published with the summary record."""
    outcome = session.get_one(Outcome, body.outcome.id)
    outcome.status, outcome.changed = "confirmed", entry.number


@further_effect("minutes.published")
def published(session: Session, entry: Entry, body: Any) -> None:
    """The confirmed outcomes of the meeting are published together with the summary record, in its order."""
    query = select(Outcome).where(Outcome.meeting == entry.meeting, Outcome.status == "confirmed")
    outcomes = session.scalars(query.order_by(Outcome.position)).all()
    place = {outcome: n for n, outcome in enumerate(body.outcomes, 1)}
    in_its_order = sorted(outcomes, key=lambda outcome: place.get(outcome.id, outcome.position))
    if in_its_order != list(outcomes):  # for a reader who could not see which of them was made first
        for position, outcome in enumerate(in_its_order, 1):
            outcome.position = position
    for outcome in outcomes:
        outcome.status, outcome.changed = "published", entry.number


@phrase("outcome.confirmed")
def say_confirmed(_entry: Entry, body: OutcomeConfirmed) -> str:
    """Names the delegation, or the chair, and what is confirmed."""
    by_delegation, by_chair = lazy("%(by)s confirms: %(what)s"), lazy("The chair confirms: %(what)s")
    return in_a_sentence(by_delegation if body.outcome.delegation else by_chair, body.outcome)
