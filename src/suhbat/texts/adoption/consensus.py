"""Who has to answer before a text counts as adopted by consensus.

Consensus is that nobody formally objects, not that everybody consents (so the United Nations Convention on the Law of
the Sea, article 161, paragraph 8 (e)), and only an objection by somebody who is there when the decision is taken
counts (so the Marrakesh Agreement Establishing the World Trade Organization, article IX, footnote 1). So a delegation
that is not there cannot hold the others up, and is named in the record as absent. One that is there is asked: it
answers, or the chair calls for the last time, by name, and waits a minute before taking its silence for no objection.
The record names those too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import Role
from suhbat.ground.clock import instant, stamp
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import listed
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Attendance, Delegation, Meeting
from suhbat.meetings.presence import present_for_delegation, room_is_known
from suhbat.record.entries import Entry
from suhbat.texts.adoption.adoption_question import AskAdoption, question_asked
from suhbat.texts.adoption.adoption_transitions import CHAIRS, adopt
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Answer, AskedForAdoption, Text
from suhbat.texts.text_guard_checks import Hidden, meeting_and_text, text_of

PATIENCE = timedelta(minutes=1)
"""How long a last call is given before silence counts as no objection."""


def in_the_room(session: Session, text: Text) -> list[str]:
    """The delegations of a text whose head, or the alternate in the head's place, is in the room of the meeting.

    Somebody whose connection was lost less than a minute ago still is. Where the record does not say who is in the
    room (`presence.room_is_known`), whoever has taken the seat counts.
    """
    meeting = literal(text.meeting)
    query = select(Delegation.state, Delegation.seated, room_is_known(meeting), Attendance.person)
    query = query.outerjoin(Attendance, present_for_delegation()).where(Delegation.meeting == text.meeting)
    here = set()
    for state, seated, is_known, person in session.execute(query):
        heads = {head["person"] for head in seated}
        if person in heads or (heads and not is_known):
            here.add(state)
    return [state for state in text.order if state in here]


@dataclass(frozen=True)
class Question:
    """The chair's question: its row, the answers, who is still waited for, who is not there."""

    row: AskedForAdoption
    answers: dict[str, Answer]
    waited_for: list[str] = field(default_factory=list)
    """In the room, and has not answered."""
    absent: list[str] = field(default_factory=list)
    """Not in the room."""


def question_on(session: Session, text: Text, status: str = "open") -> Question | None:
    """The open question on a text (or the one by which it was adopted), for showing."""
    query = select(AskedForAdoption).where(AskedForAdoption.text == text.id, AskedForAdoption.status == status)
    row = session.scalar(query.order_by(AskedForAdoption.entry.desc()).limit(1))
    return _question(session, text, row) if row is not None else None


def _question(session: Session, text: Text, row: AskedForAdoption) -> Question:
    answers = session.scalars(select(Answer).where(Answer.asked == row.id))
    here = in_the_room(session, text)
    by_delegation = {answer.delegation: answer for answer in answers}
    silent = [state for state in text.order if state not in by_delegation]
    return Question(
        row,
        by_delegation,
        [state for state in silent if state in here],
        [state for state in silent if state not in here],
    )


def _names(states: Sequence[str]) -> str:
    return listed(holder_name(state) for state in states)


class OnQuestion(AskAdoption, frozen=True, kw_only=True):
    """The chair's own question."""

    asked: Hidden = ""
    """The question as the page showed it; empty where a program speaks of whatever is asked now."""


class LastCallGiven(Body, frozen=True, kw_only=True):
    """Whom the chair called upon."""

    text: str
    """The name of the text within its meeting."""
    title: str
    asked: str
    """The id of the question."""
    waited_for: list[str]
    """The delegations in the room that have not answered."""


@guard("adoption.last_call")
def may_call(_viewer: Viewer, _meeting: Meeting, question: Question) -> None:
    """Somebody in the room has not answered, and no last call has been given."""
    if not question.waited_for:
        raise out_of_order(lazy("Everyone in the room has answered."))
    if question.row.last_call:
        raise out_of_order(lazy("The last call has been given."))


