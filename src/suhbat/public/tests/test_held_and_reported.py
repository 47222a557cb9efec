"""Reported facts and facts from meetings held here are in the same tables, and every row shows its origin."""

import csv
import io

import pytest
from lxml import html
from sqlalchemy import select
from tests.convened_meeting import seated

from suhbat.acts.roles_and_seats import Role
from suhbat.minutes.models import Minutes
from suhbat.outcomes.models import Outcome
from suhbat.public.charts.attendance import Belonging, room_of
from suhbat.public.read_model.almanac import current_almanac

MEETING = "ca-japan/2026-12-01-water-talks"


@pytest.fixture
def held_pledge(app, record):
    """Hold and publish a meeting of the Japanese dialogue; the other meetings are reported. Returns its pledge."""
    people = {
        "secretariat": seated(Role.SECRETARIAT, "ca-japan"),
        "chair": seated(Role.CHAIR, MEETING, "JP", "Toshimitsu Motegi"),
        **{state: seated(Role.HEAD, MEETING, state, f"Head of {state}") for state in ("JP", "KZ", "UZ")},
    }  # fmt: skip

    def perform(role, act, **inputs):
        return app.door.perform(people[role], act, {"meeting": MEETING, **inputs})

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
        perform(state, "minutes.agreed", version=version, unnamed=True)
    perform("secretariat", "minutes.published", version=version, unnamed=True)
    return pledge


@pytest.fixture
def page(held_pledge, client):
    return lambda path: html.fromstring(client.get(path).content.decode())


def origins(rows):
    """The origin that each row shows."""
    return [
        [span.text_content() for span in row.iter("span") if "origin" in span.get("class", "").split()] for row in rows
    ]


def list_items(page, tag, style):
    return [row for list_ in page.iter(tag) if list_.get("class", "") == style for row in list_ if row.tag == "li"]


def test_every_delegation_of_a_state_is_marked(page, client):
    rows = [row for table in page("/states/KZ").iter("table") for body in table.iter("tbody") for row in body]
    assert all(len(origin) == 1 for origin in origins(rows))
    assert origins(rows)[0] == ["held here"]
    assert {origin[0] for origin in origins(rows)[1:]} == {"reported"}
    csv_rows = list(csv.DictReader(io.StringIO(client.get("/states/KZ.csv").content.decode("utf-8-sig"))))
    assert [csv_row["origin"] for csv_row in csv_rows] == ["held"] + ["reported"] * (len(csv_rows) - 1)
    assert client.get("/states/KZ.json").json()["delegations"][0]["origin"] == "held"


def test_every_promise_to_a_state_and_on_a_topic_is_marked(page):
    for path in ("/states/KZ", "/topics/water"):
        rows = list_items(page(path), "ul", "out")
        assert len(rows) > 1
        assert all(len(origin) == 1 for origin in origins(rows)), path
        assert {origin[0] for origin in origins(rows)} == {"held here", "reported"}, path


def test_every_appearance_of_a_person_is_marked(page, client):
    rows = list_items(page("/people/mukhtar-tileuberdi"), "ol", "meetings")
    assert all(len(origin) == 1 for origin in origins(rows))
    assert "reported" in {origin[0] for origin in origins(rows)}
    assert {meeting["origin"] for meeting in client.get("/people/mukhtar-tileuberdi.json").json()["meetings"]} <= {
        "held", "reported",
    }  # fmt: skip


def test_attendance_is_from_the_entries_and_not_from_the_invitation(app, held_pledge):
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    meeting = almanac.every_meeting[MEETING]
    assert meeting.present == ["JP", "KZ"]
    assert {delegation.state for delegation in meeting.delegations} == {"JP", "KZ", "UZ"}
    assert room_of(Belonging(almanac.formats["ca-japan"]), meeting) == ("some", True)
    assert all(reported.present is None for reported in almanac.meetings if reported.origin == "reported")
