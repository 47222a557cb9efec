"""Convening a meeting. It begins as a draft that only the holders of its seats may see."""

from collections.abc import Mapping
from itertools import count
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.acts.bodies import Shape, upcaster
from suhbat.acts.inputs import OfFormat
from suhbat.formats.format_fields import SLUG, States
from suhbat.formats.format_status import is_public
from suhbat.formats.models import Format
from suhbat.formats.queries import format_of
from suhbat.formats.state_names import is_known
from suhbat.ground.ids import new_id
from suhbat.ground.language import Lazy, gettext, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import Kind, Refused
from suhbat.ground.slugs import slug_of
from suhbat.meetings.doubled_meetings import question_about
from suhbat.meetings.meeting_facts import (
    Facts,
    MeetingFacts,
    SeatedDelegation,
    facts_from_input,
    protocol_seating,
    set_facts,
    with_zone,
)
from suhbat.meetings.models import AgendaItem, Delegation, Meeting
from suhbat.meetings.page_addresses import desk_of
from suhbat.meetings.unfinished_business import LeftOver, left_overs, short_title
from suhbat.meetings.wall_times import check_times
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow


class FirstItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An agenda item of the form that convenes the meeting."""

    title: Annotated[str, Meta(min_length=1, max_length=300)]
    topic: Annotated[str, Meta(max_length=40)] = ""
    minutes: Annotated[int, Meta(ge=0, le=24 * 60)] = 0
    note: Annotated[str, Meta(max_length=4_000)] = ""
    left_over_from: Annotated[str, Meta(max_length=200)] | None = None


class Convene(Facts, frozen=True, kw_only=True):
    """A new meeting."""

    format: OfFormat
    delegations: Annotated[States, Meta(title="Delegations", min_length=1)]
    observers: Annotated[States, Meta(title="Observers")] = []
    slug: Annotated[str, Meta(title="Address", pattern=SLUG, max_length=70)] | None = None
    take_up: Annotated[
        list[str], Meta(title="Take up from earlier meetings", max_length=60, extra={"choices": "left over"})
    ] = []
    items: Annotated[list[FirstItem], Meta(title="Agenda", max_length=60, extra={"widget": "hidden"})] = []
    rehearsal: Annotated[bool, Meta(title="A rehearsal", extra={"widget": "hidden"})] = False
    trial: Annotated[
        bool,
        Meta(title="Only a test", description="Nothing of it becomes public, and you can delete it afterwards."),
    ] = False
    certain: Annotated[bool, Meta(title="Yes, convene it all the same", extra={"widget": "question"})] = False


class ConvenedItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item of the first agenda."""

    id: str
    title: str
    topic: str
    minutes: int
    """The planned time; 0 if none was set."""
    note: str
    left_over_from: str | None
    """The id of the outcome of an earlier meeting that the item takes up."""


class MeetingConvened(MeetingFacts, frozen=True, kw_only=True):
    """A convened meeting; its id is in the entry."""

    version: ClassVar[int] = 2
    rehearsal: bool
    delegations: list[SeatedDelegation]
    """In protocol order."""
    items: list[ConvenedItem]
    """The agenda in order; all items are on the top level."""
    trial: bool
    """Whether it is a test; version 1 knew none."""


@upcaster("meeting.convened", 1)
def from_version_1(shape: Shape) -> Shape:
    """Version 1 knew no tests."""
    return {**shape, "trial": False}


@guard("meeting.convened")
def may_convene(_viewer: Viewer, format_: Format) -> None:
    """In a format that anyone may know of."""
    is_public(format_)


@act("meeting.convened", "Convene a meeting", by={Role.SECRETARIAT})
def convene(occasion: Occasion, inputs: Convene) -> Decision[MeetingConvened]:
    """The secretariat of a format convenes a meeting: title, level, time, place or video, chair and delegations.

    It begins as a draft that only those who hold a seat at it can see, until the secretariat releases it. A test
    is convened at once and never released. Whoever convenes a meeting that doubles another, or that lies far in the
    past, is asked whether it is meant. The
    times are given on the host's clock, and must exist on it. Delegations stand in the English alphabetical order of
    their short names, the chair's first if the convener says so. The chair's state has to be among them.
    """
    session = occasion.session
    may_convene(occasion.actor, format_of(session, inputs.format))
    faults: dict[str, Lazy | str] = {}
    inputs = with_zone(inputs)
    opens, closes = check_times(inputs.opens, inputs.closes, inputs.zone, faults)
    _check_states(inputs, faults)
    if inputs.rehearsal and not occasion.settings.rehearsal:
        faults["rehearsal"] = lazy("This installation holds no rehearsals.")
    unfinished = {row.outcome: row for row in left_overs(session, inputs.format)} if inputs.take_up else {}
    if set(inputs.take_up) - unfinished.keys():
        faults["take_up"] = lazy("Some of these are no longer open.")
    if faults or opens is None or closes is None:
        raise Refused(Kind.INVALID, lazy("Please correct the marked fields."), faults)
    if not (inputs.certain or inputs.rehearsal or inputs.trial) and (
        question := question_about(
            session, inputs.format, inputs.level, inputs.number, opens, inputs.opens[:10], occasion.now
        )
    ):
        raise Refused(Kind.INVALID, lazy("Please look once more."), {"certain": question})
    meeting = _address(session, inputs)
    body = MeetingConvened(
        **msgspec.structs.asdict(facts_from_input(inputs, opens, closes)),
        rehearsal=inputs.rehearsal,
        delegations=protocol_seating(
            inputs.delegations, inputs.observers, inputs.chair_state if inputs.host_first else ""
        ),
        items=_items(inputs, unfinished),
        trial=inputs.trial,
    )
    return Decision(body, meeting=meeting, format=inputs.format, reply={"meeting": meeting, "then": desk_of(meeting)})


