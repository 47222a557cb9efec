"""Whoever sits as head of a delegation is its head by name, and presides if the delegation is in the chair."""

import pytest
from sqlalchemy import select

from suhbat.acts.roles_and_seats import PUBLIC_READER, Role
from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.models import Delegation, Meeting
from suhbat.meetings.tests.conftest import OFFICE
from suhbat.people.models import SeatRow
from suhbat.people.queries import actor_for


@pytest.fixture
def person(app):
    def present(person_id):
        with app.database.reading() as session:
            return actor_for(session, person_id)

    return present


def names(app, meeting):
    with app.database.reading() as session:
        rows = session.scalars(select(Delegation).where(Delegation.meeting == meeting)).all()
        return {row.state: row.head_name for row in rows if row.head_name}


def seat_of(app, person_id, role):
    with app.database.reading() as session:
        query = select(SeatRow.id).where(SeatRow.person == person_id, SeatRow.role == role)
        return session.scalars(query.order_by(SeatRow.id.desc())).first()


def test_who_sits_as_head_is_the_head_by_name_until_credentials_name_another(app, convene, sit, person):
    meeting = convene(app).meeting
    assert names(app, meeting) == {}
    kazakh = sit(Role.HEAD, meeting, "KZ")
    sit(Role.ALTERNATE, meeting, "UZ")
    assert names(app, meeting) == {"KZ": "head KZ"}
    credentials = {"meeting": meeting, "head_name": "Mukhtar Tileuberdi", "head_office": "Minister of Foreign Affairs"}
    app.door.perform(person(kazakh), "credentials.presented", credentials)
    assert names(app, meeting) == {"KZ": "Mukhtar Tileuberdi"}


def test_a_head_who_gives_up_the_seat_is_no_longer_the_head_but_headed_the_delegation_of_a_closed_meeting(
    app, convene, sit, person
):
    convened = convene(app)
    meeting = convened.meeting
    first = sit(Role.HEAD, meeting, "KZ")
    app.door.perform(person(first), "seat.vacated", {"meeting": meeting, "seat": seat_of(app, first, Role.HEAD)})
    assert names(app, meeting) == {}
    second = sit(Role.HEAD, meeting, "KZ")
    app.door.perform(convened.chair, "meeting.opened", {"meeting": meeting})
    app.door.perform(convened.chair, "meeting.closed", {"meeting": meeting})
    app.door.perform(person(second), "seat.vacated", {"meeting": meeting, "seat": seat_of(app, second, Role.HEAD)})
    assert names(app, meeting) == {"KZ": "head KZ"}


def test_the_head_of_the_delegation_in_the_chair_opens_the_meeting(app, convene, sit, person, signed_in):
    meeting = convene(app).meeting
    japanese, kazakh = sit(Role.HEAD, meeting, "JP"), sit(Role.HEAD, meeting, "KZ")
    assert Role.CHAIR in person(japanese).roles_at(meeting)
    with pytest.raises(Refused) as refused:
        app.door.perform(person(kazakh), "meeting.opened", {"meeting": meeting})
    assert refused.value.kind == Kind.NOT_ALLOWED
    assert "Open the meeting" in signed_in(japanese).get(f"/meetings/{meeting}/room").text
    app.door.perform(person(japanese), "meeting.opened", {"meeting": meeting})
    with app.database.reading() as session:
        assert session.get_one(Meeting, meeting).status == "open"


def test_somebody_else_is_invited_to_the_chair_and_the_head_presides_again_when_that_ends(app, convene, sit, person):
    meeting = convene(app).meeting
    japanese = sit(Role.HEAD, meeting, "JP")
    chair = sit(Role.CHAIR, meeting)
    assert Role.CHAIR not in person(japanese).roles_at(meeting)
    app.door.perform(OFFICE, "seat.vacated", {"meeting": meeting, "seat": seat_of(app, chair, Role.CHAIR)})
    assert Role.CHAIR in person(japanese).roles_at(meeting)


def test_when_another_state_takes_the_chair_its_head_presides(app, convene, sit, person):
    convened = convene(app)
    meeting = convened.meeting
    japanese, uzbek = sit(Role.HEAD, meeting, "JP"), sit(Role.HEAD, meeting, "UZ")
    with app.database.reading() as session:
        row = session.get_one(Meeting, meeting)
        inputs = {"meeting": meeting, "title": row.title, "level": row.level, "mode": row.mode, "zone": row.zone,
                  "opens": "2020-08-11T18:00", "closes": "2020-08-11T20:00", "chair_state": "UZ", "seen": row.entry,
                  "reason": "The chair rotates."}  # fmt: skip
    app.door.perform(convened.secretariat, "meeting.changed", inputs)
    assert Role.CHAIR not in person(japanese).roles_at(meeting)
    assert Role.CHAIR in person(uzbek).roles_at(meeting)


def test_the_desk_says_that_nobody_could_open_the_meeting_until_somebody_presides(app, convene, sit, signed_in):
    meeting = convene(app).meeting
    secretary = sit(Role.SECRETARIAT, meeting)
    desk = f"/meetings/{meeting}/desk"
    says = "nobody sits as head of the delegation of Japan"
    sit(Role.HEAD, meeting, "KZ")
    assert says in signed_in(secretary).get(desk).text
    assert says in signed_in(secretary).get("/me").text
    inputs = {"meeting": meeting, "name": "A. Presider", "role": "chair"}
    link = app.door.perform(OFFICE, "seat.offered", inputs).reply["link"]
    assert "A. Presider is invited to the chair" in signed_in(secretary).get(desk).text
    app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rpartition("/")[2]})
    assert "invited to the chair" not in signed_in(secretary).get(desk).text
