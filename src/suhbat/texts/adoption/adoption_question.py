"""Adoption in the room: the chair asks, each head answers, no objection; or the chair puts it off."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import HEADS, STAFF
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import Lazy, gettext, lazy
from suhbat.ground.refusals import Refused, conflict, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.adoption.adoption_transitions import CHAIRS, adopt, back_to_drafting, must_be_clean
from suhbat.texts.adoption.canonical_text import digest, document, hurdles
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Answer, AskedForAdoption, Text
from suhbat.texts.text_guard_checks import (
    Hidden,
    InText,
    fit,
    meeting_and_draft,
    meeting_and_text,
    must_be_drafted,
    must_negotiate,
    text_of,
)


class AskAdoption(InText, frozen=True, kw_only=True):
    """A clean text, put before the room."""


class AdoptionAsked(Body, frozen=True, kw_only=True):
    """What the room is asked to adopt."""

    text: str
    """The name of the text within its meeting."""
    title: str
    asked: str
    """The id of the question."""
    digest: str
    """SHA-256 of the text in all its languages, in hex (`canonical_text`)."""


@guard("adoption.asked")
def may_ask(_viewer: Viewer, _meeting: Meeting, text: Text, in_the_way: Sequence[Lazy]) -> None:
    """The text is being drafted, and nothing is in the way of its adoption (`canonical_text.hurdles`)."""
    must_be_drafted(text)
    must_be_clean(in_the_way)


@act("adoption.asked", "Ask for adoption", by=CHAIRS)
def ask(occasion: Occasion, inputs: AskAdoption) -> AdoptionAsked:
    """The chair asks the heads of delegation whether the clean text may be adopted by consensus."""
    meeting, text = meeting_and_draft(occasion, inputs)
    may_ask(occasion.actor, meeting, text, hurdles(occasion.session, text))
    content = digest(document(occasion.session, text))
    return AdoptionAsked(text=text.name, title=text.title, asked=new_id(), digest=content)


@effect("adoption.asked")
def asked(session: Session, entry: Entry, body: AdoptionAsked) -> None:
    """The question is open; the text cannot change."""
    text = text_of(session, entry.meeting, body.text)
    session.add(
        AskedForAdoption(
            id=body.asked,
            text=text.id,
            digest=body.digest,
            status="open",
            silent=[],
            absent=[],
            last_call="",
            entry=entry.number,
        )
    )
    text.status, text.changed = "asked", entry.number


@phrase("adoption.asked")
def say_asked(_entry: Entry, body: AdoptionAsked) -> str:
    """What the chair asks."""
    return gettext("The chair asks whether “%(title)s” may be adopted") % {"title": body.title}


def must_be_asked(text: Text) -> None:
    """Refuse what answers or ends a question that the chair has not put, or that has been decided."""
    if text.status != "asked":
        raise _not_asked()


def _not_asked() -> Refused:
    return out_of_order(lazy("The chair has not asked."))


def open_question(session: Session, text: Text) -> AskedForAdoption:
    """The chair's question that is open now."""
    query = select(AskedForAdoption).where(AskedForAdoption.text == text.id, AskedForAdoption.status == "open")
    question = session.scalar(query)
    if question is None:
        raise _not_asked()
    return question


def question_asked(session: Session, text: Text, question_id: str) -> AskedForAdoption:
    """The open question; refused if the page showed an earlier one, since the text may have changed."""
    question = open_question(session, text)
    if question_id and question_id != question.id:
        raise conflict(lazy("The chair asked again after you read the question. Read the text again and answer."))
    return question


class AnswerAdoption(InText, frozen=True, kw_only=True):
    """A head's answer."""

    asked: Hidden = ""
    """The question as the page showed it; empty where a program answers whatever is asked now."""
    agrees: Annotated[bool, Meta(title="We agree")]
    reason: Annotated[str, Meta(title="Reason", max_length=2_000, extra={"widget": "textarea"})] = ""


