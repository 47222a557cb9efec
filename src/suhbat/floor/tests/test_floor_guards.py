"""The rules accept what the room offers and refuse all else: page and rule call the same guards."""

from dataclasses import dataclass, field

import pytest
from lxml import html
from sqlalchemy import select

from suhbat.acts import Occasion, Role, Seat
from suhbat.acts.door import allowed
from suhbat.acts.inputs import read_input
from suhbat.acts.panels import PANELS
from suhbat.acts.registry import GUARDS, REGISTRY
from suhbat.acts.roles_and_seats import Actor
from suhbat.floor.models import FloorRequest
from suhbat.floor.pages import render
from suhbat.floor.requesters import own_delegation
from suhbat.floor.room_parts import PARTS, parts_of
from suhbat.floor.room_view import room_view
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Meeting

MEETING = "ca-japan/2020-08-11-special"
STATES = ("JP", "KZ", "KG", "TJ", "TM", "UZ", "EU")
KINDS = ("speech", "reply", "point-of-order", "question")
VIEWERS = (
    "head-jp", "chair alone", "head-kz", "head-uz", "adviser-kz", "observer-eu", "secretariat", "note-taker",
    "interpreter",
)  # fmt: skip
IGNORED = {"key", "then", "meeting", "seen", "present"}
"""Hidden fields that do not distinguish one form from another."""


@dataclass(frozen=True)
class Try:
    """An act that somebody might try: the fields that a form fixes or offers as choices, and those that are typed."""

    act: str
    fields: dict = field(default_factory=dict)
    typed: dict = field(default_factory=dict)


def lobby(_acts):
    pass


def lobby_with_requests(acts):
    acts("kz", "floor.requested")
    acts("uz", "floor.requested", item="trade")
    acts("chair", "list.closed", item="health")


def lobby_with_the_first_list_closed(acts):
    acts("chair", "list.closed", item="health")


def opened(acts):
    acts("chair", "meeting.opened")


def item_open(acts):
    opened(acts)
    acts("chair", "item.opened", item="health")


def waiting(acts):
    item_open(acts)
    acts("kz", "floor.requested")
    acts("observer-eu", "floor.requested")
    acts("uz", "floor.requested", item="trade")


def speaking(acts):
    waiting(acts)
    acts("chair", "floor.given", delegation="KZ")
    acts("kz", "floor.requested")
    acts("uz", "floor.requested", kind="question")


def point_raised(acts):
    speaking(acts)
    acts("tj", "floor.requested", kind="point-of-order")


def point_before_the_meeting(acts):
    point_raised(acts)
    acts("chair", "floor.given", delegation="TJ", kind="point-of-order")


def questioned(acts):
    speaking(acts)
    acts("chair", "floor.given", delegation="UZ", kind="question")


def two_replies(acts):
    item_open(acts)
    for _n in range(2):
        acts("chair", "floor.given", delegation="KZ")
        acts("chair", "floor.given", delegation="UZ", kind="reply")
    acts("kz", "floor.requested", kind="reply")


def unlimited(acts):
    item_open(acts)
    acts("chair", "floor.given", delegation="KZ", seconds=0)


def longest(acts):
    item_open(acts)
    acts("chair", "floor.given", delegation="KZ", seconds=4 * 3600)


def to_all(acts):
    waiting(acts)
    acts("chair", "floor.opened_to_all")


def list_closed(acts):
    waiting(acts)
    acts("chair", "list.closed")
    acts("chair", "list.ordered", order="protocol")


def suspended(acts):
    speaking(acts)
    acts("chair", "meeting.suspended")


def closed(acts):
    speaking(acts)
    acts("chair", "meeting.closed")


SITUATIONS = (
    lobby, lobby_with_requests, lobby_with_the_first_list_closed, opened, item_open, waiting, speaking, point_raised,
    point_before_the_meeting, questioned, two_replies, unlimited, longest, to_all, list_closed, suspended, closed,
)  # fmt: skip


def tries(session, state):
    """All acts that somebody might try in this state of the room."""
    for act in ("meeting.opened", "meeting.suspended", "meeting.resumed", "meeting.closed",
                "floor.opened_to_all", "floor.closed_to_all", "list.closed", "list.opened"):  # fmt: skip
        yield Try(act)
    yield from (Try("list.ordered", {"order": order}) for order in ("request", "protocol"))
    yield Try("list.time_limited", {}, {"seconds": "120"})
    yield from (Try("item.opened", {"item": item.id}) for item in state.items)
    yield from (Try("floor.requested", {"kind": kind}) for kind in KINDS)
    for request in session.scalars(select(FloorRequest)):
        yield Try("floor.request_withdrawn", {"request": request.id})
        yield Try("floor.given", {"request": request.id})
    for turn in state.interventions:
        yield Try("floor.extended", {"given": turn.id, "seconds": "60"})
        yield Try("floor.ended", {"given": turn.id})
        yield Try("summary.noted", {"given_entry": str(turn.entry)}, {"text": "Thanks the chair."})
    yield Try("statement.filed", {}, {"title": "Remarks", "text": "Text"})


