"""Acts that add, change, move and remove agenda items, on the working copy of the secretariat and the chair."""

from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.meetings.agenda import MAX_DEPTH, height, numbered_items, tree_of
from suhbat.meetings.agenda_lookup import item_in, item_seen, named_in, refuse_stale
from suhbat.meetings.agenda_order import Order, depth_of, order_with, set_order, subtree_ids
from suhbat.meetings.meeting_status import UNDER_WAY, not_over
from suhbat.meetings.models import AgendaItem, Meeting, Paper
from suhbat.meetings.page_addresses import desk_of
from suhbat.meetings.queries import meeting_of
from suhbat.record.audiences import SECRETARIAT
from suhbat.record.entries import Entry

MAX_ITEMS = 120
"""Maximum number of items of one agenda."""
OVER = lazy("The meeting is over: its agenda stays as it is.")

Item = Annotated[str, Meta(title="Item", max_length=40, extra={"choices": "agenda items"})]
Under = Annotated[str, Meta(title="Under", max_length=40, extra={"choices": "agenda items"})]
Title = Annotated[str, Meta(title="Title", min_length=1, max_length=300, extra={"context": "an agenda item's"})]
Topic = Annotated[str, Meta(title="Topic", max_length=40, extra={"choices": "topics"})]
Minutes = Annotated[int, Meta(title="Minutes foreseen", ge=0, le=24 * 60)]
Note = Annotated[str, Meta(title="Note", max_length=4_000, extra={"widget": "textarea"})]
Seen = Annotated[int, Meta(title="Seen", extra={"widget": "hidden"})]


class ItemWords(msgspec.Struct, frozen=True, kw_only=True):
    """The words and the planned time of an item."""

    title: str
    topic: str
    minutes: int
    """The planned time; 0 if none was set."""
    note: str


class WordedItem(ItemWords, frozen=True, kw_only=True):
    """The words and the planned time of an item, with its id."""

    id: str


class NamedItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item by its title."""

    id: str
    title: str


class Add(InMeeting, frozen=True, kw_only=True):
    """A new item."""

    title: Title
    topic: Topic = ""
    minutes: Minutes = 0
    note: Note = ""
    under: Under | None = None


class AgendaItemAdded(Body, frozen=True, kw_only=True):
    """A new item, and its place in the agenda."""

    item: WordedItem
    order: Order
    """Every item with its parent, in the order of the tree."""


@guard("agenda.item_added")
def may_add(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting is not over, and the agenda is not full."""
    not_over(meeting, OVER)
    if len(meeting.agenda) >= MAX_ITEMS:
        raise out_of_order(lazy("An agenda has at most 120 items."))


@act("agenda.item_added", "Add an item to the agenda", by=STAFF, audience=SECRETARIAT)
def add(occasion: Occasion, inputs: Add) -> Decision[AgendaItemAdded]:
    """The secretariat or the chair adds an item to the agenda, at the end or under another item, three levels deep.

    Participants see it when the agenda is next released; while the meeting is under way they see it at once.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_add(occasion.actor, meeting)
    tree = tree_of(meeting.agenda)
    if inputs.under:
        named_in(tree, inputs.under, "under")
        if depth_of(tree, inputs.under) >= MAX_DEPTH:
            raise invalid(under=lazy("The agenda has three levels."))
    item = WordedItem(id=new_id(), title=inputs.title, topic=inputs.topic, minutes=inputs.minutes, note=inputs.note)
    return _decision(meeting, AgendaItemAdded(item=item, order=order_with(tree, item.id, inputs.under, None)))


@effect("agenda.item_added")
def added(session: Session, entry: Entry, body: AgendaItemAdded) -> None:
    """Adds the item and sets the order."""
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.agenda.append(AgendaItem(**msgspec.structs.asdict(body.item)))
    set_order(meeting, body.order, entry.number)


@phrase("agenda.item_added")
def say_added(_entry: Entry, body: AgendaItemAdded) -> str:
    """Names the item."""
    return gettext("New on the agenda: %(title)s.") % {"title": body.item.title}


class Change(InMeeting, frozen=True, kw_only=True):
    """The new words of an item."""

    item: Annotated[str, Meta(title="Item", max_length=40, extra={"widget": "hidden"})]
    seen: Seen
    title: Title
    topic: Topic = ""
    minutes: Minutes = 0
    note: Note = ""


class AgendaItemChanged(Body, frozen=True, kw_only=True):
    """The new words of an item, and the old ones."""

    item: WordedItem
    was: ItemWords


@guard("agenda.item_changed", "agenda.item_moved")
def may_edit(_viewer: Viewer, meeting: Meeting) -> None:
    """The agenda can be edited until the meeting is over."""
    not_over(meeting, OVER)


@act("agenda.item_changed", "Change an item of the agenda", by=STAFF, audience=SECRETARIAT)
def change(occasion: Occasion, inputs: Change) -> Decision[AgendaItemChanged]:
    """The secretariat or the chair changes an item's title, topic, time or note.

    A form that shows an older agenda is refused, so that nobody's change is lost.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_edit(occasion.actor, meeting)
    refuse_stale(meeting, inputs.seen)
    item = item_in(meeting, inputs.item)
    words = ItemWords(title=inputs.title, topic=inputs.topic, minutes=inputs.minutes, note=inputs.note)
    was = ItemWords(title=item.title, topic=item.topic, minutes=item.minutes, note=item.note)
    if words == was:
        raise out_of_order(lazy("Nothing would be different."))
    return _decision(meeting, AgendaItemChanged(item=WordedItem(id=item.id, **msgspec.structs.asdict(words)), was=was))


