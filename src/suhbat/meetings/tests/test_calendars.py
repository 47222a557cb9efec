"""Calendar files, read by two other programs: the parser of icalendar, and ical.js of Thunderbird."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from icalendar import Calendar

from suhbat.acts.roles_and_seats import Role
from suhbat.ground.language import reading_in
from suhbat.meetings.calendars import feed, invitation, meeting_file
from suhbat.meetings.models import Delegation, Meeting

HERE = Path(__file__).parent
ROOT = HERE.parents[3]


def node() -> str:
    node_in_venv = Path(sys.executable).parent / "node"
    return str(node_in_venv) if node_in_venv.exists() else "node"


def read_with_ical_js(content: bytes) -> dict:
    """Parse a file with ical.js, after a check that lines have at most 75 octets and the right line ends."""
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75, line
        assert b"\n" not in line
        line.decode()
    process = subprocess.run(
        [node(), str(HERE / "read_calendar.mjs")], input=content, capture_output=True, cwd=ROOT, timeout=60, check=False
    )
    assert process.returncode == 0, process.stderr.decode()
    return dict(json.loads(process.stdout))


def invitation_file(app, talks, actor=None) -> bytes:
    with app.database.reading() as session:
        return invitation(session, app.settings, session.get_one(Meeting, talks.meeting), actor or talks.heads["KZ"])


def test_two_programs_read_an_invitation_as_one(app, convene):
    talks = convene(app, observers=["US"])
    content = invitation_file(app, talks)
    calendar = read_with_ical_js(content)
    (event,) = calendar["events"]
    assert (calendar["method"], event["uid"], event["sequence"]) == (
        "REQUEST",
        "ca-japan.2020-08-11-special@localhost",
        0,
    )
    assert (event["starts"], event["zone"], event["startsUtc"]) == (
        "2020-08-11T18:00:00", "Asia/Tokyo", "2020-08-11T09:00:00Z",
    )  # fmt: skip
    assert event["organizer"] == "mailto:secretariat@localhost"
    assert event["attendees"][:2] == ["Japan", "Kazakhstan"]
    assert event["attendees"][-2:] == ["United States", "Head of KZ (Kazakhstan)"]
    assert event["conference"] == "http://localhost:8000/meetings/ca-japan/2020-08-11-special/room"
    assert event["features"] == "AUDIO,VIDEO"
    (event_of_icalendar,) = Calendar.from_ical(content).walk("VEVENT")
    assert event_of_icalendar.decoded("dtstart").utcoffset().total_seconds() == 9 * 3600
    assert [zone["tzid"] for zone in Calendar.from_ical(content).walk("VTIMEZONE")] == ["Asia/Tokyo"]


def test_a_change_has_a_higher_sequence_and_a_cancellation_cancels_the_same_event(app, convene):
    talks = convene(app)
    before = read_with_ical_js(invitation_file(app, talks))["events"][0]
    with app.database.reading() as session:
        seen = session.get_one(Meeting, talks.meeting).entry
    app.door.perform(talks.secretariat, "meeting.changed", {
        "meeting": talks.meeting, "seen": seen, "title": "Special video conference", "level": "ministerial",
        "mode": "video", "zone": "Asia/Tokyo", "opens": "2020-08-12T17:00", "closes": "2020-08-12T19:00",
        "chair_state": "JP",
    })  # fmt: skip
    changed = read_with_ical_js(invitation_file(app, talks))["events"][0]
    assert (changed["uid"], changed["sequence"], changed["startsUtc"]) == (before["uid"], 1, "2020-08-12T08:00:00Z")
    app.door.perform(talks.secretariat, "meeting.cancelled", {"meeting": talks.meeting, "reason": "An earthquake."})
    calendar = read_with_ical_js(invitation_file(app, talks))
    (cancelled,) = calendar["events"]
    assert (calendar["method"], cancelled["uid"], cancelled["sequence"], cancelled["status"]) == (
        "CANCEL",
        before["uid"],
        2,
        "CANCELLED",
    )
    assert "An earthquake." in cancelled["description"]


@pytest.mark.parametrize("name", ["request", "cancel"])
def test_a_file_is_as_before_except_for_its_time(app, convene, name):
    talks = convene(app, observers=["US"])
    if name == "cancel":
        app.door.perform(talks.secretariat, "meeting.cancelled", {"meeting": talks.meeting, "reason": "An earthquake."})
    content = re.sub(rb"(DTSTAMP|LAST-MODIFIED):2020\d{4}T\d{6}Z", rb"\1:THEN", invitation_file(app, talks))
    assert content == (HERE / "golden" / f"{name}.ics").read_bytes()


TITLES = {
    "ja": "「中央アジア＋日本」対話・外相特別テレビ会合",
    "ru": "Специальная видеоконференция; «ЦА+Япония», ",
    "kk": "Сыртқы істер министрлерінің арнайы бейнеконференциясы ",
    "uz": "Tashqi ishlar vazirlarining maxsus videokonferensiyasi, oʻ",
}


@pytest.mark.parametrize("language", TITLES)
def test_long_titles_in_any_script_are_folded_between_letters(app, convene, language):
    title = (TITLES[language] * 4).strip()
    talks = convene(app, title=title, slug="long")
    with reading_in(language):
        assert read_with_ical_js(invitation_file(app, talks))["events"][0]["summary"] == title


def test_summer_time_is_in_the_time_zone_of_the_file(app, convene):
    talks = convene(app, zone="Europe/Berlin", opens="2026-03-29T10:00", closes="2026-03-29T12:00", slug="berlin",
                   chair_state="DE", delegations=["DE", "KZ"])  # fmt: skip
    assert read_with_ical_js(invitation_file(app, talks))["events"][0]["startsUtc"] == "2026-03-29T08:00:00Z"


def test_reported_meetings_are_whole_days_and_those_without_a_day_are_left_out(app, convene):
    talks = convene(app)
    with app.database.reading() as session:
        days = (("2004-08-28", "2004-08-29"), ("2006-06-05", None), ("2010-08", None), ("2012", None))
        reported = [
            Meeting(
                id=f"ca-japan/{starts}", format="ca-japan", title=f"Reported {starts}", level="ministerial",
                starts=starts, ends=ends, status="reported", origin="reported", sequence=0, entry=1, mode=None,
                city="Astana", country="KZ", delegations=[Delegation(state="KZ", position=0, observer=False)],
            )
            for starts, ends in days
        ]  # fmt: skip
        meetings = [*reported, session.get_one(Meeting, talks.meeting)]
        events = read_with_ical_js(feed(session, app.settings, meetings, "All", "/calendars/all.ics"))["events"]
    assert [(event["summary"], event["allDay"], event["starts"], event["ends"]) for event in events] == [
        ("Reported 2004-08-28", True, "2004-08-28", "2004-08-30"),
        ("Reported 2006-06-05", True, "2006-06-05", "2006-06-06"),
        ("Special video conference", False, "2020-08-11T18:00:00", "2020-08-11T20:00:00"),
    ]
    assert events[0]["location"] == "Astana, Kazakhstan"


def test_feeds_have_only_public_meetings_and_no_addresses(app, convene, client):
    talks = convene(app)
    convene(app, released=False, slug="draft", title="Secret draft")
    convene(app, slug="rehearsed", title="Only rehearsed", rehearsal=True)
    for address in ("/calendars/all.ics", "/calendars/ca-japan.ics", f"/meetings/{talks.meeting}/calendar.ics"):
        answer = client.get(address)
        assert answer.headers["content-type"].startswith("text/calendar; method=")
        calendar = read_with_ical_js(answer.content)
        assert (calendar["method"], [event["summary"] for event in calendar["events"]]) == (
            "PUBLISH", ["Special video conference"],
        )  # fmt: skip
        assert calendar["events"][0]["attendees"] == []
    for address in ("/calendars/nothing.ics", "/calendars/all", "/calendars/..%2Fall.ics"):
        assert client.get(address).status_code == 404


def test_participants_get_the_invitation(app, convene, signed_in, sit):
    talks = convene(app)
    browser = signed_in(sit(Role.HEAD, talks.meeting, "KZ"))
    assert read_with_ical_js(browser.get(f"/meetings/{talks.meeting}/calendar.ics").content)["method"] == "REQUEST"


def test_the_public_file_of_a_meeting_is_no_invitation(app, convene):
    talks = convene(app)
    with app.database.reading() as session:
        content = meeting_file(session, app.settings, session.get_one(Meeting, talks.meeting))
    assert (b"ATTENDEE" in content, b"ORGANIZER" in content) == (False, False)
    assert read_with_ical_js(content)["method"] == "PUBLISH"


def test_a_calendar_is_in_the_readers_language(app, convene):
    talks = convene(app, mode="in-person", city="Tokyo", country="JP")
    with reading_in("ja"):
        (event,) = Calendar.from_ical(invitation_file(app, talks)).walk("VEVENT")
    assert event["location"] == "東京、日本"
    assert str(event["description"]).splitlines()[:2] == [
        "代表団：日本、カザフスタン、キルギス、タジキスタン、トルクメニスタン、ウズベキスタン", "議長国：日本",
    ]  # fmt: skip
    assert "Head of KZ（カザフスタン）" in event.to_ical().decode().replace("\r\n ", "")
    with reading_in("tk"), app.database.reading() as session:
        meeting = session.get_one(Meeting, talks.meeting)
        (public,) = Calendar.from_ical(meeting_file(session, app.settings, meeting)).walk("VEVENT")
    assert public["location"] == "Tokio, Ýaponiýa"
