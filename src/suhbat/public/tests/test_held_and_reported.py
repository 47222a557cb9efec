"""What was reported and what was held here stand in the same tables, and every row says which of the two it is."""

import csv
import io

import pytest
from lxml import html
from sqlalchemy import select
from tests.convened import seated

from suhbat.acts.actors import Role
from suhbat.minutes.models import Minutes
from suhbat.outcomes.models import Outcome
from suhbat.public.charts.attendance import Belonging, room_of
from suhbat.public.read_model.almanac import almanac

MEETING = "ca-japan/2026-12-01-water-talks"


@pytest.fixture
def held(app, record):
    """A meeting of the Japanese dialogue held here and published; the others are reported."""
    people = {
        "secretariat": seated(Role.SECRETARIAT, "ca-japan"),
        "chair": seated(Role.CHAIR, MEETING, "JP", "Toshimitsu Motegi"),
        **{state: seated(Role.HEAD, MEETING, state, f"Head of {state}") for state in ("JP", "KZ", "UZ")},
    }  # fmt: skip

    def perform(who, act, **inputs):
        return app.door.perform(people[who], act, {"meeting": MEETING, **inputs})

    app.door.perform(people["secretariat"], "meeting.convened", {
        "format": "ca-japan", "title": "Water talks", "level": "ministerial", "mode": "video", "zone": "Asia/Tokyo",
        "opens": "2026-12-01T10:00", "closes": "2026-12-01T12:00", "chair_state": "JP",
        "chair_name": "Toshimitsu Motegi", "delegations": ["JP", "KZ", "UZ"], "slug": MEETING.partition("/")[2],
        "items": [{"title": "Water", "topic": "water"}],
    })  # fmt: skip
    perform("secretariat", "meeting.released")
    perform("chair", "meeting.opened", present=["JP", "KZ"])
    perform("chair", "floor.given", delegation="JP")
    perform("JP", "pledge.made", title="Pumps", to=["KZ"], summary="Pumps for canals", topic="water")
    perform("chair", "meeting.closed")
    with app.database.reading() as session:
        pledge = session.scalars(select(Outcome).where(Outcome.meeting == MEETING)).one()
    perform("JP", "outcome.confirmed", outcome=pledge.id, changed=pledge.changed)
    with app.database.reading() as session:
        version = session.get(Minutes, MEETING).version
    for state in ("JP", "KZ", "UZ"):
        perform(state, "minutes.agreed", version=version)
    perform("secretariat", "minutes.published", version=version)
    return pledge


@pytest.fixture
def page(held, client):
    return lambda path: html.fromstring(client.get(path).content.decode())


def marks(rows):
    """What each row says of where it comes from."""
    return [
        [span.text_content() for span in row.iter("span") if "origin" in span.get("class", "").split()] for row in rows
    ]


def told(page, tag, style):
    return [row for each in page.iter(tag) if each.get("class", "") == style for row in each if row.tag == "li"]


def test_every_delegation_of_a_state_is_marked(page, client):
    rows = [row for table in page("/states/KZ").iter("table") for body in table.iter("tbody") for row in body]
    assert all(len(said) == 1 for said in marks(rows))
    assert marks(rows)[0] == ["held here"]
    assert {said[0] for said in marks(rows)[1:]} == {"reported"}
    lines = list(csv.DictReader(io.StringIO(client.get("/states/KZ.csv").content.decode("utf-8-sig"))))
    assert [line["origin"] for line in lines] == ["held"] + ["reported"] * (len(lines) - 1)
    assert client.get("/states/KZ.json").json()["delegations"][0]["origin"] == "held"


def test_every_promise_to_a_state_and_on_a_topic_is_marked(page):
    for path in ("/states/KZ", "/topics/water"):
        rows = told(page(path), "ul", "out")
        assert len(rows) > 1
        assert all(len(said) == 1 for said in marks(rows)), path
        assert {said[0] for said in marks(rows)} == {"held here", "reported"}, path


def test_every_appearance_of_a_person_is_marked(page, client):
    rows = told(page("/people/mukhtar-tileuberdi"), "ol", "meetings")
    assert all(len(said) == 1 for said in marks(rows))
    assert "reported" in {said[0] for said in marks(rows)}
    assert {each["origin"] for each in client.get("/people/mukhtar-tileuberdi.json").json()["meetings"]} <= {
        "held", "reported",
    }  # fmt: skip


def test_who_was_there_is_what_the_entries_say_and_not_who_was_invited(app, held):
    with app.database.reading() as session:
        known = almanac(app.database, session)
    meeting = known.every_meeting[MEETING]
    assert meeting.present == ["JP", "KZ"]
    assert {each.state for each in meeting.delegations} == {"JP", "KZ", "UZ"}
    assert room_of(Belonging(known.formats["ca-japan"]), meeting) == ("some", True)
    assert all(each.present is None for each in known.meetings if each.origin == "reported")
