"""New outcomes, of a delegation (from its intervention) or of the whole meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts import body_of
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.outcomes import outcome_validation
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.outcome_fields import DelegationOutcomeInput, Made
from suhbat.outcomes.outcome_rights import speaks_for
from suhbat.outcomes.outcome_validation import Errors, Origin
from suhbat.outcomes.outcome_wording import WordedOutcome, store_wording
from suhbat.record.entries import Entry


@dataclass(frozen=True)
class Voice:
    """For whom a person speaks at a meeting; loaded for guards."""

    state: str
    """The delegation; empty if the person speaks for none."""
    sits: bool = False
    """Whether this delegation takes part in the meeting."""
    interventions: Sequence[Entry] = ()
    """The entries that gave it the floor, in order."""


def voice_of(session: Session, viewer: Viewer, meeting: Meeting) -> Voice:
    """For whom the viewer speaks at a meeting."""
    state = speaks_for(viewer, meeting.id)
    if not state:
        return Voice("")
    sits = state in {delegation.state for delegation in meeting.delegations}
    return Voice(state, sits, outcome_validation.interventions(session, meeting.id, state))


def must_have_spoken(voice: Voice) -> None:
    """Refuse unless the delegation takes part in the meeting and has had the floor."""
    if not voice.state:
        raise not_allowed(lazy("You do not sit for a delegation at this meeting."))
    if not voice.sits:
        raise out_of_order(lazy("Your delegation does not sit at this meeting."))
    if not voice.interventions:
        raise out_of_order(lazy("It comes from an intervention, and your delegation has not had the floor yet."))


def delegation_outcome(
    session: Session, meeting: Meeting, voice: Voice, kind: str, inputs: DelegationOutcomeInput
) -> WordedOutcome:
    """An outcome of a delegation, linked to its present or last intervention and the agenda item of that."""
    errors: Errors = {}
    if inputs.delegation and inputs.delegation != voice.state:
        errors["delegation"] = lazy("You do not sit for this delegation.")
    interventions = {entry.number: entry for entry in voice.interventions}
    last = voice.interventions[-1].number
    number = inputs.intervention or last
    if number not in interventions:
        errors["intervention"] = lazy("This is no intervention of your delegation.")
        number = last
    return outcome_validation.checked_wording(
        session,
        meeting,
        Origin(_name(session, meeting, inputs, kind), kind, [voice.state], voice.state),
        inputs,
        errors,
        item=inputs.item or str(body_of(interventions[number]).item),
        intervention=number,
    )


def meeting_outcome(
    session: Session, meeting: Meeting, kind: str, inputs: Made | DelegationOutcomeInput
) -> WordedOutcome:
    """An outcome of the whole meeting: of all delegations, at the present agenda item."""
    errors: Errors = {}
    if isinstance(inputs, DelegationOutcomeInput) and inputs.delegation:
        errors["delegation"] = lazy("The meeting’s own outcomes belong to no single delegation.")
    if inputs.intervention is not None and inputs.intervention not in {
        entry.number for entry in outcome_validation.interventions(session, meeting.id)
    }:
        errors["intervention"] = lazy("This is no intervention of this meeting.")
    everyone = outcome_validation.delegations_of(session, meeting.id)
    return outcome_validation.checked_wording(
        session,
        meeting,
        Origin(_name(session, meeting, inputs, kind), kind, everyone, ""),
        inputs,
        errors,
        item=inputs.item or outcome_validation.present_item(session, meeting.id),
        intervention=inputs.intervention,
    )


def _name(session: Session, meeting: Meeting, inputs: Made | DelegationOutcomeInput, kind: str) -> str:
    return outcome_validation.name_for(session, meeting.id, inputs.title, kind)


def add_as_proposed(session: Session, entry: Entry, wording: WordedOutcome, made: int = 0) -> Outcome:
    """Add an outcome to the table: as proposed, last in its meeting's list.

    `made` is the number of the entry that made it, if it was not this one.
    """
    count = session.scalar(select(func.count()).select_from(Outcome).where(Outcome.meeting == entry.meeting))
    outcome = Outcome(
        id=wording.id,
        meeting=entry.meeting,
        position=(count or 0) + 1,
        kind=wording.kind,
        by=wording.by,
        delegation=wording.delegation,
        status="proposed",
        entry=made or entry.number,
    )
    store_wording(outcome, wording, entry)
    session.add(outcome)
    return outcome
