"""A new outcome: what a delegation leaves behind from its intervention, or the meeting as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts import body_of
from suhbat.acts.actors import Viewer
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.outcomes import outcome_validation
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_fields import Made, OfDelegation
from suhbat.outcomes.outcome_rights import speaks_for
from suhbat.outcomes.outcome_validation import Faults, Origin
from suhbat.outcomes.outcome_wording import OutcomeMade, WordedOutcome, word
from suhbat.record.entries import Entry


@dataclass(frozen=True)
class Voice:
    """For whom somebody speaks at a meeting, as guards ask it."""

    state: str
    """The delegation; empty where the person speaks for none."""
    sits: bool = False
    """Whether this delegation sits at the meeting."""
    interventions: Sequence[Entry] = ()
    """The entries that gave it the floor, in order."""


def voice_of(session: Session, viewer: Viewer, meeting: Meeting) -> Voice:
    """For whom the viewer speaks at a meeting."""
    state = speaks_for(viewer, meeting.id)
    if not state:
        return Voice("")
    sits = state in {delegation.state for delegation in meeting.delegations}
    return Voice(state, sits, outcome_validation.interventions(session, meeting.id, state))


def has_spoken(voice: Voice) -> None:
    """Refuse what comes from an intervention where there was none."""
    if not voice.state:
        raise not_allowed(lazy("You do not sit for a delegation at this meeting."))
    if not voice.sits:
        raise out_of_order(lazy("Your delegation does not sit at this meeting."))
    if not voice.interventions:
        raise out_of_order(lazy("It comes from an intervention, and your delegation has not had the floor yet."))


def delegation_outcome(
    session: Session, meeting: Meeting, voice: Voice, kind: str, inputs: OfDelegation
) -> WordedOutcome:
    """What a delegation leaves behind: tied to its present or last intervention, and to that one's agenda item."""
    faults: Faults = {}
    if inputs.delegation and inputs.delegation != voice.state:
        faults["delegation"] = lazy("You do not sit for this delegation.")
    interventions = {entry.number: entry for entry in voice.interventions}
    last = voice.interventions[-1].number
    number = inputs.intervention or last
    if number not in interventions:
        faults["intervention"] = lazy("This is no intervention of your delegation.")
        number = last
    return outcome_validation.worded(
        session,
        meeting,
        Origin(_name(session, meeting, inputs, kind), kind, [voice.state], voice.state),
        inputs,
        faults,
        item=inputs.item or str(body_of(interventions[number]).item),
        intervention=number,
    )


def meeting_outcome(session: Session, meeting: Meeting, kind: str, inputs: Made | OfDelegation) -> WordedOutcome:
    """What the meeting as a whole leaves behind: all delegations' together, at the present agenda item."""
    faults: Faults = {}
    if isinstance(inputs, OfDelegation) and inputs.delegation:
        faults["delegation"] = lazy("What the meeting leaves behind belongs to no single delegation.")
    if inputs.intervention is not None and inputs.intervention not in {
        entry.number for entry in outcome_validation.interventions(session, meeting.id)
    }:
        faults["intervention"] = lazy("This is no intervention of this meeting.")
    everyone = outcome_validation.delegations_of(session, meeting.id)
    return outcome_validation.worded(
        session,
        meeting,
        Origin(_name(session, meeting, inputs, kind), kind, everyone, ""),
        inputs,
        faults,
        item=inputs.item or outcome_validation.present_item(session, meeting.id),
        intervention=inputs.intervention,
    )


def _name(session: Session, meeting: Meeting, inputs: Made | OfDelegation, kind: str) -> str:
    return outcome_validation.name_for(session, meeting.id, inputs.title, kind)


def stand_as_proposed(session: Session, entry: Entry, body: OutcomeMade) -> None:
    """The outcome stands as proposed, last in its meeting's list."""
    worded = body.outcome
    count = session.scalar(select(func.count()).select_from(Outcome).where(Outcome.meeting == entry.meeting))
    outcome = Outcome(
        id=worded.id,
        meeting=entry.meeting,
        position=(count or 0) + 1,
        kind=worded.kind,
        by=worded.by,
        delegation=worded.delegation,
        status="proposed",
        entry=entry.number,
    )
    word(outcome, worded, entry)
    session.add(outcome)
