"""Acts on the agenda: drafted item by item, released as a version, amended by the next."""

from typing import Annotated, Any, Literal

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Decision, InMeeting, Occasion, Role, act, effect, phrase
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import Kind, Refused, conflict, not_found, out_of_order
from suhbat.meetings.agenda import DEEPEST, MOST, changes, height, numbered, snapshot
from suhbat.meetings.convening import desk_of, meeting_of
from suhbat.meetings.models import AgendaItem, AgendaRelease, Meeting, Paper
from suhbat.record.entries import Entry
from suhbat.record.reading import SECRETARIAT

BY = {Role.SECRETARIAT, Role.CHAIR}
UNDER_WAY = frozenset({"open", "suspended"})
OVER = frozenset({"closed", "published", "cancelled"})

Item = Annotated[str, Meta(title="Item", max_length=40, extra={"choices": "agenda items"})]
Under = Annotated[str, Meta(title="Under", max_length=40, extra={"choices": "agenda items"})]
Title = Annotated[str, Meta(title="Title", min_length=1, max_length=300, extra={"context": "an agenda item's"})]
Topic = Annotated[str, Meta(title="Topic", max_length=40, extra={"choices": "topics"})]
Minutes = Annotated[int, Meta(title="Minutes foreseen", ge=0, le=24 * 60)]
Note = Annotated[str, Meta(title="Note", max_length=4_000, extra={"widget": "textarea"})]
Seen = Annotated[int, Meta(title="Seen", extra={"widget": "hidden"})]


class Add(InMeeting, frozen=True, kw_only=True):
    """An item that the agenda is to have besides those it has."""

    title: Title
    topic: Topic = ""
    minutes: Minutes = 0
    note: Note = ""
    under: Under | None = None


@act("agenda.item_added", "Add an item to the agenda", by=BY, audience=SECRETARIAT)
def add(occasion: Occasion, wish: Add) -> Decision:
    """The secretariat or the chair adds an item to the agenda, at the end or under another item, three levels deep.

    Participants see it when the agenda is next released; while the meeting is under way they see it at once.
    """
    meeting = _workable(occasion, wish.meeting)
    if len(meeting.agenda) >= MOST:
        raise out_of_order(lazy("An agenda has at most 120 items."))
    tree = _tree(meeting)
    if wish.under:
        _known(tree, wish.under, "under")
        if _depth(tree, wish.under) >= DEEPEST:
            raise _wrong("under", lazy("The agenda has three levels."))
    name = new_id()
    item = {"id": name, "title": wish.title, "topic": wish.topic, "minutes": wish.minutes, "note": wish.note}
    placed = _placed(tree, name, wish.under, None)
    return _decided(meeting, {"item": item, "order": placed})


@effect("agenda.item_added")
def _added(session: Session, entry: Entry) -> None:
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.agenda.append(AgendaItem(**entry.body["item"]))
    _order(meeting, entry)


@phrase("agenda.item_added")
def _say_added(entry: Entry) -> str:
    return gettext("New on the agenda: %(title)s.") % {"title": entry.body["item"]["title"]}


class Change(InMeeting, frozen=True, kw_only=True):
    """An item as it is to read."""

    item: Annotated[str, Meta(title="Item", max_length=40, extra={"widget": "hidden"})]
    seen: Seen
    title: Title
    topic: Topic = ""
    minutes: Minutes = 0
    note: Note = ""


@act("agenda.item_changed", "Change an item of the agenda", by=BY, audience=SECRETARIAT)
def change(occasion: Occasion, wish: Change) -> Decision:
    """The secretariat or the chair changes an item's title, topic, time or note.

    A form that shows an older agenda is refused, so that nobody's change is lost.
    """
    meeting = _workable(occasion, wish.meeting)
    _fresh(meeting, wish.seen)
    item = _known(_tree(meeting), wish.item, "item")
    said = {"title": wish.title, "topic": wish.topic, "minutes": wish.minutes, "note": wish.note}
    was = {name: getattr(item, name) for name in said}
    if said == was:
        raise out_of_order(lazy("Nothing would be different."))
    return _decided(meeting, {"item": {"id": item.id, **said}, "was": was})


@effect("agenda.item_changed")
def _changed(session: Session, entry: Entry) -> None:
    item = session.get_one(AgendaItem, entry.body["item"]["id"])
    for name in ("title", "topic", "minutes", "note"):
        setattr(item, name, entry.body["item"][name])
    session.get_one(Meeting, entry.meeting).agenda_changed = entry.number


