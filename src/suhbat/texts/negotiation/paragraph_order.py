"""The drafter adds paragraphs to a text, and moves them."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.models import Text
from suhbat.texts.negotiation.paragraph_places import FreshParagraph, insert_after, place_after
from suhbat.texts.negotiation.pasted_paragraphs import MOST, read_paragraphs
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import (
    Hidden,
    HiddenNumber,
    InText,
    Passage,
    labels_of,
    meeting_and_draft,
    must_be_at_work,
    must_be_drafted,
    must_be_unchanged,
    not_the_title,
    paragraph_of,
    paragraphs_of,
    passage_of,
    text_of,
)
from suhbat.texts.wording import numbering


class AddParagraphs(InText, frozen=True, kw_only=True):
    """Paragraphs to be added to the base."""

    after: Annotated[str | None, Meta(title="After", extra={"choices": "text paragraphs"})] = None
    paragraphs: Annotated[str, Meta(title="Paragraphs", min_length=1, max_length=60_000, extra={"widget": "textarea"})]


class ParagraphAdded(Body, frozen=True, kw_only=True):
    """Which paragraphs came into a text, and where."""

    text: str
    """The name of the text within its meeting."""
    title: str
    after: str | None
    """The paragraph that they follow; null: they stand first."""
    paragraphs: list[FreshParagraph]


@guard("paragraph.added")
def may_add(_viewer: Viewer, _meeting: Meeting, text: Text) -> None:
    """The text is being drafted."""
    must_be_drafted(text)


@act("paragraph.added", "Add paragraphs", by=STAFF)
def add(occasion: Occasion, inputs: AddParagraphs) -> ParagraphAdded:
    """The drafter adds paragraphs to the text, after the one that is named, or at the end."""
    meeting, text = meeting_and_draft(occasion, inputs)
    may_add(occasion.actor, meeting, text)
    present = paragraphs_of(occasion.session, text.id)
    fresh = read_paragraphs(inputs.paragraphs, numbering.numbers(present))
    if len(present) + len(fresh) > MOST:
        raise invalid(paragraphs=lazy("A text has 400 paragraphs at most."))
    if inputs.after:
        paragraph_of(occasion.session, text, inputs.after)
    after = inputs.after or (present[-1].id if present else None)
    return ParagraphAdded(text=text.name, title=text.title, after=after, paragraphs=fresh)


@effect("paragraph.added")
def added(session: Session, entry: Entry, body: ParagraphAdded) -> None:
    """The paragraphs take their places; those behind them move back."""
    text = text_of(session, entry.meeting, body.text)
    insert_after(session, entry, text, body.after, body.paragraphs, "added")
    text.changed = entry.number


@phrase("paragraph.added")
def say_added(_entry: Entry, body: ParagraphAdded) -> str:
    """The number of paragraphs, and the text."""
    return gettext("%(count)s paragraphs are added to “%(title)s”") % {
        "count": len(body.paragraphs),
        "title": body.title,
    }


class MoveParagraph(InText, frozen=True, kw_only=True):
    """A paragraph and its new place."""

    paragraph: Hidden
    seen: HiddenNumber
    after: Annotated[str | None, Meta(title="After", extra={"choices": "text paragraphs"})] = None


class ParagraphMoved(Body, frozen=True, kw_only=True):
    """Which paragraph took another place."""

    text: str
    paragraph: str
    label: str
    """Its number before."""
    after: str | None
    """The paragraph that it follows; null: it stands first."""
    after_label: str
    """The number of that paragraph; empty where it stands first."""


@guard("paragraph.moved")
def may_move(_viewer: Viewer, _meeting: Meeting, passage: Passage) -> None:
    """The text is being drafted; the paragraph is open and is not the title."""
    must_be_at_work(passage)
    not_the_title(passage.paragraph)


@act("paragraph.moved", "Move a paragraph", by=STAFF)
def move(occasion: Occasion, inputs: MoveParagraph) -> ParagraphMoved:
    """The drafter moves a paragraph behind another, or to the beginning. Numbers and references follow."""
    meeting, text = meeting_and_draft(occasion, inputs)
    passage = passage_of(occasion.session, text, inputs.paragraph)
    may_move(occasion.actor, meeting, passage)
    paragraph = passage.paragraph
    must_be_unchanged(paragraph, inputs.seen)
    if inputs.after == paragraph.id:
        raise invalid(after=lazy("A paragraph cannot follow itself."))
    if inputs.after:
        paragraph_of(occasion.session, text, inputs.after)
    labels = labels_of(occasion.session, text)
    return ParagraphMoved(
        text=text.name,
        paragraph=paragraph.id,
        label=labels[paragraph.id],
        after=inputs.after,
        after_label=labels.get(inputs.after or "", ""),
    )


@effect("paragraph.moved")
def moved(session: Session, entry: Entry, body: ParagraphMoved) -> None:
    """The paragraph takes its place."""
    text = text_of(session, entry.meeting, body.text)
    place_after(session, entry, text, body.paragraph, body.after)
    text.changed = entry.number


@phrase("paragraph.moved")
def say_moved(_entry: Entry, body: ParagraphMoved) -> str:
    """The paragraph and its new place."""
    if body.after:
        return gettext("Paragraph %(label)s now follows paragraph %(after)s") % {
            "label": place_label(body.label),
            "after": place_label(body.after_label),
        }
    return gettext("Paragraph %(label)s now stands first") % {"label": place_label(body.label)}