@act("adoption.last_call", "Give a last call", by=CHAIRS)
def call(occasion: Occasion, inputs: OnQuestion) -> LastCallGiven:
    """The chair calls, for the last time and by name, upon those in the room who have not answered.

    Who has not objected a minute later is taken to have no objection.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    question = _question(occasion.session, text, question_asked(occasion.session, text, inputs.asked))
    may_call(occasion.actor, meeting, question)
    return LastCallGiven(text=text.name, title=text.title, asked=question.row.id, waited_for=question.waited_for)


@effect("adoption.last_call")
def called(session: Session, entry: Entry, body: LastCallGiven) -> None:
    """From now on the minute runs after which silence counts as no objection."""
    row = session.get_one(AskedForAdoption, body.asked)
    row.last_call, row.entry = stamp(entry.time), entry.number


@phrase("adoption.last_call")
def say_called(_entry: Entry, body: LastCallGiven) -> str:
    """Whom the chair calls upon."""
    return gettext("Last call on “%(title)s”; without an answer: %(who)s") % {
        "title": body.title,
        "who": _names(body.waited_for),
    }


class TextAdopted(Body, frozen=True, kw_only=True):
    """What the chair declared adopted, who kept silent and who was not there."""

    text: str
    title: str
    asked: str
    silent: list[str]
    """The delegations in the room that had not answered a minute after the last call."""
    absent: list[str] = []
    """The delegations for which no head was in the room. Early entries do not tell them apart from the silent."""
    digest: str
    """SHA-256 of the text that was asked about, in hex."""


@guard("text.adopted")
def may_declare(_viewer: Viewer, _meeting: Meeting, question: Question) -> None:
    """Somebody has answered, and all who are in the room have, or the last call has been given."""
    if not question.answers:
        raise out_of_order(lazy("Nobody has answered yet."))
    if question.waited_for and not question.row.last_call:
        raise out_of_order(
            lazy("In the room and without an answer: %(who)s. Give a last call first.")
            % {"who": _names(question.waited_for)}
        )


@act("text.adopted", "Declare adopted", by={Role.CHAIR})
def declare(occasion: Occasion, inputs: OnQuestion) -> TextAdopted:
    """The chair, having asked and having heard no objection, declares the text adopted by consensus.

    Every delegation whose head is in the room has answered, or the chair has given a last call and a minute has
    passed. The record names those who kept silent after it, and those who were absent.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    question = _question(occasion.session, text, question_asked(occasion.session, text, inputs.asked))
    may_declare(occasion.actor, meeting, question)
    # The minute is the rule's alone: the page offers the act at once, so that nobody has to reload it when it is over.
    if question.waited_for and occasion.now < instant(question.row.last_call) + PATIENCE:
        raise out_of_order(
            lazy("The last call has been given less than a minute ago; without an answer: %(who)s.")
            % {"who": _names(question.waited_for)}
        )
    return TextAdopted(
        text=text.name,
        title=text.title,
        asked=question.row.id,
        silent=question.waited_for,
        absent=question.absent,
        digest=question.row.digest,
    )


@effect("text.adopted")
def declared(session: Session, entry: Entry, body: TextAdopted) -> None:
    """The text is adopted as of this entry."""
    row = session.get_one(AskedForAdoption, body.asked)
    row.status, row.entry = "adopted", entry.number
    row.silent, row.absent = body.silent, body.absent
    text = text_of(session, entry.meeting, body.text)
    adopt(session, entry, text, digest=body.digest, as_of=stamp(entry.time), how="consensus")


_DECLARED = {
    (False, False): lazy("The chair hears no objection: “%(title)s” is adopted by consensus"),
    (True, False): lazy(
        "The chair hears no objection: “%(title)s” is adopted by consensus. "
        "Without an answer after the last call: %(silent)s"
    ),
    (False, True): lazy("The chair hears no objection: “%(title)s” is adopted by consensus. Absent: %(absent)s"),
    (True, True): lazy(
        "The chair hears no objection: “%(title)s” is adopted by consensus. "
        "Without an answer after the last call: %(silent)s. Absent: %(absent)s"
    ),
}
"""By whether somebody kept silent after the last call, and whether somebody was not there."""


@phrase("text.adopted")
def say_declared(_entry: Entry, body: TextAdopted) -> str:
    """That the text is adopted, who kept silent, who was not there."""
    placeholders = {"title": body.title, "silent": _names(body.silent), "absent": _names(body.absent)}
    return str(_DECLARED[bool(body.silent), bool(body.absent)] % placeholders)
