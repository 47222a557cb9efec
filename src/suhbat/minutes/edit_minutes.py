"""A draft is edited paragraph by paragraph. An outcome that changes later also makes a new version."""

from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Viewer, act, effect, further_effect, guard, phrase
from suhbat.ground.ids import new_id
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import conflict, invalid, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.minutes.draft_minutes import EDITORS
from suhbat.minutes.draft_state import draft_of, must_be_editable, paragraph_of
from suhbat.minutes.minutes_agreement import meeting_of
from suhbat.minutes.models import Minutes, MinutesParagraph
from suhbat.minutes.outcomes_in_log import MAKING
from suhbat.minutes.summary_record import Line
from suhbat.record.entries import Entry


class Edit(InMeeting, frozen=True, kw_only=True):
    """The new wording of a paragraph. Without a paragraph, a new one is added; without a text, it is struck out."""

    paragraph: Annotated[str, Meta(title=_("Paragraph"), max_length=40, extra={"widget": "hidden"})] = ""
    after: Annotated[str, Meta(title=_("After"), max_length=40, extra={"widget": "hidden"})] = ""
    changed: Annotated[int, Meta(title=_("As it was seen"), extra={"widget": "hidden"})] = 0
    text: Annotated[str, Meta(title=_("Text"), max_length=6_000, extra={"widget": "textarea"})] = ""


class MinutesEdited(Body, frozen=True, kw_only=True):
    """One edit."""

    edition: int = msgspec.field(name="version")
    """The new version."""
    paragraph: str
    after: str
    """For a new paragraph: the name of the one before it; empty at the very beginning."""
    before: str | None
    """The old wording; None for a new paragraph."""
    text: str
    """The new wording; empty where the paragraph is struck out."""


@guard("minutes.edited")
def may_edit(_viewer: Viewer, meeting: Meeting, paragraph: MinutesParagraph | Line | None = None) -> None:
    """The meeting is closed and its summary record not published; the paragraph is no outcome."""
    must_be_editable(meeting)
    if paragraph is not None and paragraph.kind == "outcome":
        raise out_of_order(lazy("An outcome is corrected by those who made it, not in the summary record."))


@act("minutes.edited", "Edit the summary record", by=EDITORS)
def edit(occasion: Occasion, inputs: Edit) -> MinutesEdited:
    """The secretariat or the note-taker edits the draft paragraph by paragraph: rewords, adds or strikes out one.

    The old wording stays in the record. Every edit makes a new version: agreement was to the version before it, and
    is requested again. Outcomes are not edited here: they are corrected by those who made them.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    minutes = draft_of(occasion.session, meeting)
    paragraph = paragraph_of(minutes, inputs.paragraph) if inputs.paragraph else None
    may_edit(occasion.actor, meeting, paragraph)
    text = inputs.text.strip()
    if paragraph is None:
        if not text:
            raise invalid(text=lazy("This is needed."))
        if inputs.after:
            paragraph_of(minutes, inputs.after)
        return MinutesEdited(
            edition=minutes.version + 1, paragraph=f"n{new_id()}", after=inputs.after, before=None, text=text
        )
    if paragraph.changed != inputs.changed:
        raise conflict(lazy("This paragraph was changed after you saw it. Look again and decide again."))
    if text == paragraph.text:
        raise invalid(text=lazy("This is the wording it has."))
    return MinutesEdited(
        edition=minutes.version + 1, paragraph=paragraph.name, after="", before=paragraph.text, text=text
    )


@effect("minutes.edited")
def edited(session: Session, entry: Entry, body: MinutesEdited) -> None:
    """The paragraph is reworded, added or struck out; the draft has a new version."""
    minutes = session.get_one(Minutes, entry.meeting)
    minutes.version, minutes.edited, minutes.changed = body.edition, True, entry.number
    if body.before is None:
        _insert(minutes, entry, body)
        return
    paragraph = session.scalars(
        select(MinutesParagraph).where(
            MinutesParagraph.meeting == entry.meeting, MinutesParagraph.name == body.paragraph
        )
    ).one()
    if body.text:
        paragraph.text, paragraph.changed = body.text, entry.number
    else:
        minutes.paragraphs.remove(paragraph)


def _insert(minutes: Minutes, entry: Entry, body: MinutesEdited) -> None:
    """Insert a new paragraph after the named one, or at the very beginning."""
    names = [paragraph.name for paragraph in minutes.paragraphs]
    index = names.index(body.after) + 1 if body.after in names else 0
    position = minutes.paragraphs[index - 1].position + 1 if index else 0
    for following in minutes.paragraphs[index:]:
        following.position += 1
    paragraph = MinutesParagraph(
        name=body.paragraph, position=position, kind="text", text=body.text, entries=[], changed=entry.number
    )
    minutes.paragraphs.insert(index, paragraph)


def outcome_changed(session: Session, entry: Entry) -> None:
    """The draft has a new version: an outcome that was made, corrected or withdrawn changes what would be published."""
    minutes = session.get(Minutes, entry.meeting)
    if minutes is not None and minutes.published is None:
        minutes.version, minutes.changed = minutes.version + 1, entry.number


for name in (*MAKING, "outcome.corrected", "outcome.withdrawn"):
    further_effect(name)(outcome_changed)


@phrase("minutes.edited")
def say_edited(_entry: Entry, body: MinutesEdited) -> str:
    """Names the version."""
    return _("The summary record is edited, version %(version)s.") % {"version": body.edition}
