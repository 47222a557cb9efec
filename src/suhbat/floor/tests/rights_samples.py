"""Sample inputs for the test of rights: the acts and pages of this package."""

from sqlalchemy import select

from suhbat.floor.models import FloorRequest, Statement
from suhbat.meetings.models import AgendaItem


def item(world, n=0):
    query = select(AgendaItem.id).where(AgendaItem.meeting == world.meeting).order_by(AgendaItem.position)
    return world.one(query.offset(n))


def plant(world):
    world.do("chair", "meeting.opened")
    world.do("chair", "item.opened", item=item(world))
    world.do("head", "floor.requested")
    first_turn = world.do("chair", "floor.given", delegation="UZ").entry
    for state in ("KZ", "JP"):
        world.do("chair", "floor.given", delegation=state)
    world.do("chair", "floor.ended")
    world.notes["given"] = first_turn.number
    world.do("note-taker", "summary.noted", given_entry=first_turn.number,
             text=world.secret("participants", where="the summary of an intervention"))  # fmt: skip
    early = world.secret("delegation:KZ", "secretariat", where="a statement before it is offered")
    world.do("head", "statement.filed", item=item(world, 1), title=early, text=early)


def request(world):
    world.do("head", "floor.requested")
    query = select(FloorRequest.id).where(FloorRequest.meeting == world.meeting)
    return world.one(query.order_by(FloorRequest.id.desc()))


def with_speaker(world):
    """A delegation has the floor."""
    world.do("chair", "floor.given", delegation="KZ")
    return {"meeting": world.meeting}


def suspended(world):
    world.do("chair", "meeting.suspended")
    return {"meeting": world.meeting}


def convened(world):
    return {"meeting": world.later}


def opened_to_all(world):
    world.do("chair", "floor.opened_to_all")
    return {"meeting": world.meeting}


def list_closed(world):
    world.do("chair", "list.closed")
    return {"meeting": world.meeting}


def filed(world):
    query = select(Statement.id).where(Statement.meeting == world.meeting, Statement.replaced.is_(False))
    return {"meeting": world.meeting, "statement": world.one(query.order_by(Statement.entry))}


ACTS = {
    "statement.shared": filed,
    "meeting.opened": convened,
    "meeting.suspended": lambda w: {"meeting": w.meeting},
    "meeting.resumed": suspended,
    "meeting.closed": lambda w: {"meeting": w.meeting},
    "item.opened": lambda w: {"meeting": w.meeting, "item": item(w, 1)},
    "floor.requested": lambda w: {"meeting": w.meeting, "kind": "point-of-order"},
    "floor.request_withdrawn": lambda w: {"meeting": w.meeting, "request": request(w)},
    "floor.given": lambda w: {"meeting": w.meeting, "delegation": "KZ"},
    "floor.extended": lambda w: {**with_speaker(w), "seconds": 60},
    "floor.ended": with_speaker,
    "floor.opened_to_all": lambda w: {"meeting": w.meeting},
    "floor.closed_to_all": opened_to_all,
    "list.closed": lambda w: {"meeting": w.meeting},
    "list.opened": list_closed,
    "list.ordered": lambda w: {"meeting": w.meeting, "order": "protocol"},
    "list.time_limited": lambda w: {"meeting": w.meeting, "seconds": 300},
    "statement.filed": lambda w: {"meeting": w.meeting, "title": "Statement", "text": "Words"},
    "summary.noted": lambda w: {"meeting": w.meeting, "given_entry": w.notes["given"], "text": "A summary"},
}
PAGES = {
    "/meetings/{format_:str}/{slug:str}/room/panels/{names:str}": lambda w: [
        f"/meetings/{w.meeting}/room/panels/{name}" for name in ("outcomes", "record", "rehearsal", "texts", "papers")
    ],
}
