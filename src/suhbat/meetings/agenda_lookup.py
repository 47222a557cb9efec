"""Finding the agenda item that a form names, and refusing a form that shows an older agenda."""

from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, invalid, not_found
from suhbat.meetings.agenda import Tree
from suhbat.meetings.models import AgendaItem, Meeting


def refuse_stale(meeting: Meeting, seen: int) -> None:
    """Refuse a form that shows an older agenda."""
    if meeting.agenda_changed != seen:
        raise conflict()


def item_in(meeting: Meeting, item_id: str) -> AgendaItem:
    """An item of a meeting's agenda by its id."""
    for agenda_item in meeting.agenda:
        if agenda_item.id == item_id:
            return agenda_item
    raise not_found(lazy("There is no such item on this agenda."))


def item_seen(meeting: Meeting, item_id: str, seen: int) -> AgendaItem:
    """The same for a form that may be out of date: if the item was deleted meanwhile, this is a conflict."""
    if all(agenda_item.id != item_id for agenda_item in meeting.agenda):
        refuse_stale(meeting, seen)
    return item_in(meeting, item_id)


def named_in(tree: Tree, item_id: str, field: str) -> AgendaItem:
    """An item that another field of a form names, such as the new parent; an error names this field."""
    for row in tree.values():
        for agenda_item in row:
            if agenda_item.id == item_id:
                return agenda_item
    raise invalid(**{field: lazy("There is no such item on this agenda.")})
