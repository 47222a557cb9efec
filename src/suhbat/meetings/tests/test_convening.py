"""Convening, changing and cancelling a meeting: valid and invalid input."""

import pytest

from suhbat.acts.forms import fields_of
from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings import unfinished_business
from suhbat.meetings.convene_meeting import Convene
from suhbat.meetings.models import Meeting
from suhbat.meetings.unfinished_business import LeftOver, short_title


def test_a_video_meeting_of_six_is_convened_with_the_chair_first(app, convene):
    talks = convene(app)
    with app.database.reading() as session:
        meeting = session.get(Meeting, talks.meeting)
        assert (meeting.status, meeting.opens_at, meeting.starts) == (
            "convened", "2020-08-11T09:00:00.000000Z", "2020-08-11",
        )  # fmt: skip
        assert [delegation.state for delegation in meeting.delegations] == ["JP", "KZ", "KG", "TJ", "TM", "UZ"]
        assert [item.title for item in meeting.agenda] == [
            "Public health", "Return of citizens", "Projects of trade and investment",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("inputs", "field"),
    [
        ({"closes": "2020-08-11T17:00"}, "closes"),
        ({"closes": "2020-08-11T18:00"}, "closes"),
        ({"closes": "2020-10-11T18:00"}, "closes"),
        ({"zone": "Europe/Berlin", "opens": "2020-03-29T02:30", "closes": "2020-03-29T05:00"}, "opens"),
        ({"opens": "2020-02-30T10:00"}, "opens"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"chair_state": "US"}, "chair_state"),
        ({"delegations": ["JP", "XX"]}, "delegations"),
        ({"observers": ["KZ"]}, "observers"),
        ({"mode": "in-person"}, "country"),
    ],
)
def test_invalid_input_is_refused_with_an_error_at_its_field(app, convene, inputs, field):
    with pytest.raises(Refused) as refusal:
        convene(app, **inputs)
    assert refusal.value.kind == Kind.INVALID
    assert field in refusal.value.fields
    with app.database.reading() as session:
        assert session.query(Meeting).count() == 0


def facts(app, talks):
    with app.database.reading() as session:
        meeting = session.get_one(Meeting, talks.meeting)
        return {
            "meeting": talks.meeting, "seen": meeting.entry, "title": meeting.title, "level": meeting.level,
            "mode": meeting.mode, "zone": meeting.zone, "opens": "2020-08-11T18:00", "closes": "2020-08-11T20:00",
            "chair_state": meeting.chair_state, "host_first": meeting.host_first,
        }  # fmt: skip


def test_a_new_time_raises_the_calendar_sequence_and_a_new_chair_does_not(app, convene):
    talks = convene(app)
    inputs = facts(app, talks)
    done = app.door.perform(
        talks.secretariat, "meeting.changed", inputs | {"opens": "2020-08-12T18:00", "closes": "2020-08-12T20:00"}
    )
    assert (done.entry.body["sequence"], done.entry.body["changed"], done.entry.audience) == (
        1, ["closes_at", "ends", "opens_at", "starts"], "participants",
    )  # fmt: skip
    with pytest.raises(Refused) as stale:
        app.door.perform(talks.secretariat, "meeting.changed", inputs | {"title": "Another"})
    assert stale.value.kind == Kind.CONFLICT
    new_inputs = facts(app, talks) | {"opens": "2020-08-12T18:00", "closes": "2020-08-12T20:00", "chair_state": "UZ"}
    assert app.door.perform(talks.secretariat, "meeting.changed", new_inputs).entry.body["sequence"] == 1
    with app.database.reading() as session:
        meeting = session.get_one(Meeting, talks.meeting)
        assert [delegation.state for delegation in meeting.delegations] == ["UZ", "JP", "KZ", "KG", "TJ", "TM"]


def test_a_meeting_is_cancelled_once_with_a_reason(app, convene):
    talks = convene(app)
    app.door.perform(talks.secretariat, "meeting.cancelled", {"meeting": talks.meeting, "reason": "An earthquake."})
    with app.database.reading() as session:
        meeting = session.get_one(Meeting, talks.meeting)
        assert (meeting.status, meeting.sequence, meeting.cancelled_because) == ("cancelled", 1, "An earthquake.")
    for act, inputs in (
        ("meeting.cancelled", {"meeting": talks.meeting, "reason": "Again."}),
        ("meeting.changed", facts(app, talks)),
        ("agenda.item_added", {"meeting": talks.meeting, "title": "Late"}),
        ("delegation.invited", {"meeting": talks.meeting, "state": "IN"}),
    ):
        with pytest.raises(Refused) as refusal:
            app.door.perform(talks.secretariat, act, inputs)
        assert refusal.value.kind == Kind.OUT_OF_ORDER


def test_unfinished_business_is_taken_up_once(app, convene, monkeypatch):
    left_over = LeftOver("ca-japan/2019#projects", "ca-japan/2019", "2019-05-18", "recommendation", "List the projects")
    monkeypatch.setattr(
        unfinished_business, "FINDERS", [lambda _session, format_: [left_over] if format_ == "ca-japan" else []]
    )
    talks = convene(app, take_up=[left_over.outcome])
    with app.database.reading() as session:
        last_item = session.get_one(Meeting, talks.meeting).agenda[-1]
        assert (last_item.title, last_item.left_over_from) == ("List the projects", left_over.outcome)
        assert unfinished_business.left_overs(session, "ca-japan") == []
    with pytest.raises(Refused) as refusal:
        convene(app, take_up=[left_over.outcome], slug="another")
    assert "take_up" in refusal.value.fields


@pytest.mark.parametrize("words", ["Asia/Dushanbe", "Dushanbe", "dushanbe", "Tajikistan"])
def test_the_clock_of_the_host_is_named_by_a_zone_a_city_or_a_state(app, convene, words):
    talks = convene(app, zone=words)
    with app.database.reading() as session:
        assert session.get_one(Meeting, talks.meeting).zone == "Asia/Dushanbe"


def test_the_clocks_of_the_formats_capitals_come_first_and_all_others_can_be_typed(app, convene):
    talks = convene(app)
    with app.database.reading() as session:
        fields = fields_of(Convene, session, talks.secretariat, {"format": "ca-japan"}, {})
    zone = next(field for field in fields if field.name == "zone")
    first = [code for code, _label in zone.choices[: zone.near]]
    assert zone.widget == "suggest"
    assert set(first) == {
        "Asia/Tokyo",
        "Asia/Almaty",
        "Asia/Bishkek",
        "Asia/Dushanbe",
        "Asia/Ashgabat",
        "Asia/Tashkent",
    }
    assert {"Asia/Seoul", "America/Lima"} < {code for code, _label in zone.choices[zone.near :]}


def test_what_is_left_over_gets_a_short_title_and_keeps_its_sentence_as_a_note(app, convene, monkeypatch):
    sentence = "The communique asked for a yearly forum and for subgroups on links with the United States and on women."
    left_over = LeftOver("ca-japan/2019#forum", "ca-japan/2019", "2019-05-18", "recommendation", sentence, "trade")
    monkeypatch.setattr(unfinished_business, "FINDERS", [lambda _session, _format: [left_over]])
    talks = convene(app, items=[], take_up=[left_over.outcome])
    with app.database.reading() as session:
        (item,) = session.get_one(Meeting, talks.meeting).agenda
        assert item.title == "The communique asked for a yearly forum and for subgroups on links with the…"
        assert item.note == sentence
    assert short_title("List the projects.") == "List the projects"
