"""The rules accept what a page offers and refuse all else: pages and rules use the same guards."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import pytest
from tests.convened_meeting import seated

from suhbat.acts import Occasion
from suhbat.acts.door import allowed
from suhbat.acts.inputs import read_input
from suhbat.acts.registry import REGISTRY
from suhbat.acts.roles_and_seats import Role
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Meeting, Paper
from suhbat.people.session_cookie import COOKIE
from suhbat.record import blobs
from suhbat.record.upload_receipts import receipt_for

Step = tuple[str, str, dict[str, Any]]
RELEASED: Step = ("secretariat", "meeting.released", {})
OPENED: Step = ("chair", "meeting.opened", {"present": ["JP", "KZ"]})
CLOSED: Step = ("chair", "meeting.closed", {})
PUBLISHED: Step = ("chair", "minutes.published", {"version": 1, "own_responsibility": True, "unnamed": True})
STORIES: dict[str, list[Step]] = {
    "draft": [],
    "convened": [RELEASED],
    "open": [RELEASED, OPENED],
    "suspended": [RELEASED, OPENED, ("chair", "meeting.suspended", {})],
    "closed": [RELEASED, OPENED, CLOSED],
    "published": [RELEASED, OPENED, CLOSED, PUBLISHED],
    "cancelled": [RELEASED, ("secretariat", "meeting.cancelled", {"reason": "A flood."})],
}  # fmt: skip
PAGES = ("desk", "delegations", "papers")
PDF = b"%PDF-1.7\nA paper.\n%%EOF"
PERSONS = {"head_name": "A. B.", "head_office": "Minister"}


class Table:
    """A meeting with its participants: what the pages offer them, and what the rules accept."""

    def __init__(self, app, talks, client, monkeypatch):
        self.app, self.meeting, self.client, self.monkeypatch = app, talks.meeting, client, monkeypatch
        self.people = {
            "secretariat": talks.secretariat, "chair": talks.chair, "note-taker": talks.note_taker, **talks.heads,
            "US": seated(Role.OBSERVER, talks.meeting, "US"),
        }  # fmt: skip
        monkeypatch.setattr("suhbat.meetings.pages.panels_of", lambda _slot: [])

    def do(self, name: str, act: str, **inputs):
        return self.app.door.perform(self.people[name], act, {"meeting": self.meeting, **inputs})

    def file(self, name: str):
        sha256 = blobs.store(self.app.settings.data, PDF)
        receipt = receipt_for(self.app.settings, sha256, self.people[name].id)
        return {"sha256": sha256, "size": len(PDF), "file_name": "a.pdf", "receipt": receipt}

    def offered(self, name: str) -> set[tuple[str, str]]:
        """The acts that the pages offer, each with its item, state or paper."""
        self.monkeypatch.setattr("suhbat.application.actor_of", lambda *_: self.people[name])
        self.client.cookies.set(COOKIE, name)
        offers = set()
        for page in PAGES:
            html = self.client.get(f"/meetings/{self.meeting}/{page}").text
            for form in re.findall(r"<form.*?</form>", html, re.DOTALL):
                if act := re.search(r'action="/acts/([^"]+)"', form):
                    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
                    offers.add((act[1], self.about(name, act[1], hidden)))
            for act, query in re.findall(r'href="/acts/([^"?]+)\?([^"]*)"', html):
                query_values = {name: values[0] for name, values in parse_qs(unescape(query)).items()}
                offers.add((act, self.about(name, act, query_values)))
        return offers

    def about(self, name: str, act: str, fields: dict[str, str]) -> str:
        own_state = name if act == "credentials.presented" else ""
        return fields.get("item") or fields.get("state") or fields.get("paper") or own_state

    def accepted(self, name: str) -> set[tuple[str, str]]:
        """The acts that the rules accept from a person. A rule changes nothing, so all use the same tables."""
        accepted = set()
        for act, about, inputs in self.trials(name):
            act_type, actor = REGISTRY[act], self.people[name]
            with self.app.database.reading() as session:
                parsed = read_input(act_type.input_type, {"meeting": self.meeting, **inputs}, lax=False)
                try:
                    seat = allowed(actor, act_type, self.meeting, "")
                    act_type.decide(Occasion(session, actor, seat, self.app.clock(), self.app.settings), parsed)
                except Refused:
                    continue
            accepted.add((act, about))
        return accepted

    def trials(self, name: str):
        with self.app.database.reading() as session:
            meeting = session.get_one(Meeting, self.meeting)
            seen = {"seen": meeting.agenda_changed}
            changes = {
                "seen": meeting.entry, "title": "Another", "level": "ministerial", "mode": "video",
                "zone": "Asia/Tokyo", "opens": "2020-08-11T18:00", "closes": "2020-08-11T20:00", "chair_state": "JP",
            }  # fmt: skip
            yield "meeting.released", "", {}
            yield "meeting.changed", "", changes
            yield "meeting.cancelled", "", {"reason": "A flood."}
            yield "meeting.deleted", "", {}
            yield "agenda.item_added", "", {"title": "Water"}
            yield "agenda.released", "", seen
            yield "agenda.released", "", {**seen, "audience": "public"}
            tops = [item.id for item in meeting.agenda if not item.parent]
            for item in meeting.agenda:
                before = None if item.parent or item.id != tops[-1] else tops[0]
                yield "agenda.item_changed", item.id, {"item": item.id, "title": "Another", **seen}
                yield "agenda.item_moved", item.id, {"item": item.id, "before": before, **seen}
                yield "agenda.item_removed", item.id, {"item": item.id, **seen}
            yield "delegation.invited", "", {"state": "IN"}
            for row in meeting.delegations:
                decision = {"state": row.state, "seen": row.changed}
                yield "delegation.withdrawn", row.state, {"state": row.state}
                yield "credentials.presented", row.state, {"state": row.state, **PERSONS}
                yield "credentials.accepted", row.state, decision
                yield "credentials.returned", row.state, {**decision, "reason": "Unsigned."}
            yield "paper.filed", "", {"title": "A", "language": "en", "file": self.file(name)}
            for paper in session.query(Paper).filter_by(withdrawn=False):
                yield "paper.withdrawn", paper.id, {"paper": paper.id}


@pytest.fixture
def table(app, convene, client, monkeypatch):
    table = Table(app, convene(app, released=False, observers=["US"]), client, monkeypatch)
    with app.database.reading() as session:
        first = session.get_one(Meeting, table.meeting).agenda[0].id
    table.do("secretariat", "agenda.item_added", title="Medical equipment", under=first)
    table.do("KZ", "credentials.presented", **PERSONS)
    for name in ("secretariat", "chair", "UZ", "TM"):
        table.do(name, "paper.filed", title="A", language="en", file=table.file(name))
    table.do("secretariat", "delegation.withdrawn", state="TM")
    return table


@pytest.mark.parametrize("status", STORIES)
def test_what_is_offered_is_accepted_and_what_is_hidden_is_refused(app, table, status):
    for name, act, inputs in STORIES[status]:
        table.do(name, act, **inputs)
    with app.database.reading() as session:
        assert session.get_one(Meeting, table.meeting).status == status
    for name in table.people:
        assert (name, table.offered(name)) == (name, table.accepted(name)), (
            "offered but not tried: give the act an input in `trials`; accepted but not offered: show its control"
        )


def test_a_full_agenda_takes_no_further_item(table, monkeypatch):
    monkeypatch.setattr("suhbat.meetings.agenda_items.MAX_ITEMS", 4)
    assert ("agenda.item_added", "") not in table.offered("chair")
    assert table.offered("chair") == table.accepted("chair")


@pytest.mark.parametrize(
    ("steps", "offered"),
    [
        ([], True),
        ([("agenda.released", {})], False),
        ([("agenda.released", {}), ("agenda.item_added", {"title": "Water"})], True),
        ([("agenda.released", {}), ("meeting.released", {})], True),
        ([("meeting.released", {}), ("agenda.released", {"audience": "public"})], False),
    ],
)
def test_a_release_is_offered_only_if_it_would_show_something_new(app, table, steps, offered):
    for act, inputs in steps:
        with app.database.reading() as session:
            seen = {"seen": session.get_one(Meeting, table.meeting).agenda_changed} if act == "agenda.released" else {}
        table.do("secretariat", act, **inputs, **seen)
    assert (("agenda.released", "") in table.offered("secretariat")) == offered
    assert table.offered("secretariat") == table.accepted("secretariat")


def test_an_empty_agenda_cannot_be_released(app, convene, client, monkeypatch):
    table = Table(app, convene(app, items=[]), client, monkeypatch)
    assert ("agenda.released", "") not in table.offered("secretariat")
    assert table.offered("secretariat") == table.accepted("secretariat")
