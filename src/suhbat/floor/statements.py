"""Statements that delegations file as text."""

from typing import Annotated, Any, cast

import msgspec
from msgspec import Meta
from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import DELEGATION
from suhbat.floor.floor_inputs import Delegation
from suhbat.floor.floor_state import CLOSED, CONVENED, OPEN, SUSPENDED, floor_state, item_of, must_be, observers
from suhbat.floor.models import Intervention, Statement
from suhbat.formats.state_names import state_name
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import invalid, not_allowed
from suhbat.ground.text_languages import NO_LANGUAGE, is_language
from suhbat.meetings.models import Meeting
from suhbat.record.audiences import PARTICIPANTS, delegation_only
from suhbat.record.entries import Entry

FILERS = DELEGATION | {Role.SECRETARIAT}


class FileStatement(InMeeting, frozen=True, kw_only=True):
    """A statement as text."""

    item: Annotated[str, Meta(title="Agenda item", max_length=40, extra={"choices": "floor.items"})] = ""
    language: Annotated[str, Meta(title="Language", max_length=10, extra={"choices": "text languages"})] = "en"
    title: Annotated[str, Meta(title="Title", min_length=1, max_length=300, extra={"context": "a paper's"})]
    text: Annotated[str, Meta(title="Text", min_length=1, max_length=15_000, extra={"widget": "textarea"})]
    delegation: Delegation = ""


class StatementFiled(Body, frozen=True, kw_only=True):
    """A statement as text."""

    statement: str
    """Its id."""
    delegation: str
    item: str
    """The agenda item; empty where none was before the meeting."""
    language: str
    title: str
    text: str
    with_: int = msgspec.field(name="with")
    """The entry of the intervention with which it is offered to all; 0 where the delegation has not spoken yet."""
    replaces: list[str]
    """Statements that nobody else has seen, and that this one takes the place of."""


@guard("statement.filed")
def may_file_statement(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting was convened, and its summary record is not published yet."""
    must_be(meeting, CONVENED, OPEN, SUSPENDED, CLOSED)


@act("statement.filed", "File a statement", by=FILERS)
def file_statement(occasion: Occasion, inputs: FileStatement) -> Decision[StatementFiled]:
    """A delegation files what it will say, or has said, as text.

    Until its speaker starts on the item, the text is seen by the own delegation and by the secretariat, which may
    also file it in a delegation's name. The moment the floor is given to that delegation on that item, it is offered
    to everyone in the room; filed during or after the speech, it is offered at once. Filing again on the same item
    in the same language replaces a text that nobody else has seen. Advisers may file: drafting is their work.
    """
    session = occasion.session
    floor = floor_state(session, inputs.meeting)
    may_file_statement(occasion.actor, floor.meeting)
    own = occasion.actor.delegation_at(inputs.meeting)
    state = inputs.delegation or own
    if not state or state not in observers(session, inputs.meeting):
        raise invalid(delegation=lazy("Say for which delegation."))
    if state != own and Role.SECRETARIAT not in occasion.actor.roles_at(inputs.meeting):
        raise not_allowed(lazy("A delegation files its own statements only."))
    if not is_language(inputs.language):
        raise invalid(language=NO_LANGUAGE)
    item = item_of(session, inputs.meeting, inputs.item).id if inputs.item else floor.room.item
    last_turn = _last_turn(session, inputs.meeting, item, state)
    body = StatementFiled(
        statement=new_id(),
        delegation=state,
        item=item,
        language=inputs.language,
        title=inputs.title,
        text=inputs.text,
        with_=last_turn,
        replaces=_replaceable(session, inputs, state, item),
    )
    return Decision(body, audience=PARTICIPANTS if last_turn else delegation_only(state))


# Built once: see `floor_state`.
_TABLE = cast("Table", Statement.__table__)
_INSERT = insert(_TABLE)
_REPLACE = update(_TABLE).where(_TABLE.c.id == bindparam("earlier")).values(replaced=True)
_PARAMETERS: dict[str, Any] = {name: bindparam(name) for name in ("meeting", "item", "delegation", "language")}
_LAST_TURN = select(func.max(Intervention.entry)).where(
    Intervention.meeting == _PARAMETERS["meeting"],
    Intervention.item == _PARAMETERS["item"],
    Intervention.delegation == _PARAMETERS["delegation"],
    Intervention.kind.in_(["speech", "reply"]),
)
_REPLACEABLE = select(Statement.id).where(
    Statement.meeting == _PARAMETERS["meeting"],
    Statement.item == _PARAMETERS["item"],
    Statement.delegation == _PARAMETERS["delegation"],
    Statement.language == _PARAMETERS["language"],
    Statement.offered.is_(None),
    Statement.replaced.is_(False),
)


def _last_turn(session: Session, meeting: str, item: str, state: str) -> int:
    """The entry of the delegation's last speech or reply on the item; 0 where it has not spoken on it."""
    return session.scalar(_LAST_TURN, {"meeting": meeting, "item": item, "delegation": state}) or 0


def _replaceable(session: Session, inputs: FileStatement, state: str, item: str) -> list[str]:
    """The delegation's statements on the item, in the same language, that are not offered yet."""
    parameters = {"meeting": inputs.meeting, "item": item, "delegation": state, "language": inputs.language}
    return list(session.scalars(_REPLACEABLE, parameters))


@effect("statement.filed")
def statement_filed(session: Session, entry: Entry, body: StatementFiled) -> None:
    """The statement is stored; it replaces the earlier wording."""
    if body.replaces:
        session.execute(_REPLACE, [{"earlier": earlier} for earlier in body.replaces])
    session.execute(
        _INSERT,
        {
            "id": body.statement,
            "meeting": entry.meeting,
            "item": body.item,
            "delegation": body.delegation,
            "language": body.language,
            "title": body.title,
            "text": body.text,
            "filed": stamp(entry.time),
            "entry": entry.number,
            "offered": body.with_ or None,
            "replaced": False,
        },
    )


@phrase("statement.filed")
def say_statement_filed(_entry: Entry, body: StatementFiled) -> str:
    """Names the delegation and the title."""
    return _("%(state)s files a statement: “%(title)s”.") % {
        "state": state_name(body.delegation),
        "title": body.title,
    }
