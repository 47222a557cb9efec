"""The summary record is drafted from the entries: automatically when the meeting closes, later again on request."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Input, Occasion, Role, Viewer, act, effect, follow, guard, phrase
from suhbat.acts.body_parts import in_parts
from suhbat.ground.language import LANGUAGES, _, lazy, reading_in
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.minutes.auto_draft import Draft
from suhbat.minutes.draft_state import must_be_editable
from suhbat.minutes.drafted_paragraph import DraftedParagraph
from suhbat.minutes.minutes_agreement import meeting_of
from suhbat.minutes.models import Minutes, MinutesParagraph
from suhbat.record.entries import Entry
from suhbat.record.reading import all_of_meeting

EDITORS = frozenset({Role.SECRETARIAT, Role.NOTE_TAKER})


class DraftInput(InMeeting, frozen=True, kw_only=True):
    """The language, and whether an edited draft may be replaced."""

    language: Annotated[str, Meta(title=_("Language"), max_length=5, extra={"choices": "minutes_languages"})] = "en"
    anew: Annotated[bool, Meta(title=_("Write it again, and give up what was edited"))] = False
    part: Annotated[int, Meta(title=_("Part"), ge=1, le=1_000, extra={"widget": "hidden"})] = 1


class MinutesDrafted(Body, frozen=True, kw_only=True):
    """A draft, or a part of a long one."""

    edition: int = msgspec.field(name="version")
    language: str
    part: int
    """Counted from 1."""
    parts: int
    """How many entries hold the draft."""
    paragraphs: list[DraftedParagraph]
    """Those of this part, in order."""


@guard("minutes.drafted")
def may_draft(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting is closed, and its summary record is not published yet."""
    must_be_editable(meeting)


@act("minutes.drafted", "Draft the summary record", by=EDITORS | {Role.SYSTEM})
def draft(occasion: Occasion, inputs: DraftInput) -> MinutesDrafted:
    """When a meeting closes, its summary record is written from the entries of the record.

    It tells who opened the meeting and who was present, the agenda, who spoke on what in which order and what they
    said, the outcomes, and the closing; every paragraph names the entries it rests on. The secretariat or the
    note-taker can have it written again, in any of our languages, until it is published; what was edited is given up
    only if they say so. A long one stands in several entries.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_draft(occasion.actor, meeting)
    if inputs.language not in LANGUAGES:
        raise invalid(language=lazy("This is not one of our languages."))
    before = occasion.session.get(Minutes, meeting.id)
    if inputs.part == 1 and before is not None and before.edited and not inputs.anew:
        raise invalid(anew=lazy("The draft has been edited. Say that it is to be written again, or go on editing it."))
    with reading_in(inputs.language):
        paragraphs = Draft(meeting, all_of_meeting(occasion.session, meeting.id)).write()
    parts = in_parts(paragraphs)
    if inputs.part > len(parts) or (inputs.part > 1 and occasion.seat.role != Role.SYSTEM):
        raise out_of_order(lazy("The system itself writes the further parts of a long draft."))
    return MinutesDrafted(
        edition=(before.version if before else 0) + (1 if inputs.part == 1 else 0),
        language=inputs.language,
        part=inputs.part,
        parts=len(parts),
        paragraphs=parts[inputs.part - 1],
    )


@effect("minutes.drafted")
def drafted(session: Session, entry: Entry, body: MinutesDrafted) -> None:
    """The draft is stored: its first part replaces an earlier draft, further parts are added to it."""
    minutes = session.get(Minutes, entry.meeting) or Minutes(meeting=entry.meeting)
    minutes.version, minutes.language = body.edition, body.language
    minutes.edited, minutes.changed = False, entry.number
    session.add(minutes)
    if body.part == 1:
        minutes.paragraphs = []
        session.flush()
    for position, paragraph in enumerate(body.paragraphs, len(minutes.paragraphs)):
        minutes.paragraphs.append(
            MinutesParagraph(
                position=position,
                name=paragraph.name,
                kind=paragraph.kind,
                text=paragraph.text,
                entries=paragraph.entries,
                delegation=paragraph.delegation,
                about=paragraph.facts,
                changed=entry.number,
            )
        )


@follow("meeting.closed")
def draft_at_closing(_session: Session, entry: Entry) -> Iterable[tuple[str, Input]]:
    """Draft the summary record when the meeting is closed."""
    yield "minutes.drafted", DraftInput(meeting=entry.meeting)


@follow("minutes.drafted")
def draft_further(_session: Session, entry: Entry, body: MinutesDrafted) -> Iterable[tuple[str, Input]]:
    """Continue a long draft in the next entry."""
    if body.part < body.parts:
        yield "minutes.drafted", DraftInput(meeting=entry.meeting, language=body.language, part=body.part + 1)


@phrase("minutes.drafted")
def say_drafted(_entry: Entry, body: MinutesDrafted) -> str:
    """Names the version, or says that a long draft continues."""
    if body.part > 1:
        return _("The draft of the summary record goes on.")
    return _("The summary record is drafted from the entries, version %(version)s.") % {"version": body.edition}