@effect("agenda.item_changed")
def changed(session: Session, entry: Entry, body: AgendaItemChanged) -> None:
    """Sets the item's words."""
    item = session.get_one(AgendaItem, body.item.id)
    item.title, item.topic = body.item.title, body.item.topic
    item.minutes, item.note = body.item.minutes, body.item.note
    session.get_one(Meeting, entry.meeting).agenda_changed = entry.number


@phrase("agenda.item_changed")
def say_changed(_entry: Entry, body: AgendaItemChanged) -> str:
    """Names the item by its new title."""
    return gettext("Changed on the agenda: %(title)s.") % {"title": body.item.title}


class Move(InMeeting, frozen=True, kw_only=True):
    """The new place of an item: under another item or at the top, before a sibling or at the end."""

    item: Item
    seen: Seen
    under: Under | None = None
    before: Annotated[str, Meta(title="Before", max_length=40, extra={"choices": "agenda items"})] | None = None


class AgendaItemMoved(Body, frozen=True, kw_only=True):
    """The item that was moved, and the new order."""

    item: NamedItem
    order: Order
    """Every item with its parent, in the order of the tree."""


@act("agenda.item_moved", "Move an item of the agenda", by=STAFF, audience=SECRETARIAT)
def move(occasion: Occasion, inputs: Move) -> Decision[AgendaItemMoved]:
    """The secretariat or the chair moves an item, with what stands under it, to another place of the agenda.

    It cannot stand under itself, and the agenda stays three levels deep.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    may_edit(occasion.actor, meeting)
    refuse_stale(meeting, inputs.seen)
    tree = tree_of(meeting.agenda)
    item = item_in(meeting, inputs.item)
    if inputs.under:
        named_in(tree, inputs.under, "under")
        if inputs.under in subtree_ids(tree, item.id):
            raise invalid(under=lazy("An item cannot stand under itself."))
        if depth_of(tree, inputs.under) + height(item.id, tree) > MAX_DEPTH:
            raise invalid(under=lazy("The agenda has three levels."))
    if inputs.before and (named_in(tree, inputs.before, "before").parent != inputs.under or inputs.before == item.id):
        raise invalid(before=lazy("That item stands elsewhere."))
    order = order_with(tree, item.id, inputs.under, inputs.before)
    if order == [(row.item.id, row.item.parent) for row in numbered_items(meeting.agenda)]:
        raise out_of_order(lazy("Nothing would be different."))
    return _decision(meeting, AgendaItemMoved(item=NamedItem(id=item.id, title=item.title), order=order))


@effect("agenda.item_moved")
def moved(session: Session, entry: Entry, body: AgendaItemMoved) -> None:
    """Sets the order of the items."""
    set_order(session.get_one(Meeting, entry.meeting), body.order, entry.number)


@phrase("agenda.item_moved")
def say_moved(_entry: Entry, body: AgendaItemMoved) -> str:
    """Names the item."""
    return gettext("Moved on the agenda: %(title)s.") % {"title": body.item.title}


class Remove(InMeeting, frozen=True, kw_only=True):
    """The item to remove."""

    item: Item
    seen: Seen


class AgendaItemRemoved(Body, frozen=True, kw_only=True):
    """An item that is no longer on the agenda."""

    item: NamedItem
    order: Order
    """The remaining items with their parents, in the order of the tree."""


@guard("agenda.item_removed")
def may_remove(_viewer: Viewer, meeting: Meeting, item: AgendaItem) -> None:
    """The meeting is not opened yet, and the item has no items under it."""
    not_over(meeting, OVER)
    if meeting.status in UNDER_WAY:
        raise out_of_order(lazy("The meeting has begun: what was on the agenda stays in its record."))
    if any(candidate.parent == item.id for candidate in meeting.agenda):
        raise out_of_order(lazy("Other items stand under it."))


@act("agenda.item_removed", "Take an item off the agenda", by=STAFF, audience=SECRETARIAT)
def remove(occasion: Occasion, inputs: Remove) -> Decision[AgendaItemRemoved]:
    """The secretariat or the chair takes an item off the agenda before the meeting is opened.

    Items under it have to be moved or taken off first. Its papers stay, as papers of the whole meeting.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    item = item_seen(meeting, inputs.item, inputs.seen)
    may_remove(occasion.actor, meeting, item)
    refuse_stale(meeting, inputs.seen)
    rows = numbered_items(meeting.agenda)
    order = [(row.item.id, row.item.parent) for row in rows if row.item.id != item.id]
    return _decision(meeting, AgendaItemRemoved(item=NamedItem(id=item.id, title=item.title), order=order))


@effect("agenda.item_removed")
def removed(session: Session, entry: Entry, body: AgendaItemRemoved) -> None:
    """Deletes the item; its papers become papers of the whole meeting."""
    meeting = session.get_one(Meeting, entry.meeting)
    item = session.get_one(AgendaItem, body.item.id)
    for paper in session.scalars(select(Paper).where(Paper.item == item.id)):
        paper.item = None
    session.flush()
    meeting.agenda.remove(item)
    set_order(meeting, body.order, entry.number)


@phrase("agenda.item_removed")
def say_removed(_entry: Entry, body: AgendaItemRemoved) -> str:
    """Names the item."""
    return gettext("Taken off the agenda: %(title)s.") % {"title": body.item.title}


BodyT = TypeVar("BodyT", bound=Body)


def _decision(meeting: Meeting, body: BodyT) -> Decision[BodyT]:
    audience = "participants" if meeting.status in UNDER_WAY else ""
    return Decision(body, audience=audience, reply={"then": desk_of(meeting.id)})