def choices_for_others(own_state):
    """Acts for other delegations, one list per form: the form is offered if any of its choices is in order."""
    other_states = [state for state in STATES if state != own_state]
    yield [Try("floor.requested", {"delegation": state, "kind": kind}) for state in other_states for kind in KINDS]
    yield [Try("floor.given", {"delegation": state}) for state in STATES]
    statement = {"title": "Remarks", "text": "Text"}
    yield [Try("statement.filed", {"delegation": state}, statement) for state in other_states]


def has_no_place(attempt, state):
    """Whether an act may be done, but has no place on the page in this state."""
    if attempt.act == "floor.request_withdrawn":
        return attempt.fields["request"] not in {request.id for request in state.waiting}
    return False


class Room:
    """The room that one viewer sees, and the decisions of the rules at the same moment."""

    def __init__(self, session, app, viewer):
        self.session, self.app, self.viewer = session, app, viewer
        self.view = room_view(session, viewer, MEETING, app.clock())
        parts = [render(app, self.view, part) for part in parts_of(self.view, frozenset(PARTS))]
        self.forms = [form for part in parts for form in html.fromstring(f"<div>{part}</div>").iter("form")]

    def offers(self, attempt):
        return any(self._is(form, attempt) for form in self.forms)

    def _is(self, form, attempt):
        if form.get("action") != f"/acts/{attempt.act}":
            return False
        hidden = [field for field in form.iter("input") if field.get("type") == "hidden"]
        fixed = {field.get("name"): field.get("value") for field in hidden}
        fixed = {name: value for name, value in fixed.items() if name not in IGNORED}
        choices = {select.get("name"): select.value_options for select in form.iter("select")}
        choices = {name: choices[name] for name in choices if name in {"delegation", "kind"}}
        return attempt.fields.keys() == fixed.keys() | choices.keys() and all(
            value == fixed.get(name) or value in choices.get(name, ()) for name, value in attempt.fields.items()
        )

    def accepts(self, attempt):
        act = REGISTRY[attempt.act]
        inputs = {"meeting": MEETING, **attempt.fields, **attempt.typed}
        try:
            seat = allowed(self.viewer, act, MEETING, "")
            occasion = Occasion(self.session, self.viewer, seat, self.app.clock(), self.app.settings)
            act.decide(occasion, read_input(act.input_type, inputs, lax=True))
        except Refused:
            return False
        return True

    def check(self):
        state = self.view.state
        single = list(tries(self.session, state))
        choices = list(choices_for_others(own_delegation(self.viewer, MEETING)))
        for attempt in single:
            assert self.offers(attempt) == self.accepts(attempt) or has_no_place(attempt, state), attempt
        for attempts in choices:
            assert any(map(self.offers, attempts)) == any(map(self.accepts, attempts)), attempts[0]
        attempts_on_page = [*single, *(attempt for attempts in choices for attempt in attempts)]
        assert all(any(self._is(form, attempt) for attempt in attempts_on_page) for form in self.forms)
        filing = Try("statement.filed", {}, {"title": "Remarks", "text": "Text"})
        desk = PANELS["floor-desk"].content(self.session, self.viewer, MEETING)
        assert desk
        html_of_desk = self.app.templates.get_template("floor/desk.html").render(
            door=self.app.door, actor=self.viewer, settings=self.app.settings, **desk
        )
        assert ("/acts/statement.filed" in html_of_desk) == (
            self.accepts(filing) or self.accepts(Try(filing.act, {"delegation": "KZ"}, filing.typed))
        )


@pytest.fixture
def viewer(person):
    def seated(name):
        if name == "chair alone":
            return Actor("chair", "Chair", (Seat(Role.CHAIR, MEETING, "JP"),))
        return person(name)

    return seated


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.__name__)
def test_what_is_offered_is_accepted_and_what_is_not_is_refused(app, acts, viewer, situation):
    situation(acts)
    with app.database.reading() as session:
        for name in VIEWERS:
            Room(session, app, viewer(name)).check()


def test_after_the_publication_nothing_is_offered_and_nothing_accepted(app, acts, viewer):
    closed(acts)
    with app.database.reading() as session, session.no_autoflush:
        session.get_one(Meeting, MEETING).status = "published"
        for name in VIEWERS:
            room = Room(session, app, viewer(name))
            room.check()
            assert not room.forms


def test_every_act_of_the_floor_has_a_guard():
    acts = {name for name, act in REGISTRY.items() if act.decide.__module__.startswith("suhbat.floor.")}
    assert len(acts) == 19
    assert acts <= GUARDS.keys()
