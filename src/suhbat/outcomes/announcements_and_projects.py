"""Announcements and projects, of a delegation (from its intervention) or of the whole meeting."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import SPEAKERS
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import not_allowed
from suhbat.meetings.models import Meeting
from suhbat.outcomes.outcome_fields import DelegationOutcomeInput
from suhbat.outcomes.outcome_labels import in_a_sentence
from suhbat.outcomes.outcome_rights import WRITERS, must_take_outcomes
from suhbat.outcomes.outcome_wording import OutcomeMade
from suhbat.outcomes.proposed_outcome import (
    Voice,
    add_as_proposed,
    delegation_outcome,
    meeting_outcome,
    must_have_spoken,
    voice_of,
)
from suhbat.outcomes.queries import held_meeting
from suhbat.record.entries import Entry


class Announced(DelegationOutcomeInput, frozen=True, kw_only=True):
    """An announcement of a delegation or of the whole meeting."""

    of_meeting: Annotated[bool, Meta(title=_("For the meeting as a whole"))] = False


@guard("announcement.made", "project.announced")
def may_announce(viewer: Viewer, meeting: Meeting, voice: Voice) -> None:
    """A writer for the whole meeting, or a delegation that has had the floor."""
    must_take_outcomes(meeting)
    if not viewer.roles_at(meeting.id) & WRITERS:
        must_have_spoken(voice)


@act("announcement.made", "Make an announcement", by=SPEAKERS | WRITERS)
def announce(occasion: Occasion, inputs: Announced) -> OutcomeMade:
    """A delegation announces something in or after its intervention; or the meeting as a whole does."""
    return _new_announcement(occasion, "announcement", inputs)


@act("project.announced", "Announce a project", by=SPEAKERS | WRITERS)
def announce_project(occasion: Occasion, inputs: Announced) -> OutcomeMade:
    """A delegation announces a project in or after its intervention; or the meeting as a whole does."""
    return _new_announcement(occasion, "project", inputs)


def _new_announcement(occasion: Occasion, kind: str, inputs: Announced) -> OutcomeMade:
    session, viewer = occasion.session, occasion.actor
    meeting = held_meeting(session, inputs.meeting)
    voice = voice_of(session, viewer, meeting)
    may_announce(viewer, meeting, voice)
    if inputs.of_meeting or not voice.state:
        if not viewer.roles_at(meeting.id) & WRITERS:
            raise not_allowed(lazy("Only the chair, the secretariat or the note-taker writes for the whole meeting."))
        return OutcomeMade(outcome=meeting_outcome(session, meeting, kind, inputs))
    # A writer for the meeting may also speak for a delegation that has not had the floor.
    must_have_spoken(voice)
    return OutcomeMade(outcome=delegation_outcome(session, meeting, voice, kind, inputs))


@effect("announcement.made", on_release=True)
@effect("project.announced", on_release=True)
def announced(session: Session, entry: Entry, body: OutcomeMade) -> None:
    """The announcement awaiting confirmation."""
    add_as_proposed(session, entry, body.outcome)


@phrase("announcement.made")
def say_announced(_entry: Entry, body: OutcomeMade) -> str:
    """Names the announcer and the announcement."""
    return in_a_sentence(lazy("%(by)s announces: %(what)s"), body.outcome)


@phrase("project.announced")
def say_project_announced(_entry: Entry, body: OutcomeMade) -> str:
    """Names the announcer and the project."""
    return in_a_sentence(lazy("%(by)s announces a project: %(what)s"), body.outcome)