@phrase("agenda.item_changed")
def _say_changed(entry: Entry) -> str:
    return gettext("Changed on the agenda: %(title)s.") % {"title": entry.body["item"]["title"]}


class Move(InMeeting, frozen=True, kw_only=True):
    """Where an item is to stand: under another or at the top, before a sibling or at the end."""

    item: Item
    seen: Seen
    under: Under | None = None
    before: Annotated[str, Meta(title="Before", max_length=40, extra={"choices": "agenda items"})] | None = None


@act("agenda.item_moved", "Move an item of the agenda", by=BY, audience=SECRETARIAT)
def move(occasion: Occasion, wish: Move) -> Decision:
    """The secretariat or the chair moves an item, with what stands under it, to another place of the agenda.

    It cannot stand under itself, and the agenda stays three levels deep.
    """
    meeting = _workable(occasion, wish.meeting)
    _fresh(meeting, wish.seen)
    tree = _tree(meeting)
    item = _known(tree, wish.item, "item")
    if wish.under:
        _known(tree, wish.under, "under")
        if wish.under in _family(tree, item.id):
            raise _wrong("under", lazy("An item cannot stand under itself."))
        if _depth(tree, wish.under) + height(item.id, tree) > DEEPEST:
            raise _wrong("under", lazy("The agenda has three levels."))
    if wish.before and (_known(tree, wish.before, "before").parent != wish.under or wish.before == item.id):
        raise _wrong("before", lazy("That item stands elsewhere."))
    order = _placed(tree, item.id, wish.under, wish.before)
    if order == [[each.item.id, each.item.parent] for each in numbered(meeting.agenda)]:
        raise out_of_order(lazy("Nothing would be different."))
    return _decided(meeting, {"item": {"id": item.id, "title": item.title}, "order": order})


@effect("agenda.item_moved")
def _moved(session: Session, entry: Entry) -> None:
    _order(session.get_one(Meeting, entry.meeting), entry)


@phrase("agenda.item_moved")
def _say_moved(entry: Entry) -> str:
    return gettext("Moved on the agenda: %(title)s.") % {"title": entry.body["item"]["title"]}


class Remove(InMeeting, frozen=True, kw_only=True):
    """An item to be taken off."""

    item: Item
    seen: Seen


@act("agenda.item_removed", "Take an item off the agenda", by=BY, audience=SECRETARIAT)
def remove(occasion: Occasion, wish: Remove) -> Decision:
    """The secretariat or the chair takes an item off the agenda before the meeting is opened.

    Items under it have to be moved or taken off first. Its papers stay, as papers of the whole meeting.
    """
    meeting = _workable(occasion, wish.meeting)
    if meeting.status in UNDER_WAY:
        raise out_of_order(lazy("The meeting has begun: what was on the agenda stays in its record."))
    _fresh(meeting, wish.seen)
    tree = _tree(meeting)
    item = _known(tree, wish.item, "item")
    if tree.get(item.id):
        raise out_of_order(lazy("Other items stand under it."))
    order = [[each.item.id, each.item.parent] for each in numbered(meeting.agenda) if each.item.id != item.id]
    return _decided(meeting, {"item": {"id": item.id, "title": item.title}, "order": order})


@effect("agenda.item_removed")
def _removed(session: Session, entry: Entry) -> None:
    meeting = session.get_one(Meeting, entry.meeting)
    gone = session.get_one(AgendaItem, entry.body["item"]["id"])
    for paper in session.scalars(select(Paper).where(Paper.item == gone.id)):
        paper.item = None
    session.flush()
    meeting.agenda.remove(gone)
    _order(meeting, entry)


@phrase("agenda.item_removed")
def _say_removed(entry: Entry) -> str:
    return gettext("Taken off the agenda: %(title)s.") % {"title": entry.body["item"]["title"]}


class Release(InMeeting, frozen=True, kw_only=True):
    """A version to be seen."""

    seen: Seen
    audience: Annotated[
        Literal["participants", "public"], Meta(title="Who may see it", extra={"words_of": "who may see it"})
    ] = "participants"
    note: Annotated[str, Meta(title="Note on this version", max_length=1_000, extra={"widget": "textarea"})] = ""


