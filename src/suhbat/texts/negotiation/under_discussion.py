"""The paragraph under discussion, which is on everyone's screen in the room."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, act, effect, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.language import gettext
from suhbat.record.entries import Entry
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import InText, labels_of, paragraph_of, text_of


class Discuss(InText, frozen=True, kw_only=True):
    """A paragraph, or none."""

    paragraph: Annotated[str | None, Meta(title="Paragraph", extra={"choices": "text paragraphs"})] = None


class TextDiscussed(Body, frozen=True, kw_only=True):
    """The paragraph of a text that is on everyone's screen."""

    text: str
    """The name of the text within its meeting."""
    title: str
    paragraph: str | None
    """Null: the text is taken off the screen."""
    label: str
    """The number of the paragraph; empty for none."""


@act("text.discussed", "Put a paragraph on everyone's screen", by=STAFF)
def discuss(occasion: Occasion, inputs: Discuss) -> TextDiscussed:
    """The chair calls up a paragraph: it is on everyone's screen in the room, its brackets live. None takes it down."""
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    label = ""
    if inputs.paragraph:
        paragraph_of(occasion.session, text, inputs.paragraph)
        label = labels_of(occasion.session, text)[inputs.paragraph]
    return TextDiscussed(text=text.name, title=text.title, paragraph=inputs.paragraph, label=label)


@effect("text.discussed")
def discussed(session: Session, entry: Entry, body: TextDiscussed) -> None:
    """The paragraph is under discussion; one at a time in each text."""
    text_of(session, entry.meeting, body.text).discussed = body.paragraph


@phrase("text.discussed")
def say_discussed(_entry: Entry, body: TextDiscussed) -> str:
    """The paragraph and the text."""
    if not body.paragraph:
        return gettext("“%(title)s” is taken off the screen") % {"title": body.title}
    return gettext("Paragraph %(label)s of “%(title)s” is under discussion") % {
        "label": place_label(body.label),
        "title": body.title,
    }
