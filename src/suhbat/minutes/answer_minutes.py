"""A delegation answers to a version of the summary record: it agrees, or objects with a correction."""

from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import HEADS
from suhbat.formats.state_names import state_name
from suhbat.ground.clock import stamp
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import not_allowed
from suhbat.meetings.models import Meeting
from suhbat.minutes.draft_state import draft_of, must_be_editable, must_be_unchanged, paragraph_of
from suhbat.minutes.minutes_agreement import ask_about_unnamed, delegations_of, meeting_of
from suhbat.minutes.models import MinutesStand
from suhbat.record.entries import Entry

Version = Annotated[int, Meta(title=_("Version"), extra={"widget": "hidden"})]


Unnamed = Annotated[bool, Meta(title=_("Go on without these names in the record"), extra={"widget": "question"})]
"""Whether the one who acts has been asked about heads without a name, and goes on."""


class Agreement(InMeeting, frozen=True, kw_only=True):
    """The version that was read."""

    version: Version
    unnamed: Unnamed = False


class Objection(InMeeting, frozen=True, kw_only=True):
    """The version that was read, and the correction."""

    version: Version
    correction: Annotated[
        str,
        Meta(title=_("How it should read instead"), min_length=1, max_length=4_000, extra={"widget": "textarea"}),
    ]
    paragraph: Annotated[str, Meta(title=_("Paragraph"), max_length=40, extra={"choices": "minutes_paragraphs"})] = ""


class MinutesAgreed(Body, frozen=True, kw_only=True):
    """A delegation's agreement to a version."""

    edition: int = msgspec.field(name="version")
    delegation: str


class MinutesObjected(Body, frozen=True, kw_only=True):
    """A delegation's objection to a version."""

    edition: int = msgspec.field(name="version")
    delegation: str
    paragraph: str
    """The paragraph that it objects to; empty if to the whole."""
    correction: str
    """How it should read instead."""


def answers_for(viewer: Viewer, meeting: Meeting) -> str:
    """The delegation for which the viewer answers; empty for observers, who are not asked."""
    delegations = delegations_of(meeting)
    seats = viewer.seats_at(meeting.id)
    return next((seat.state for seat in seats if seat.role in HEADS and seat.state in delegations), "")


@guard("minutes.agreed", "minutes.objected")
def may_answer(viewer: Viewer, meeting: Meeting) -> None:
    """The heads of the delegations whose agreement is needed, while the summary record is a draft."""
    must_be_editable(meeting)
    if not answers_for(viewer, meeting):
        raise not_allowed(lazy("Your delegation does not agree summary records of this meeting."))


@act("minutes.agreed", "Agree to the summary record", by=HEADS)
def agree(occasion: Occasion, inputs: Agreement) -> MinutesAgreed:
    """The head or alternate of a delegation agrees to one version of the summary record, the present one.

    An edit that comes later makes another version and opens the question again.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    minutes = draft_of(occasion.session, meeting)
    may_answer(occasion.actor, meeting)
    must_be_unchanged(minutes, inputs.version)
    ask_about_unnamed(meeting, confirmed=inputs.unnamed)
    return MinutesAgreed(edition=minutes.version, delegation=answers_for(occasion.actor, meeting))


@act("minutes.objected", "Object to the summary record", by=HEADS)
def object_to(occasion: Occasion, inputs: Objection) -> MinutesObjected:
    """The head or alternate of a delegation objects to the present version and says how it should read instead.

    While a delegation objects to the present version, it is published only on the responsibility of the chair.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    minutes = draft_of(occasion.session, meeting)
    may_answer(occasion.actor, meeting)
    must_be_unchanged(minutes, inputs.version)
    if inputs.paragraph:
        paragraph_of(minutes, inputs.paragraph)
    return MinutesObjected(
        edition=minutes.version,
        delegation=answers_for(occasion.actor, meeting),
        paragraph=inputs.paragraph,
        correction=inputs.correction,
    )


@effect("minutes.agreed", on_release=True)
def agreed(session: Session, entry: Entry, body: MinutesAgreed) -> None:
    """The agreement replaces the delegation's earlier answer."""
    stand = _answer_row(session, entry, body)
    stand.agrees, stand.paragraph, stand.correction = True, "", ""


@effect("minutes.objected")
def objected(session: Session, entry: Entry, body: MinutesObjected) -> None:
    """The objection replaces the delegation's earlier answer."""
    stand = _answer_row(session, entry, body)
    stand.agrees, stand.paragraph, stand.correction = False, body.paragraph, body.correction


def _answer_row(session: Session, entry: Entry, body: MinutesAgreed | MinutesObjected) -> MinutesStand:
    """The row of the delegation's answer, set to the version that it answers to now."""
    stand = session.scalar(
        select(MinutesStand).where(MinutesStand.meeting == entry.meeting, MinutesStand.delegation == body.delegation)
    )
    if stand is None:
        stand = MinutesStand(meeting=entry.meeting, delegation=body.delegation)
        session.add(stand)
    stand.version, stand.name = body.edition, entry.name
    stand.time, stand.entry = stamp(entry.time), entry.number
    return stand


@phrase("minutes.agreed")
def say_agreed(_entry: Entry, body: MinutesAgreed) -> str:
    """Names the delegation and the version."""
    values = {"state": state_name(body.delegation), "version": body.edition}
    return _("%(state)s agrees to the summary record, version %(version)s.") % values


@phrase("minutes.objected")
def say_objected(_entry: Entry, body: MinutesObjected) -> str:
    """Names the delegation and quotes its correction."""
    values = {"state": state_name(body.delegation), "text": body.correction}
    return _("%(state)s objects to the summary record: %(text)s") % values
