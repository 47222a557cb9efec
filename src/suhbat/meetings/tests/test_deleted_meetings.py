"""Drafts and tests are deleted without trace; a meeting that doubles another or lies far back is asked about."""

import pytest
from sqlalchemy import select
from tests.pressed_buttons import follow, path_of, press

from suhbat.acts.models import NoticeRow
from suhbat.acts.roles_and_seats import Role
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import AgendaItem, Delegation
from suhbat.meetings.queries import series
from suhbat.people.models import SeatRow
from suhbat.people.queries import actor_for
from suhbat.record.audiences import PUBLIC
from suhbat.record.models import EntryRow

AHEAD = {"title": "The wrong draft", "opens": "2027-08-11T16:00", "closes": "2027-08-11T18:00", "zone": "Asia/Tokyo",
         "mode": "video", "level": "ministerial"}  # fmt: skip


@pytest.fixture
def secretariat(app, convene, signed_in, sit):
    """The browser of a format's secretariat, which has held one meeting."""
    talks = convene(app)
    return signed_in(sit(Role.SECRETARIAT, talks.meeting))


def convened(browser, **typed):
    form = follow(browser, browser.get("/formats/ca-japan"), "Convene the next meeting")
    return press(browser, form, "meeting.convened", **AHEAD | typed)


def public(client, *addresses):
    cookies = dict(client.cookies)
    client.cookies.clear()
    answers = [client.get(address) for address in addresses]
    client.cookies.update(cookies)
    return answers


EVERYWHERE = ("/", "/formats/ca-japan", "/formats/ca-japan.json", "/changes", "/search?q=wrong", "/ledger",
              "/calendars/ca-japan.ics", "/sitemap/1", "/data/meetings.csv")  # fmt: skip


def test_a_draft_is_found_again_and_deleted_without_trace(app, secretariat, sit):
    desk = convened(secretariat)
    meeting = path_of(desk).removeprefix("/meetings/").removesuffix("/desk")
    head = sit(Role.HEAD, meeting, "KZ")
    with app.database.reading() as session:
        assert actor_for(session, head).seats
    desk = follow(secretariat, secretariat.get("/me"), "To the desk The wrong draft")
    after = press(secretariat, desk, "meeting.deleted")
    assert path_of(after) == "/formats/ca-japan"
    assert "wrong draft" not in after.text
    for page in ("", "/desk", "/agenda", "/papers", "/people", "/room", "/minutes", "/outcomes", "/calendar.ics"):
        assert secretariat.get(f"/meetings/{meeting}{page}").status_code == 404, page
    assert "wrong draft" not in secretariat.get("/me").text
    for address, page in zip(EVERYWHERE, public(secretariat, *EVERYWHERE), strict=True):
        assert page.status_code == 200, address
        assert "wrong draft" not in page.text, address
    with app.database.reading() as session:
        assert actor_for(session, head).seats == ()
        rows = select(EntryRow.audience).where(EntryRow.meeting == meeting)
        assert PUBLIC not in set(session.scalars(rows))
        for table, column in ((Delegation, Delegation.meeting), (AgendaItem, AgendaItem.meeting),
                              (NoticeRow, NoticeRow.place)):  # fmt: skip
            assert not session.scalars(select(table).where(column == meeting)).all()
        assert all(session.scalars(select(SeatRow.vacated).where(SeatRow.place == meeting)))


def test_the_address_of_a_deleted_draft_is_passed_over(app, secretariat):
    first = convened(secretariat)
    press(secretariat, first, "meeting.deleted")
    again = convened(secretariat)
    assert path_of(again) == path_of(first).removesuffix("/desk") + "-2/desk"
    page = convened(secretariat, slug="2027-08-11-the-wrong-draft", title="Another", level="expert")
    assert page.status_code == 422
    assert "A deleted meeting had this address" in page.text


def test_a_released_meeting_and_one_in_session_are_not_deleted(app, convene):
    talks = convene(app)
    with pytest.raises(Refused, match="cancelled, not deleted"):
        app.door.perform(talks.secretariat, "meeting.deleted", {"meeting": talks.meeting})


def test_a_meeting_that_doubles_one_of_the_record_is_asked_about(secretariat):
    convened(secretariat)
    asked = convened(secretariat, title="The same once more")
    assert asked.status_code == 422
    assert "The record has “The wrong draft” already (11 August 2027). Is this another meeting?" in asked.text
    assert 'value="The same once more"' in asked.text
    done = press(secretariat, asked, "meeting.convened", certain="true")
    assert path_of(done).endswith("the-same-once-more/desk")
    assert convened(secretariat, title="Of experts", level="expert").status_code == 200
    assert (
        convened(secretariat, title="In winter", opens="2027-12-01T16:00", closes="2027-12-01T18:00").status_code == 200
    )


def test_a_meeting_with_the_number_of_another_is_asked_about(secretariat):
    convened(secretariat, number="8")
    asked = convened(secretariat, number="8", opens="2027-12-01T16:00", closes="2027-12-01T18:00")
    assert "Is this another meeting?" in asked.text


def test_a_day_long_past_is_asked_about(secretariat):
    asked = convened(secretariat, opens="2001-09-19T10:00", closes="2001-09-19T12:00")
    assert asked.status_code == 422
    assert "This day is long past. Is the date right?" in asked.text


def test_a_test_meeting_is_held_and_leaves_no_trace(app, secretariat, sit, convene):
    desk = convened(secretariat, title="The wrong draft, tried out", trial="true", number="9")
    meeting = path_of(desk).removeprefix("/meetings/").removesuffix("/desk")
    assert "/acts/meeting.released" not in desk.text
    people = {"chair": sit(Role.CHAIR, meeting, "JP"), "KZ": sit(Role.HEAD, meeting, "KZ")}

    def perform(who, act, **inputs):
        with app.database.reading() as session:
            actor = actor_for(session, people[who])
        return app.door.perform(actor, act, {"meeting": meeting, **inputs}).entry

    item = perform("chair", "agenda.item_added", title="The wrong draft of an item")
    perform("chair", "agenda.released", seen=item.number)
    perform("chair", "meeting.opened", present=["JP", "KZ"])
    assert "/acts/meeting.deleted" not in secretariat.get(f"/meetings/{meeting}/desk").text
    perform("chair", "floor.given", delegation="KZ")
    perform("KZ", "pledge.made", title="The wrong draft of a pledge", to=["UZ"], summary="Grain", topic="water")
    perform("chair", "meeting.closed")
    for address, page in zip(EVERYWHERE, public(secretariat, *EVERYWHERE), strict=True):
        assert page.status_code == 200, address
        assert "wrong draft" not in page.text, address
    assert {page.status_code for page in public(secretariat, *(
        f"/meetings/{meeting}{page}" for page in ("", "/desk", "/agenda", "/papers", "/minutes", "/outcomes")
    ))} == {404}  # fmt: skip
    with app.database.reading() as session:
        entries = session.scalars(select(EntryRow).where(EntryRow.meeting == meeting)).all()
        assert len(entries) > 10
        assert [entry.act for entry in entries if entry.audience == PUBLIC or entry.released_by] == []
        assert series(session, "ca-japan").next_number != 10
    assert path_of(secretariat.get(f"/meetings/{meeting}")) == f"/meetings/{meeting}/desk"
    press(secretariat, secretariat.get(f"/meetings/{meeting}/desk"), "meeting.deleted")
    assert secretariat.get(f"/meetings/{meeting}/desk").status_code == 404
    assert "wrong draft" not in secretariat.get("/me").text
