"""The agenda: drafted, released, amended; no change is lost when two people work on it."""

import pytest

from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.agenda import numbered_items
from suhbat.meetings.models import AgendaRelease, Meeting


@pytest.fixture
def talks(app, convene):
    return convene(app, released=False)


class Desk:
    """The secretariat edits the agenda."""

    def __init__(self, app, talks):
        self.app, self.talks = app, talks

    @property
    def seen(self) -> int:
        with self.app.database.reading() as session:
            return int(session.get_one(Meeting, self.talks.meeting).agenda_changed)

    def do(self, act: str, **inputs):
        if act != "agenda.item_added":
            inputs.setdefault("seen", self.seen)
        return self.app.door.perform(self.talks.secretariat, act, {"meeting": self.talks.meeting, **inputs})

    def lines(self) -> list[str]:
        with self.app.database.reading() as session:
            agenda = session.get_one(Meeting, self.talks.meeting).agenda
            return [f"{row.number} {row.item.title}" for row in numbered_items(agenda)]


@pytest.fixture
def desk(app, talks):
    return Desk(app, talks)


def test_items_are_added_as_a_tree_and_moved(desk, talks):
    health, citizens, projects = talks.items
    sub = desk.do("agenda.item_added", title="Medical equipment", under=health).entry.body["item"]["id"]
    desk.do("agenda.item_added", title="Grants", under=sub)
    desk.do("agenda.item_moved", item=projects, before=health)
    assert desk.lines() == [
        "1 Projects of trade and investment", "2 Public health", "2.1 Medical equipment", "2.1.1 Grants",
        "3 Return of citizens",
    ]  # fmt: skip
    desk.do("agenda.item_moved", item=sub, under=citizens)
    assert desk.lines()[1:] == ["2 Public health", "3 Return of citizens", "3.1 Medical equipment", "3.1.1 Grants"]


@pytest.mark.parametrize(
    ("inputs", "kind"),
    [
        (lambda items: {"item": items[0], "under": items[0]}, Kind.INVALID),
        (lambda items: {"item": items[0], "under": "nowhere"}, Kind.INVALID),
        (lambda items: {"item": items[0], "before": items[0]}, Kind.INVALID),
        (lambda items: {"item": items[0], "under": items[1], "before": items[2]}, Kind.INVALID),
        (lambda _items: {"item": "nowhere"}, Kind.NOT_FOUND),
        (lambda items: {"item": items[2]}, Kind.OUT_OF_ORDER),
    ],
)
def test_an_item_is_not_moved_to_an_impossible_place(desk, talks, inputs, kind):
    before = desk.lines()
    with pytest.raises(Refused) as refusal:
        desk.do("agenda.item_moved", **inputs(talks.items))
    assert refusal.value.kind == kind
    assert desk.lines() == before


def test_the_tree_is_three_levels_deep_even_for_a_branch_that_is_moved(desk, talks):
    health, citizens, projects = talks.items
    second = desk.do("agenda.item_added", title="Second", under=health).entry.body["item"]["id"]
    third = desk.do("agenda.item_added", title="Third", under=second).entry.body["item"]["id"]
    with pytest.raises(Refused):
        desk.do("agenda.item_added", title="Fourth", under=third)
    desk.do("agenda.item_moved", item=citizens, under=projects)
    with pytest.raises(Refused):
        desk.do("agenda.item_moved", item=health, under=citizens)


def test_a_form_that_shows_an_older_agenda_is_refused(desk, talks):
    seen = desk.seen
    desk.do("agenda.item_changed", item=talks.items[0], title="The health crisis", minutes=40)
    for act, inputs in (
        ("agenda.item_changed", {"title": "Health"}),
        ("agenda.item_moved", {"under": talks.items[1]}),
        ("agenda.item_removed", {}),
    ):
        with pytest.raises(Refused) as refusal:
            desk.do(act, item=talks.items[0], seen=seen, **inputs)
        assert refusal.value.kind == Kind.CONFLICT
    assert desk.lines()[0] == "1 The health crisis"


def test_each_version_is_stored_with_its_changes(app, desk, talks):
    health, citizens, projects = talks.items
    desk.do("agenda.released")
    desk.do("agenda.item_changed", item=health, title="The health crisis", minutes=45)
    desk.do("agenda.item_removed", item=citizens)
    desk.do("agenda.item_moved", item=projects, before=health)
    desk.do("agenda.item_added", title="The thirtieth anniversary")
    desk.do("agenda.released", note="After the preparatory talks")
    with app.database.reading() as session:
        first, second = session.query(AgendaRelease).order_by(AgendaRelease.version)
        assert [item["title"] for item in first.items] == [
            "Public health", "Return of citizens", "Projects of trade and investment",
        ]  # fmt: skip
        assert [(change["kind"], change["title"], change["was"]) for change in second.changes] == [
            ("moved", "Projects of trade and investment", "3"),
            ("renamed", "The health crisis", "Public health"),
            ("retimed", "The health crisis", "30"),
            ("added", "The thirtieth anniversary", ""),
            ("removed", "Return of citizens", ""),
        ]
        assert second.note == "After the preparatory talks"
    with pytest.raises(Refused) as refusal:
        desk.do("agenda.released")
    assert refusal.value.kind == Kind.OUT_OF_ORDER


def test_an_agenda_becomes_public_after_the_meeting_and_stays_public(app, desk, talks):
    with pytest.raises(Refused):
        desk.do("agenda.released", audience="public")
    app.door.perform(talks.secretariat, "meeting.released", {"meeting": talks.meeting})
    assert desk.do("agenda.released", audience="public").entry.audience == "public"
    desk.do("agenda.item_added", title="Other business")
    with pytest.raises(Refused) as refusal:
        desk.do("agenda.released")
    assert "audience" in refusal.value.fields


def test_only_the_secretariat_and_the_chair_write_the_agenda(app, talks):
    for actor in (talks.heads["KZ"], talks.observer, talks.note_taker):
        with pytest.raises(Refused) as refusal:
            app.door.perform(actor, "agenda.item_added", {"meeting": talks.meeting, "title": "Ours"})
        assert refusal.value.kind == Kind.NOT_ALLOWED