class AdoptionAnswered(Body, frozen=True, kw_only=True):
    """What a delegation answered, and whether that decides the question."""

    text: str
    title: str
    asked: str
    by: str
    """The delegation."""
    agrees: bool
    reason: str
    """Empty where none was given."""
    all: bool
    """Whether all delegations of the text have agreed by now: it is adopted."""
    digest: str
    """SHA-256 of the text that was asked about, in hex."""


@guard("adoption.answered")
def may_answer(viewer: Viewer, _meeting: Meeting, text: Text) -> None:
    """The viewer's delegation negotiates the text, and the chair has asked."""
    must_negotiate(viewer, HEADS, text)
    must_be_asked(text)


@act("adoption.answered", "Answer the chair", by=HEADS)
def answer(occasion: Occasion, inputs: AnswerAdoption) -> AdoptionAnswered:
    """A head of delegation agrees to the adoption, or objects.

    One objection ends it and the text returns to drafting; when all have agreed the text is adopted.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    may_answer(occasion.actor, meeting, text)
    question = question_asked(occasion.session, text, inputs.asked)
    agreed = set(
        occasion.session.scalars(select(Answer.delegation).where(Answer.asked == question.id, Answer.agrees.is_(True)))
    )
    return AdoptionAnswered(
        text=text.name,
        title=text.title,
        asked=question.id,
        by=occasion.delegation,
        agrees=inputs.agrees,
        reason=fit(inputs.reason, {}, "reason"),
        all=inputs.agrees and agreed | {occasion.delegation} == set(text.order),
        digest=question.digest,
    )


@effect("adoption.answered")
def answered(session: Session, entry: Entry, body: AdoptionAnswered) -> None:
    """The answer, and what follows from it."""
    text = text_of(session, entry.meeting, body.text)
    question = session.get_one(AskedForAdoption, body.asked)
    row = session.scalar(select(Answer).where(Answer.asked == question.id, Answer.delegation == body.by))
    if row is None:
        row = Answer(asked=question.id, delegation=body.by)
        session.add(row)
    row.agrees, row.reason, row.entry = body.agrees, body.reason, entry.number
    if not body.agrees:
        question.status, question.entry = "objected", entry.number
        back_to_drafting(text, entry)
    elif body.all:
        question.status, question.entry = "adopted", entry.number
        adopt(session, entry, text, digest=body.digest, as_of=stamp(entry.time), how="consensus")


@phrase("adoption.answered")
def say_answered(_entry: Entry, body: AdoptionAnswered) -> str:
    """Who answers what, and whether that adopts the text."""
    placeholders = {"who": holder_name(body.by), "title": body.title}
    if body.all:
        return gettext("All have agreed, %(who)s last: “%(title)s” is adopted by consensus") % placeholders
    if body.agrees:
        return gettext("%(who)s agrees to the adoption of “%(title)s”") % placeholders
    return gettext("%(who)s objects to the adoption of “%(title)s”") % placeholders


class AdoptionPutOff(Body, frozen=True, kw_only=True):
    """Which question the chair withdrew."""

    text: str
    title: str
    asked: str


@guard("adoption.put_off")
def may_put_off(_viewer: Viewer, _meeting: Meeting, text: Text) -> None:
    """The chair has asked."""
    must_be_asked(text)


@act("adoption.put_off", "Put the adoption off", by=STAFF)
def put_off(occasion: Occasion, inputs: AskAdoption) -> AdoptionPutOff:
    """The chair withdraws the question; the text returns to drafting."""
    meeting, text = meeting_and_text(occasion, inputs)
    may_put_off(occasion.actor, meeting, text)
    return AdoptionPutOff(text=text.name, title=text.title, asked=open_question(occasion.session, text).id)


@effect("adoption.put_off")
def was_put_off(session: Session, entry: Entry, body: AdoptionPutOff) -> None:
    """The question ends without a result."""
    question = session.get_one(AskedForAdoption, body.asked)
    question.status, question.entry = "put-off", entry.number
    back_to_drafting(text_of(session, entry.meeting, body.text), entry)


@phrase("adoption.put_off")
def say_put_off(_entry: Entry, body: AdoptionPutOff) -> str:
    """What was not decided."""
    return gettext("The chair puts off the adoption of “%(title)s”") % {"title": body.title}
