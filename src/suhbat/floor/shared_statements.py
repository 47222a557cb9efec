"""Statements that reach further readers: the secretariat when one is filed, everyone when the floor is given.

A statement is filed in an entry that its own delegation may see. Whoever may read it later has it from an entry of
their own, which the system adds.
"""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Input, Occasion, act, effect, follow, guard, phrase
from suhbat.acts.roles_and_seats import Role, Viewer
from suhbat.floor.give_floor import FloorGiven
from suhbat.floor.models import Statement
from suhbat.floor.statements import StatementFiled
from suhbat.formats.state_names import state_name
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.audiences import PARTICIPANTS, SECRETARIAT
from suhbat.record.entries import Entry


class ShareStatement(InMeeting, frozen=True, kw_only=True):
    """The statement to share, and the earlier wordings that it has replaced just now."""

    statement: Annotated[str, Meta(title="Statement", max_length=40, extra={"widget": "hidden"})]
    replaces: Annotated[list[str], Meta(title="Statements", extra={"widget": "hidden"})] = []


class StatementShared(Body, frozen=True, kw_only=True):
    """A statement as its delegation filed it."""

    statement: str
    """Its id."""
    delegation: str
    item: str
    language: str
    title: str
    text: str
    filed: str
    """The instant (`clock.stamp`)."""
    entry: int
    """The number of the entry that filed it."""
    with_: int = msgspec.field(name="with")
    """The entry of the intervention with which it is offered to all; 0 where only the secretariat has it."""
    replaces: list[str]
    """The wordings that it replaces, for the secretariat, which has them. Nobody else learns that there were any.

    Early entries name all that were ever replaced."""


@guard("statement.shared")
def may_share(_viewer: Viewer, _meeting: Meeting, statement: Statement) -> None:
    """The statement was not replaced by a later one."""
    if statement.replaced:
        raise out_of_order(lazy("A later statement has replaced this one."))


@act("statement.shared", "Share a statement", by={Role.SYSTEM})
def share(occasion: Occasion, inputs: ShareStatement) -> Decision[StatementShared]:
    """The system gives a statement to the secretariat when it is filed.

    Everyone in the room has it when the floor is given to its delegation.
    """
    meeting = occasion.session.get_one(Meeting, inputs.meeting)
    statement = occasion.session.get(Statement, inputs.statement)
    if statement is None or statement.meeting != meeting.id:
        raise not_found(lazy("There is no such statement."))
    may_share(occasion.actor, meeting, statement)
    copied = ("delegation", "item", "language", "title", "text", "filed", "entry")
    body = StatementShared(
        statement=statement.id,
        with_=statement.offered or 0,
        replaces=[] if statement.offered else inputs.replaces,
        **{name: getattr(statement, name) for name in copied},
    )
    return Decision(body, audience=PARTICIPANTS if statement.offered else SECRETARIAT)


@effect("statement.shared")
def shared(session: Session, entry: Entry, body: StatementShared) -> None:
    """Whoever could not read the statement has it from now on."""
    for earlier in body.replaces:
        if replaced := session.get(Statement, earlier):
            replaced.replaced = True
    statement = session.get(Statement, body.statement)
    if statement is None:
        values = msgspec.structs.asdict(body)
        values["id"] = values.pop("statement")
        del values["with_"], values["replaces"]
        statement = Statement(meeting=entry.meeting, **values)
        session.add(statement)
    statement.offered = body.with_ or None


@follow("statement.filed")
def share_with_secretariat(_session: Session, entry: Entry, body: StatementFiled) -> Iterable[tuple[str, Input]]:
    """The secretariat reads what is filed; offered with a speech, everyone has it from the entry itself."""
    if not body.with_:
        yield (
            "statement.shared",
            ShareStatement(meeting=entry.meeting, statement=body.statement, replaces=body.replaces),
        )


@follow("floor.given")
def share_with_everyone(_session: Session, entry: Entry, body: FloorGiven) -> Iterable[tuple[str, Input]]:
    """What the delegation has filed on the item is offered to everyone in the room."""
    for offered in body.statements:
        yield "statement.shared", ShareStatement(meeting=entry.meeting, statement=offered.statement)


@phrase("statement.shared")
def say_shared(_entry: Entry, body: StatementShared) -> str:
    """Names the delegation and the title."""
    if body.with_:
        template = _("The statement of %(state)s is offered to everyone: “%(title)s”.")
    else:
        template = _("%(state)s files a statement: “%(title)s”.")
    return template % {"state": state_name(body.delegation), "title": body.title}