@effect("meeting.convened")
def convened(session: Session, entry: Entry, body: MeetingConvened) -> None:
    """Adds the meeting as a draft (a test as convened), with its delegations and its first agenda."""
    status = "convened" if body.trial else "draft"
    meeting = Meeting(id=entry.meeting, format=entry.format, status=status, rehearsal=body.rehearsal, trial=body.trial)
    set_facts(meeting, body)
    meeting.entry = meeting.agenda_changed = entry.number
    meeting.delegations = [
        Delegation(state=seated.state, observer=seated.observer, position=n, changed=entry.number)
        for n, seated in enumerate(body.delegations)
    ]
    meeting.agenda = [
        AgendaItem(position=n, parent=None, **msgspec.structs.asdict(item)) for n, item in enumerate(body.items)
    ]
    session.add(meeting)


@phrase("meeting.convened")
def say_convened(_entry: Entry, body: MeetingConvened) -> str:
    """Names the meeting."""
    return gettext("The secretariat convened “%(title)s”.") % {"title": body.title}


def _check_states(inputs: Convene, faults: dict[str, Lazy | str]) -> None:
    for field, states in (
        ("delegations", inputs.delegations),
        ("observers", inputs.observers),
        ("country", [inputs.country] if inputs.country else []),
    ):
        if unknown := sorted(state for state in states if not is_known(state)):
            faults[field] = lazy("These are no known states: %(states)s.") % {"states": in_a_row(unknown)}
    if set(inputs.delegations) & set(inputs.observers):
        faults.setdefault("observers", lazy("A state is a delegation or an observer, not both."))
    if inputs.chair_state not in inputs.delegations:
        faults.setdefault("chair_state", lazy("The chair's state has to be among the delegations."))
    if inputs.mode != "video" and not inputs.country:
        faults.setdefault("country", lazy("A meeting in a place has a place."))


def _items(inputs: Convene, unfinished: Mapping[str, LeftOver]) -> list[ConvenedItem]:
    """The items from the input, and one for each piece of unfinished business that the meeting takes up."""
    own_items = [ConvenedItem(id=new_id(), **msgspec.structs.asdict(item)) for item in inputs.items]
    taken_up = [unfinished[outcome] for outcome in dict.fromkeys(inputs.take_up)]
    return own_items + [
        ConvenedItem(
            id=new_id(),
            title=short_title(left_over.title),
            topic=left_over.topic,
            minutes=0,
            note=left_over.title if short_title(left_over.title) != left_over.title else "",
            left_over_from=left_over.outcome,
        )
        for left_over in taken_up
    ]


def _address(session: Session, inputs: Convene) -> str:
    """The id of the new meeting: the day and the title in plain letters, unless the form gives the address.

    An address is given once. That of a meeting that was deleted is passed over, because the record has its entries.
    """
    own = f"{inputs.opens[:10]}-{slug_of(inputs.title, 48) or inputs.level}"
    meeting = f"{inputs.format}/{inputs.slug or own}"
    if session.get(Meeting, meeting):
        field = "slug" if inputs.slug else "title"
        raise Refused(Kind.INVALID, lazy("A meeting has this address already."), {field: lazy("Another is called so.")})
    query = select(EntryRow.meeting).where(
        EntryRow.format == inputs.format, EntryRow.meeting.startswith(meeting, autoescape=True)
    )
    given = set(session.scalars(query.distinct()))
    if inputs.slug and meeting in given:
        had = lazy("A deleted meeting had this address. Please choose another one.")
        raise Refused(Kind.INVALID, lazy("This address is taken."), {"slug": had})
    return next(address for n in count(1) if (address := meeting if n == 1 else f"{meeting}-{n}") not in given)
