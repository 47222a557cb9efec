"""In the room: the paragraph that is on everyone's screen."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, act, effect, phrase
from suhbat.acts.actors import STAFF
from suhbat.ground.language import gettext
from suhbat.record.entries import Entry
from suhbat.texts.lookup import InText, labels_of, paragraph_of, text_of
from suhbat.texts.place_labels import place_said


class Discuss(InText, frozen=True, kw_only=True):
    """A paragraph, or none."""

    paragraph: Annotated[str | None, Meta(title="Paragraph", extra={"choices": "text paragraphs"})] = None


@act("text.discussed", "Put a paragraph on everyone's screen", by=STAFF)
def discuss(occasion: Occasion, inputs: Discuss) -> dict[str, Any]:
    """The chair calls up a paragraph: it is on everyone's screen in the room, its brackets live. None takes it down."""
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    label = ""
    if inputs.paragraph:
        paragraph_of(occasion.session, text, inputs.paragraph)
        label = labels_of(occasion.session, text)[inputs.paragraph]
    return {"text": text.name, "title": text.title, "paragraph": inputs.paragraph, "label": label}


@effect("text.discussed")
def discussed(session: Session, entry: Entry) -> None:
    """One paragraph at a time."""
    text_of(session, entry.meeting, entry.body["text"]).discussed = entry.body["paragraph"]


@phrase("text.discussed")
def say_discussed(entry: Entry) -> str:
    """Which paragraph of which text."""
    if not entry.body["paragraph"]:
        return gettext("“%(title)s” is taken off the screen") % {"title": entry.body["title"]}
    return gettext("Paragraph %(label)s of “%(title)s” is under discussion") % {
        "label": place_said(entry.body["label"]),
        "title": entry.body["title"],
    }
