"""Paragraphs on which all agree: closed, and reopened with a reason."""

from typing import Annotated, Any, Literal

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, act, effect, phrase
from suhbat.acts.actors import STAFF
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import out_of_order
from suhbat.record.entries import Entry
from suhbat.texts.lookup import (
    Hidden,
    HiddenNumber,
    InText,
    as_seen,
    drafting_text,
    fit,
    labels_of,
    live_on,
    paragraph_of,
    running_silence,
)
from suhbat.texts.models import Paragraph
from suhbat.texts.negotiation.cross_references import must_refer_to_something
from suhbat.texts.negotiation.drafting_desk import Reason
from suhbat.texts.place_labels import place_said


class Close(InText, frozen=True, kw_only=True):
    """A paragraph to be closed."""

    paragraph: Hidden
    seen: HiddenNumber
    how: Annotated[Literal["ad-referendum", "agreed"], Meta(title="How")] = "agreed"


@act("paragraph.closed", "Close a paragraph", by=STAFF)
def close(occasion: Occasion, inputs: Close) -> dict[str, Any]:
    """The drafter closes a paragraph on which nothing is open any more: agreed, or agreed *ad referendum*.

    Not while it refers to a paragraph that is no longer in the text.
    """
    text = drafting_text(occasion, inputs)
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    as_seen(paragraph, inputs.seen)
    if paragraph.state == inputs.how or not paragraph.wording:
        raise out_of_order(lazy("There is nothing to close here."))
    if any(s.paragraph == paragraph.id for s in running_silence(occasion.session, text.id)):
        raise out_of_order(lazy("This paragraph is under silence. Whoever wants a change breaks the silence."))
    open_ = live_on(occasion.session, paragraph.id)
    if open_:
        numbers = in_a_row(str(each.number) for each in open_)
        raise out_of_order(lazy("Proposals %(numbers)s are still open on this paragraph.") % {"numbers": numbers})
    must_refer_to_something(occasion.session, text, paragraph)
    labels = labels_of(occasion.session, text)
    return {"text": text.name, "paragraph": paragraph.id, "label": labels[paragraph.id], "how": inputs.how}


@effect("paragraph.closed")
def closed(session: Session, entry: Entry) -> None:
    """Closed."""
    _state(session, entry, entry.body["how"])


@phrase("paragraph.closed")
def say_closed(entry: Entry) -> str:
    """How."""
    if entry.body["how"] == "ad-referendum":
        return gettext("Paragraph %(label)s is agreed ad referendum") % {"label": place_said(entry.body["label"])}
    return gettext("Paragraph %(label)s is agreed") % {"label": place_said(entry.body["label"])}


class Reopen(InText, frozen=True, kw_only=True):
    """A closed paragraph, and why it is opened again."""

    paragraph: Hidden
    reason: Reason


@act("paragraph.reopened", "Reopen a paragraph", by=STAFF)
def reopen(occasion: Occasion, inputs: Reopen) -> dict[str, Any]:
    """The chair reopens a closed paragraph, with the reason."""
    text = drafting_text(occasion, inputs)
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    if paragraph.state == "open":
        raise out_of_order(lazy("This paragraph is open."))
    labels = labels_of(occasion.session, text)
    reason = fit(inputs.reason, {}, "reason")
    return {"text": text.name, "paragraph": paragraph.id, "label": labels[paragraph.id], "reason": reason}


@effect("paragraph.reopened")
def reopened(session: Session, entry: Entry) -> None:
    """Open again."""
    _state(session, entry, "open")


@phrase("paragraph.reopened")
def say_reopened(entry: Entry) -> str:
    """Why."""
    return gettext("Paragraph %(label)s is reopened: %(reason)s") % {
        "label": place_said(entry.body["label"]),
        "reason": entry.body["reason"],
    }


def _state(session: Session, entry: Entry, state: str) -> None:
    paragraph = session.get_one(Paragraph, entry.body["paragraph"])
    paragraph.state, paragraph.changed = state, entry.number