@act("agenda.released", "Release the agenda", by=BY)
def release(occasion: Occasion, wish: Release) -> Decision:
    """The secretariat or the chair releases the agenda: its first version, or an amended one.

    Each version is kept as it stood, with what changed since the one before. A public version can only be followed by
    public ones; a public one needs a meeting that is released.
    """
    meeting = _workable(occasion, wish.meeting)
    _fresh(meeting, wish.seen)
    if not meeting.agenda:
        raise out_of_order(lazy("There is nothing on the agenda."))
    if wish.audience == "public" and meeting.status == "draft":
        raise _wrong("audience", lazy("The meeting itself has not been released yet."))
    last = occasion.session.scalar(
        select(AgendaRelease).where(
            AgendaRelease.meeting == meeting.id, AgendaRelease.version == meeting.agenda_version
        )
    )
    items = snapshot(meeting.agenda)
    different = changes(last.items, items) if last else []
    if last and last.audience == "public" and wish.audience != "public":
        raise _wrong("audience", lazy("The version before is public."))
    if last and not different and wish.audience == last.audience:
        raise out_of_order(lazy("Nothing would be different."))
    body = {
        "version": meeting.agenda_version + 1, "items": items, "changes": different, "note": wish.note,
        "audience": wish.audience,
    }  # fmt: skip
    return Decision(body, audience=wish.audience, reply={"then": desk_of(meeting.id)})


@effect("agenda.released")
def _released(session: Session, entry: Entry) -> None:
    meeting = session.get_one(Meeting, entry.meeting)
    body = entry.body
    meeting.agenda_version, meeting.agenda_changed = body["version"], entry.number
    session.add(
        AgendaRelease(
            meeting=meeting.id, version=body["version"], time=stamp(entry.time), audience=body["audience"],
            note=body["note"], items=body["items"], changes=body["changes"],
        )
    )  # fmt: skip


@phrase("agenda.released")
def _say_released(entry: Entry) -> str:
    if entry.body["version"] == 1:
        return gettext("The agenda was released.")
    return gettext("The agenda was amended: version %(version)s.") % {"version": entry.body["version"]}


Tree = dict[str | None, list[AgendaItem]]


def _workable(occasion: Occasion, meeting: str) -> Meeting:
    held = meeting_of(occasion.session, meeting)
    if held.status in OVER:
        raise out_of_order(lazy("The meeting is over: its agenda stays as it is."))
    return held


def _fresh(meeting: Meeting, seen: int) -> None:
    if meeting.agenda_changed != seen:
        raise conflict()


def _decided(meeting: Meeting, body: dict[str, Any]) -> Decision:
    audience = "participants" if meeting.status in UNDER_WAY else ""
    return Decision(body, audience=audience, reply={"then": desk_of(meeting.id)})


def _tree(meeting: Meeting) -> Tree:
    tree: Tree = {}
    for item in sorted(meeting.agenda, key=lambda each: each.position):
        tree.setdefault(item.parent, []).append(item)
    return tree


def _known(tree: Tree, item: str, field: str) -> AgendaItem:
    for row in tree.values():
        for each in row:
            if each.id == item:
                return each
    if field == "item":
        raise not_found(lazy("There is no such item on this agenda."))
    raise _wrong(field, lazy("There is no such item on this agenda."))


def _depth(tree: Tree, item: str) -> int:
    depth, at = 1, _known(tree, item, "item")
    while at.parent:
        depth, at = depth + 1, _known(tree, at.parent, "item")
    return depth


def _family(tree: Tree, item: str) -> set[str]:
    return {item}.union(*(_family(tree, each.id) for each in tree.get(item, [])))


def _placed(tree: Tree, item: str, under: str | None, before: str | None) -> list[list[str | None]]:
    """Every item and its parent, in the order of the tree, with one of them at its new place."""
    rows = {parent: [each.id for each in row if each.id != item] for parent, row in tree.items()}
    row = rows.setdefault(under, [])
    row.insert(row.index(before) if before else len(row), item)

    def walk(parent: str | None) -> list[list[str | None]]:
        return [pair for each in rows.get(parent, []) for pair in ([each, parent], *walk(each))]

    return walk(None)


def _order(meeting: Meeting, entry: Entry) -> None:
    """Put the items where an entry says they stand."""
    places = {item: (n, parent) for n, (item, parent) in enumerate(entry.body["order"])}
    for item in meeting.agenda:
        item.position, item.parent = places[item.id]
    meeting.agenda_changed = entry.number


def _wrong(field: str, why: Any) -> Refused:
    return Refused(Kind.INVALID, lazy("Some of what was given does not fit."), {field: why})
