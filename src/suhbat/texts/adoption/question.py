"""Adoption in the room: the chair asks, each head answers, no objection."""

from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, act, effect, phrase
from suhbat.acts.actors import HEADS
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import conflict, out_of_order
from suhbat.record.entries import Entry
from suhbat.texts.adoption.canonical_text import digest, document
from suhbat.texts.adoption.transitions import CHAIRS, adopt, back_to_drafting, must_be_clean
from suhbat.texts.lookup import Hidden, InText, delegation_in, drafting_text, fit, text_of
from suhbat.texts.models import Answer, AskedForAdoption, Text
from suhbat.texts.negotiation.propose import who


class AskAdoption(InText, frozen=True, kw_only=True):
    """A clean text, put before the room."""


@act("adoption.asked", "Ask for adoption", by=CHAIRS)
def ask(occasion: Occasion, inputs: AskAdoption) -> dict[str, Any]:
    """The chair asks the heads of delegation whether the clean text may be adopted by consensus."""
    text = drafting_text(occasion, inputs)
    must_be_clean(occasion.session, text)
    content = digest(document(occasion.session, text))
    return {"text": text.name, "title": text.title, "asked": new_id(), "digest": content}


@effect("adoption.asked")
def asked(session: Session, entry: Entry) -> None:
    """The question is open; the text stands still."""
    text = text_of(session, entry.meeting, entry.body["text"])
    session.add(
        AskedForAdoption(
            id=entry.body["asked"],
            text=text.id,
            digest=entry.body["digest"],
            state="open",
            silent=[],
            absent=[],
            last_call="",
            entry=entry.number,
        )
    )
    text.state, text.changed = "asked", entry.number


@phrase("adoption.asked")
def say_asked(entry: Entry) -> str:
    """What is asked."""
    return gettext("The chair asks whether “%(title)s” may be adopted") % {"title": entry.body["title"]}


class AnswerAdoption(InText, frozen=True, kw_only=True):
    """A head's answer."""

    asked: Hidden = ""
    """The question as the page showed it; empty where a program answers whatever is asked now."""
    agrees: Annotated[bool, Meta(title="We agree")]
    reason: Annotated[str, Meta(title="Reason", max_length=2_000, extra={"widget": "textarea"})] = ""


def open_question(session: Session, text: Text) -> AskedForAdoption:
    """The chair's question that is open now."""
    query = select(AskedForAdoption).where(AskedForAdoption.text == text.id, AskedForAdoption.state == "open")
    found = session.scalar(query)
    if found is None:
        raise out_of_order(lazy("The chair has not asked."))
    return found


def question_asked(session: Session, text: Text, asked: str) -> AskedForAdoption:
    """The open question, if it is the one that was read: the text may have become another since."""
    found = open_question(session, text)
    if asked and asked != found.id:
        raise conflict(lazy("The chair has asked anew since you read the question. Read the text again and answer."))
    return found


def _answers(session: Session, question: AskedForAdoption) -> dict[str, bool]:
    query = select(Answer).where(Answer.asked == question.id)
    return {each.delegation: each.agrees for each in session.scalars(query)}


@act("adoption.answered", "Answer the chair", by=HEADS)
def answer(occasion: Occasion, inputs: AnswerAdoption) -> dict[str, Any]:
    """A head of delegation agrees to the adoption, or objects.

    One objection ends it and the text returns to drafting; when all have agreed the text is adopted.
    """
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    state = delegation_in(occasion, text)
    question = question_asked(occasion.session, text, inputs.asked)
    agreed = {name for name, agrees in _answers(occasion.session, question).items() if agrees}
    return {
        "text": text.name,
        "title": text.title,
        "asked": question.id,
        "by": state,
        "agrees": inputs.agrees,
        "reason": fit(inputs.reason, {}, "reason"),
        "all": inputs.agrees and agreed | {state} == set(text.order),
        "digest": question.digest,
    }


@effect("adoption.answered")
def answered(session: Session, entry: Entry) -> None:
    """The answer, and what follows from it."""
    body = entry.body
    question = session.get_one(AskedForAdoption, body["asked"])
    found = session.scalar(select(Answer).where(Answer.asked == question.id, Answer.delegation == body["by"]))
    if found is None:
        found = Answer(asked=question.id, delegation=body["by"])
        session.add(found)
    found.agrees, found.reason, found.entry = body["agrees"], body["reason"], entry.number
    if not body["agrees"]:
        question.state, question.entry = "objected", entry.number
        back_to_drafting(session, entry)
    elif body["all"]:
        question.state, question.entry = "adopted", entry.number
        adopt(session, entry, stamp(entry.time), "consensus")


@phrase("adoption.answered")
def say_answered(entry: Entry) -> str:
    """Who, how, and whether that was the last."""
    said = {"who": who(entry.body["by"]), "title": entry.body["title"]}
    if entry.body["all"]:
        return gettext("%(who)s agrees: “%(title)s” is adopted by consensus") % said
    if entry.body["agrees"]:
        return gettext("%(who)s agrees to the adoption of “%(title)s”") % said
    return gettext("%(who)s objects to the adoption of “%(title)s”") % said
