"""Outcomes of the whole meeting: decisions, recommendations, the next meeting."""

from sqlalchemy.orm import Session

from suhbat.acts import Occasion, Viewer, act, effect, guard, phrase
from suhbat.ground.language import lazy
from suhbat.meetings.models import Meeting
from suhbat.outcomes.outcome_fields import Made
from suhbat.outcomes.outcome_labels import in_a_sentence
from suhbat.outcomes.outcome_rights import WRITERS, must_take_outcomes
from suhbat.outcomes.outcome_wording import OutcomeMade
from suhbat.outcomes.proposed_outcome import add_as_proposed, meeting_outcome
from suhbat.outcomes.queries import held_meeting
from suhbat.record.entries import Entry


@guard("decision.taken", "recommendation.made", "next_meeting.set")
def may_write_down(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting was opened and is not published yet."""
    must_take_outcomes(meeting)


@act("decision.taken", "Write down a decision", by=WRITERS)
def decide(occasion: Occasion, inputs: Made) -> OutcomeMade:
    """The chair, the secretariat or the note-taker writes down what the delegations decided together."""
    return _new_outcome(occasion, "decision", inputs)


@act("recommendation.made", "Write down a recommendation for the next meeting", by=WRITERS)
def recommend(occasion: Occasion, inputs: Made) -> OutcomeMade:
    """The chair, the secretariat or the note-taker writes down what the next meeting is to take up.

    It is proposed for the agenda when the next meeting of the format is convened.
    """
    return _new_outcome(occasion, "recommendation", inputs)


@act("next_meeting.set", "Set the next meeting", by=WRITERS)
def set_next_meeting(occasion: Occasion, inputs: Made) -> OutcomeMade:
    """The chair, the secretariat or the note-taker writes down when the delegations meet next: a year is enough."""
    return _new_outcome(occasion, "next-meeting", inputs)


def _new_outcome(occasion: Occasion, kind: str, inputs: Made) -> OutcomeMade:
    meeting = held_meeting(occasion.session, inputs.meeting)
    may_write_down(occasion.actor, meeting)
    return OutcomeMade(outcome=meeting_outcome(occasion.session, meeting, kind, inputs))


@effect("decision.taken", on_release=True)
@effect("recommendation.made", on_release=True)
@effect("next_meeting.set", on_release=True)
def written_down(session: Session, entry: Entry, body: OutcomeMade) -> None:
    """The outcome waits for the chair's confirmation."""
    add_as_proposed(session, entry, body.outcome)


@phrase("decision.taken")
def say_decided(_entry: Entry, body: OutcomeMade) -> str:
    """Names the decision."""
    return in_a_sentence(lazy("The meeting decides: %(what)s"), body.outcome)


@phrase("recommendation.made")
def say_recommended(_entry: Entry, body: OutcomeMade) -> str:
    """Names what is recommended to the next meeting."""
    return in_a_sentence(lazy("For the next meeting: %(what)s"), body.outcome)


@phrase("next_meeting.set")
def say_next_meeting(_entry: Entry, body: OutcomeMade) -> str:
    """Names when and where the delegations meet next."""
    return in_a_sentence(lazy("The next meeting is set: %(what)s"), body.outcome)
