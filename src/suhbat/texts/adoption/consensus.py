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
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, act, effect, phrase
from suhbat.acts.actors import HEADS, Role
from suhbat.ground.clock import instant, stamp
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import listed
from suhbat.ground.refusals import out_of_order
from suhbat.people.models import SeatRow
from suhbat.record.entries import Entry
from suhbat.texts.adoption.question import AskAdoption, question_asked
from suhbat.texts.adoption.transitions import CHAIRS, adopt
from suhbat.texts.lookup import Hidden, text_of
from suhbat.texts.models import Answer, AskedForAdoption, Text
from suhbat.texts.negotiation.propose import who

PATIENCE = timedelta(minutes=1)
"""How long a last call is given before silence counts as no objection."""


def in_the_room(session: Session, text: Text) -> list[str]:
    """The delegations of a text for which a head, or the alternate in the head's place, has taken a seat."""
    places = ("", text.meeting, text.meeting.partition("/")[0])
    query = select(SeatRow.state).where(
        SeatRow.place.in_(places), SeatRow.role.in_(HEADS), SeatRow.person.is_not(None), SeatRow.vacated.is_(False)
    )
    here = set(session.scalars(query))
    return [state for state in text.order if state in here]


@dataclass(frozen=True)
class Question:
    """The chair's question: the answers, who is still waited for, who is not there."""

    asked: AskedForAdoption
    answers: dict[str, Answer]
    waited_for: list[str] = field(default_factory=list)
    """In the room, and has not answered."""
    absent: list[str] = field(default_factory=list)
    """Not in the room."""

    def may_be_declared(self, now: datetime) -> bool:
        """Whether the chair may declare the adoption now."""
        if not self.answers:
            return False
        called = self.asked.last_call
        return not self.waited_for or (bool(called) and instant(called) + PATIENCE <= now)


def question_on(session: Session, text: Text, state: str = "open") -> Question | None:
    """The open question on a text (or the one by which it was adopted), for showing."""
    query = select(AskedForAdoption).where(AskedForAdoption.text == text.id, AskedForAdoption.state == state)
    found = session.scalar(query.order_by(AskedForAdoption.entry.desc()).limit(1))
    return _question(session, text, found) if found is not None else None


def _question(session: Session, text: Text, asked: AskedForAdoption) -> Question:
    answers = {each.delegation: each for each in session.scalars(select(Answer).where(Answer.asked == asked.id))}
    here = in_the_room(session, text)
    silent = [state for state in text.order if state not in answers]
    return Question(
        asked,
        answers,
        [state for state in silent if state in here],
        [state for state in silent if state not in here],
    )


def _names(states: Sequence[str]) -> str:
    return listed(who(state) for state in states)


class OnQuestion(AskAdoption, frozen=True, kw_only=True):
    """The chair's own question."""

    asked: Hidden = ""
    """The question as the page showed it; empty where a program speaks of whatever is asked now."""


@act("adoption.last_call", "Give a last call", by=CHAIRS)
def call(occasion: Occasion, inputs: OnQuestion) -> dict[str, Any]:
    """The chair calls, for the last time and by name, upon those in the room who have not answered.

    Who has not objected a minute later is taken to have no objection.
    """
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    asked = question_asked(occasion.session, text, inputs.asked)
    waited_for = _question(occasion.session, text, asked).waited_for
    if not waited_for:
        raise out_of_order(lazy("Everyone in the room has answered."))
    if asked.last_call:
        raise out_of_order(lazy("The last call has been given."))
    return {"text": text.name, "title": text.title, "asked": asked.id, "waited_for": waited_for}


@effect("adoption.last_call")
def called(session: Session, entry: Entry) -> None:
    """From now on silence is running out."""
    asked = session.get_one(AskedForAdoption, entry.body["asked"])
    asked.last_call, asked.entry = stamp(entry.time), entry.number


@phrase("adoption.last_call")
def say_called(entry: Entry) -> str:
    """Upon whom."""
    return gettext("Last call on “%(title)s”; without an answer: %(who)s") % {
        "title": entry.body["title"],
        "who": _names(entry.body["waited_for"]),
    }


@act("text.adopted", "Declare adopted", by={Role.CHAIR})
def declare(occasion: Occasion, inputs: OnQuestion) -> dict[str, Any]:
    """The chair, having asked and having heard no objection, declares the text adopted by consensus.

    Every delegation whose head is in the room has answered, or the chair has given a last call and a minute has
    passed. The record names those who kept silent after it, and those who were absent.
    """
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    asked = question_asked(occasion.session, text, inputs.asked)
    question = _question(occasion.session, text, asked)
    if not question.answers:
        raise out_of_order(lazy("Nobody has answered yet."))
    if question.waited_for and not asked.last_call:
        raise out_of_order(
            lazy("In the room and without an answer: %(who)s. Give a last call first.")
            % {"who": _names(question.waited_for)}
        )
    if not question.may_be_declared(occasion.now):
        raise out_of_order(
            lazy("The last call has been given less than a minute ago; without an answer: %(who)s.")
            % {"who": _names(question.waited_for)}
        )
    return {
        "text": text.name,
        "title": text.title,
        "asked": asked.id,
        "silent": question.waited_for,
        "absent": question.absent,
        "digest": asked.digest,
    }


@effect("text.adopted")
def declared(session: Session, entry: Entry) -> None:
    """Adopted now."""
    question = session.get_one(AskedForAdoption, entry.body["asked"])
    question.state, question.entry = "adopted", entry.number
    question.silent, question.absent = entry.body["silent"], entry.body.get("absent", [])
    adopt(session, entry, stamp(entry.time), "consensus")


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
def say_declared(entry: Entry) -> str:
    """The gavel; who kept silent, who was not there."""
    said = {
        "title": entry.body["title"],
        "silent": _names(entry.body["silent"]),
        "absent": _names(entry.body.get("absent", [])),
    }
    return str(_DECLARED[bool(said["silent"]), bool(said["absent"])] % said)
