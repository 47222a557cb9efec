"""Around the adoption: the chair puts it off; explanations of position; publication."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Occasion, act, effect, phrase
from suhbat.acts.actors import SPEAKERS, STAFF
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.record.entries import LONGEST, Entry
from suhbat.record.hashing import canonical
from suhbat.texts.adoption.canonical_text import document
from suhbat.texts.adoption.question import AskAdoption, open_question
from suhbat.texts.adoption.transitions import back_to_drafting
from suhbat.texts.lookup import InText, delegation_in, fit, is_adopted, text_of
from suhbat.texts.models import AskedForAdoption, Explanation, Signature
from suhbat.texts.negotiation.propose import who

_ROOM = 4_000
"""Bytes of an entry kept free for all that is not the document."""


@act("adoption.put_off", "Put the adoption off", by=STAFF)
def put_off(occasion: Occasion, inputs: AskAdoption) -> dict[str, Any]:
    """The chair withdraws the question; the text returns to drafting."""
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    return {"text": text.name, "title": text.title, "asked": open_question(occasion.session, text).id}


@effect("adoption.put_off")
def was_put_off(session: Session, entry: Entry) -> None:
    """No result."""
    question = session.get_one(AskedForAdoption, entry.body["asked"])
    question.state, question.entry = "put-off", entry.number
    back_to_drafting(session, entry)


class Explain(InText, frozen=True, kw_only=True):
    """An explanation of position."""

    language: Annotated[str, Meta(title="Language", max_length=5, extra={"choices": "languages"})] = "en"
    wording: Annotated[str, Meta(title="Explanation", min_length=1, max_length=15_000, extra={"widget": "textarea"})]


@act("explanation.filed", "File an explanation of position", by=SPEAKERS)
def explain(occasion: Occasion, inputs: Explain) -> dict[str, Any]:
    """A delegation explains its position beside the text, before or after the adoption. The text is not changed."""
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    state = delegation_in(occasion, text)
    wording = fit(inputs.wording, {})
    if not wording:
        raise invalid(wording=lazy("This is needed."))
    return {
        "text": text.name,
        "title": text.title,
        "explanation": new_id(),
        "by": state,
        "language": inputs.language,
        "wording": wording,
    }


@effect("explanation.filed")
def explained(session: Session, entry: Entry) -> None:
    """Beside the text."""
    body = entry.body
    session.add(
        Explanation(
            id=body["explanation"],
            text=f"{entry.meeting}/{body['text']}",
            delegation=body["by"],
            language=body["language"],
            wording=body["wording"],
            entry=entry.number,
        )
    )


@phrase("explanation.filed")
def say_explained(entry: Entry) -> str:
    """Who, on which text."""
    return gettext("%(who)s explains its position on “%(title)s”") % {
        "who": who(entry.body["by"]),
        "title": entry.body["title"],
    }


@act("text.published", "Publish the adopted text", by=STAFF, audience="public")
def publish(occasion: Occasion, inputs: AskAdoption) -> Decision[Any]:
    """The secretariat publishes an adopted text.

    The entry holds the text itself, or its hash where it is too long for one entry; anyone can check either against
    the signatures.
    """
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    if text.state != "adopted" or not is_adopted(occasion.session, text, stamp(occasion.now)):
        raise out_of_order(lazy("Only an adopted text can be published."))
    if text.published:
        raise out_of_order(lazy("This text is published."))
    content = document(occasion.session, text)
    small = len(canonical(content)) < LONGEST - _ROOM
    body = {
        "text": text.name,
        "title": text.title,
        "digest": text.digest,
        "adopted": text.adopted,
        "adopted_by": text.adopted_by,
        "document": content if small else None,
    }
    signed = select(Signature.entry).where(Signature.text == text.id)
    explained_ = select(Explanation.entry).where(Explanation.text == text.id)
    return Decision(body, releases=tuple(sorted(occasion.session.scalars(signed.union(explained_)))))


@effect("text.published")
def published(session: Session, entry: Entry) -> None:
    """Anyone may read it."""
    text = text_of(session, entry.meeting, entry.body["text"])
    text.published, text.changed = True, entry.number


@phrase("text.published")
def say_published(entry: Entry) -> str:
    """Its title."""
    return gettext("“%(title)s” is published") % {"title": entry.body["title"]}
