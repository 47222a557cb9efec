"""A pledge: what one delegation promises to others."""

from sqlalchemy.orm import Session

from suhbat.acts import Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import SPEAKERS
from suhbat.ground.language import lazy
from suhbat.meetings.models import Meeting
from suhbat.outcomes.outcome_fields import DelegationOutcomeInput
from suhbat.outcomes.outcome_labels import in_a_sentence
from suhbat.outcomes.outcome_rights import must_take_outcomes
from suhbat.outcomes.outcome_wording import OutcomeMade
from suhbat.outcomes.proposed_outcome import Voice, add_as_proposed, delegation_outcome, must_have_spoken, voice_of
from suhbat.outcomes.queries import held_meeting
from suhbat.record.entries import Entry


class Pledge(DelegationOutcomeInput, frozen=True, kw_only=True):
    """A delegation's promise."""


@guard("pledge.made")
def may_pledge(_viewer: Viewer, meeting: Meeting, voice: Voice) -> None:
    """The delegation has had the floor; the meeting was opened and is not published yet."""
    must_take_outcomes(meeting)
    must_have_spoken(voice)


@act("pledge.made", "Make a pledge", by=SPEAKERS)
def pledge(occasion: Occasion, inputs: Pledge) -> OutcomeMade:
    """A delegation makes a pledge in or after its intervention: to whom, what, how much, by when.

    The amount is kept as it was said, with its qualifier and all its figures. The head of the delegation confirms
    the pledge before it is published.
    """
    meeting = held_meeting(occasion.session, inputs.meeting)
    voice = voice_of(occasion.session, occasion.actor, meeting)
    may_pledge(occasion.actor, meeting, voice)
    return OutcomeMade(outcome=delegation_outcome(occasion.session, meeting, voice, "pledge", inputs))


@effect("pledge.made", on_release=True)
def pledged(session: Session, entry: Entry, body: OutcomeMade) -> None:
    """The pledge awaiting confirmation."""
    add_as_proposed(session, entry, body.outcome)


@phrase("pledge.made")
def say_pledged(_entry: Entry, body: OutcomeMade) -> str:
    """Names the giver, the receivers and what is promised."""
    return in_a_sentence(lazy("%(by)s pledges to %(to)s: %(what)s"), body.outcome)
