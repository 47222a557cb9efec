"""The summary record is published, and with it the meeting."""

from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Notice, Occasion, Role, Viewer, act, effect, guard, notice, phrase
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import invalid, not_allowed
from suhbat.meetings.models import Meeting
from suhbat.minutes.answer_minutes import Unnamed, Version
from suhbat.minutes.draft_state import draft_of, must_be_editable, must_be_unchanged
from suhbat.minutes.minutes_agreement import agreed_by, ask_about_unnamed, delegations_of, meeting_of
from suhbat.minutes.models import Minutes
from suhbat.minutes.outcomes_in_log import outcomes_in
from suhbat.minutes.summary_record import digest, document_of
from suhbat.record.audiences import PARTICIPANTS
from suhbat.record.entries import Entry
from suhbat.record.reading import all_of_meeting


class Publication(InMeeting, frozen=True, kw_only=True):
    """The version to publish."""

    version: Version
    own_responsibility: Annotated[
        bool, Meta(title=_("On the responsibility of the chair, though not all delegations have agreed"))
    ] = False
    unnamed: Unnamed = False


class MinutesPublished(Body, frozen=True, kw_only=True):
    """The version that was published, and who had agreed to it."""

    edition: int = msgspec.field(name="version")
    language: str
    agreed: list[str]
    """The delegations that agreed to this version, in protocol order."""
    not_agreed: list[str]
    """Those that objected or had not answered: the chair published it without them."""
    outcomes: list[str]
    """The ids of the confirmed outcomes, which it publishes."""
    digest: str
    """SHA-256 of what is published, as canonical JSON (`summary_record.content`)."""


@guard("minutes.published")
def may_publish(viewer: Viewer, meeting: Meeting, minutes: Minutes) -> None:
    """Every delegation has agreed to the present version; only the chair may publish it without that."""
    must_be_editable(meeting)
    if _not_agreed(meeting, minutes) and Role.CHAIR not in viewer.roles_at(meeting.id):
        raise not_allowed(lazy("Only the chair may publish it without the agreement of all."))


@act("minutes.published", "Publish the summary record", by={Role.SECRETARIAT, Role.CHAIR}, audience="public")
def publish(occasion: Occasion, inputs: Publication) -> Decision[MinutesPublished]:
    """The secretariat or the chair publishes the summary record once every delegation has agreed to this version.

    The chair alone may publish it without all of them, on the chair's own responsibility; the record then names who
    had not agreed. With it, the meeting and its confirmed outcomes are published, and the entries that it rests on
    are released. An outcome that nobody confirmed is not published.
    """
    session = occasion.session
    meeting = meeting_of(session, inputs.meeting)
    minutes = draft_of(session, meeting)
    may_publish(occasion.actor, meeting, minutes)
    must_be_unchanged(minutes, inputs.version)
    missing = _not_agreed(meeting, minutes)
    if missing and not inputs.own_responsibility:
        raise invalid(own_responsibility=lazy("Not all delegations have agreed to this version yet."))
    ask_about_unnamed(meeting, confirmed=inputs.unnamed)
    document = document_of(session, meeting, minutes, published_only=True)
    confirmed = [outcome for outcome in outcomes_in(all_of_meeting(session, meeting.id)) if outcome.confirmed]
    numbers = {number for paragraph in minutes.paragraphs for number in paragraph.entries}
    numbers |= {number for outcome in confirmed for number in outcome.entries}
    numbers |= {stand.entry for stand in minutes.stands if stand.agrees and stand.version == minutes.version}
    body = MinutesPublished(
        edition=minutes.version,
        language=minutes.language,
        agreed=[state for state in delegations_of(meeting) if state not in missing],
        not_agreed=missing,
        outcomes=[outcome.id for outcome in confirmed],
        digest=digest(document),
    )
    return Decision(body, releases=tuple(sorted(numbers)), reply={"then": f"/meetings/{meeting.id}/minutes"})


def _not_agreed(meeting: Meeting, minutes: Minutes) -> list[str]:
    """The delegations whose agreement to the present version is missing, in protocol order."""
    agreed = agreed_by(minutes)
    return [state for state in delegations_of(meeting) if state not in agreed]


@effect("minutes.published")
def published(session: Session, entry: Entry, body: MinutesPublished) -> None:
    """The summary record and its meeting are published. Whoever could not read the draft has it from now on."""
    minutes = session.get(Minutes, entry.meeting)
    if minutes is None:
        minutes = Minutes(meeting=entry.meeting, version=body.edition, language=body.language)
        session.add(minutes)
    minutes.published = minutes.changed = entry.number
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.status, meeting.entry = "published", entry.number


@phrase("minutes.published")
def say_published(_entry: Entry, body: MinutesPublished) -> str:
    """Names the version."""
    return _("The summary record is published, version %(version)s.") % {"version": body.edition}


@notice("minutes.published")
def tell_published(entry: Entry, body: MinutesPublished) -> Notice:
    """Everyone with a seat at the meeting."""
    return Notice(say_published(entry, body), (PARTICIPANTS,), page=f"/meetings/{entry.meeting}/minutes")
