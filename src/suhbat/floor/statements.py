"""What is said, as text: statements that delegations file, and the note-taker's summaries of interventions."""

from typing import Annotated, Any, cast

from msgspec import Meta
from sqlalchemy import Table, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from suhbat.acts import Decision, InMeeting, Occasion, Role, act, effect
from suhbat.acts.actors import DELEGATION
from suhbat.floor.floor_state import CONVENED, OPEN, SUSPENDED, item_of, standing
from suhbat.floor.meeting_control import mark
from suhbat.floor.models import Intervention, Statement, Summary
from suhbat.floor.requests import Delegation
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import LANGUAGES, lazy
from suhbat.ground.refusals import invalid, not_allowed, not_found
from suhbat.record.entries import Entry
from suhbat.record.reading import PARTICIPANTS, delegation_only

FILERS = DELEGATION | {Role.SECRETARIAT}
NOTERS = frozenset({Role.NOTE_TAKER, Role.SECRETARIAT})


class FileStatement(InMeeting, frozen=True, kw_only=True):
    """A statement as text."""

    item: Annotated[str, Meta(title="Agenda item", max_length=40, extra={"choices": "floor.items"})] = ""
    language: Annotated[str, Meta(title="Language", max_length=10, extra={"choices": "languages"})] = "en"
    title: Annotated[str, Meta(title="Title", min_length=1, max_length=300, extra={"context": "a paper's"})]
    text: Annotated[str, Meta(title="Text", min_length=1, max_length=15_000, extra={"widget": "textarea"})]
    delegation: Delegation = ""


class NoteSummary(InMeeting, frozen=True, kw_only=True):
    """A summary of one intervention, named by the number of the entry that gave the floor."""

    given_entry: Annotated[int, Meta(ge=1, title="Intervention", extra={"choices": "floor.interventions"})]
    text: Annotated[str, Meta(title="Summary", min_length=1, max_length=4_000, extra={"widget": "textarea"})]


@act("statement.filed", "File a statement", by=FILERS)
def file_statement(occasion: Occasion, inputs: FileStatement) -> Decision[Any]:
    """A delegation files what it will say, or has said, as text.

    Until its speaker starts on the item, the text is seen by the own delegation and by the secretariat, which may
    also file it in a delegation's name. The moment the floor is given to that delegation on that item, it is offered
    to everyone in the room; filed during or after the speech, it is offered at once. Filing again on the same item
    in the same language replaces a text that nobody else has seen. Advisers may file: drafting is their work.
    """
    stands = standing(occasion.session, inputs.meeting)
    stands.must_be(CONVENED, OPEN, SUSPENDED, "closed")
    own = occasion.actor.delegation_at(inputs.meeting)
    state = inputs.delegation or own
    if not state or not stands.knows(state):
        raise invalid(delegation=lazy("Say for which delegation."))
    if state != own and Role.SECRETARIAT not in occasion.actor.roles_at(inputs.meeting):
        raise not_allowed(lazy("A delegation files its own statements only."))
    if inputs.language not in LANGUAGES and not (len(inputs.language) in {2, 3} and inputs.language.isalpha()):
        raise invalid(language=lazy("This is no language code."))
    item = item_of(occasion.session, inputs.meeting, inputs.item).id if inputs.item else stands.room.item
    spoken = _spoke(occasion.session, inputs.meeting, item, state)
    body = {
        "statement": new_id(),
        "delegation": state,
        "item": item,
        "language": inputs.language,
        "title": inputs.title,
        "text": inputs.text,
        "with": spoken,
        "replaces": _replaced(occasion.session, inputs, state, item),
    }
    return Decision(body, audience=PARTICIPANTS if spoken else delegation_only(state))


@effect("statement.filed")
def filed(session: Session, entry: Entry) -> None:
    """The statement is kept; it takes the place of the earlier wording."""
    body = entry.body
    if body["replaces"]:
        session.execute(_REPLACE, [{"earlier": earlier} for earlier in body["replaces"]])
    session.execute(
        _KEEP,
        {
            "id": body["statement"],
            "meeting": entry.meeting,
            "item": body["item"],
            "delegation": body["delegation"],
            "language": body["language"],
            "title": body["title"],
            "text": body["text"],
            "filed": stamp(entry.time),
            "entry": entry.number,
            "offered": body["with"] or None,
            "replaced": False,
        },
    )


@act("summary.noted", "Note a summary", by=NOTERS)
def note_summary(occasion: Occasion, inputs: NoteSummary) -> dict[str, Any]:
    """The note-taker puts down what an intervention said, in a few sentences; a later summary replaces an earlier.

    It is a note of the secretariat and binds nobody; what is agreed is the summary record.
    """
    stands = standing(occasion.session, inputs.meeting)
    stands.must_be(OPEN, SUSPENDED, "closed")
    query = select(Intervention).where(Intervention.entry == inputs.given_entry, Intervention.meeting == inputs.meeting)
    turn = occasion.session.scalar(query)
    if turn is None:
        raise not_found(lazy("There is no such intervention."))
    return {"given_entry": inputs.given_entry, "delegation": turn.delegation, "text": inputs.text}


@effect("summary.noted")
def noted(session: Session, entry: Entry) -> None:
    """The intervention has this summary."""
    found = session.get(Summary, entry.body["given_entry"])
    if found is None:
        found = Summary(given=entry.body["given_entry"], meeting=entry.meeting)
        session.add(found)
    found.text, found.by, found.entry = entry.body["text"], entry.name, entry.number
    mark(session, entry, chair=False)


# Made once: see `standing`.
_TABLE = cast("Table", Statement.__table__)
_KEEP = insert(_TABLE)
_REPLACE = update(_TABLE).where(_TABLE.c.id == bindparam("earlier")).values(replaced=True)
_PLACE: dict[str, Any] = {name: bindparam(name) for name in ("meeting", "item", "delegation", "language")}
_SPOKE = select(func.max(Intervention.entry)).where(
    Intervention.meeting == _PLACE["meeting"],
    Intervention.item == _PLACE["item"],
    Intervention.delegation == _PLACE["delegation"],
    Intervention.kind.in_(["speech", "reply"]),
)
_REPLACED = select(Statement.id).where(
    Statement.meeting == _PLACE["meeting"],
    Statement.item == _PLACE["item"],
    Statement.delegation == _PLACE["delegation"],
    Statement.language == _PLACE["language"],
    Statement.offered.is_(None),
    Statement.replaced.is_(False),
)


def _spoke(session: Session, meeting: str, item: str, state: str) -> int:
    """The entry of the delegation's last turn on the item; 0 where it has not spoken on it."""
    return session.scalar(_SPOKE, {"meeting": meeting, "item": item, "delegation": state}) or 0


def _replaced(session: Session, inputs: FileStatement, state: str, item: str) -> list[str]:
    asked = {"meeting": inputs.meeting, "item": item, "delegation": state, "language": inputs.language}
    return list(session.scalars(_REPLACED, asked))
