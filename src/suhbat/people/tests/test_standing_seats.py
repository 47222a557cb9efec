"""Who answers for a state between meetings: named, taken, tested, handed over, ended; and what it opens: no meeting."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from tests.convened_meeting import seated

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, SYSTEM, Role, Viewer
from suhbat.acts.timed_acts import perform_due
from suhbat.ground.refusals import Kind, Refused
from suhbat.people.models import SeatRow
from suhbat.people.queries import actor_for
from suhbat.people.seats import Taking
from suhbat.people.standing_seats import is_silent, standing_seats
from suhbat.people.tests.conftest import MEETING, secret_of
from suhbat.record.audiences import DELEGATIONS, MEMBERS, PARTICIPANTS, circle, delegation_only
from suhbat.record.reading import entries_after, of_place
from suhbat.record.tail import Listener

FORMAT = "ca-japan"


def naming(state="KZ", subject="promises", rank="chief", name="Aliya", **more):
    return {"format": FORMAT, "state": state, "subject": subject, "rank": rank, "name": name, **more}


@pytest.fixture
def secretariat():
    return seated(Role.SECRETARIAT, FORMAT, name="The secretariat of the dialogue")


@pytest.fixture
def head(app, invite, secretariat, places):
    """The head of Kazakhstan's delegation at a meeting of the dialogue."""
    places[MEETING] = replace(places[MEETING], rehearsal=False)
    link = app.door.perform(secretariat, "seat.offered", {
        "meeting": MEETING, "role": "head", "state": "KZ", "name": "Mukhtar Tileuberdi"}).reply["link"]  # fmt: skip
    return take(app, link)


def take(app, link):
    done = app.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret_of(link)))
    return again(app, done.reply["person"])


def again(app, person):
    with app.database.reading() as session:
        return actor_for(session, person)


def seat_named(app, name):
    with app.database.reading() as session:
        return session.scalars(select(SeatRow).where(SeatRow.name == name).order_by(SeatRow.id.desc())).first()


def refused(app, actor, act, inputs):
    with pytest.raises(Refused) as refusal:
        app.door.perform(actor, act, inputs)
    return refusal.value


def named(app, by, **more):
    """Name a standing seat, and take it."""
    return take(app, app.door.perform(by, "standing.named", naming(**more)).reply["link"])


def test_the_head_names_the_chief_and_the_chief_the_others(app, head):
    chief = named(app, head)
    (seat,) = chief.seats
    assert (seat.place, seat.state, seat.subject, seat.rank, seat.side) == (FORMAT, "KZ", "promises", "chief", "member")
    main = named(app, chief, rank="main", name="Bolat")
    assert refused(app, main, "standing.named", naming(rank="alternate", name="Dana")).kind == Kind.NOT_ALLOWED
    assert named(app, chief, rank="alternate", name="Dana").seats[0].rank == "alternate"
    with app.database.reading() as session:
        ranks = [row.rank for row in standing_seats(session, chief, FORMAT).of("KZ", "promises")]
    assert ranks == ["chief", "main", "alternate"]


def test_nobody_names_for_another_state_or_for_another_subject_than_the_own(app, head):
    chief = named(app, head)
    assert refused(app, head, "standing.named", naming(state="UZ")).kind == Kind.NOT_ALLOWED
    assert refused(app, chief, "standing.named", naming(state="UZ", rank="main")).kind == Kind.NOT_ALLOWED
    assert refused(app, chief, "standing.named", naming(subject="health", rank="main")).kind == Kind.NOT_ALLOWED
    assert "state" in refused(app, head, "standing.named", naming(state="US")).fields


def test_there_is_one_chief_and_one_focal_point_and_any_number_of_others(app, head):
    named(app, head)
    assert refused(app, head, "standing.named", naming(name="Twice")).kind == Kind.CONFLICT
    for name in ("Dana", "Erlan"):
        named(app, head, rank="alternate", name=name)


def test_where_no_head_is_left_the_secretariat_names_the_chief_alone(app, head, secretariat):
    assert refused(app, secretariat, "standing.named", naming()).kind == Kind.NOT_ALLOWED
    assert named(app, secretariat, state="UZ", name="Nodira").seats[0].rank == "chief"
    assert refused(app, secretariat, "standing.named", naming(state="UZ", rank="main")).kind == Kind.NOT_ALLOWED
    assert "rank" in refused(app, secretariat, "standing.named", naming(state="TJ", rank="main")).fields


def test_a_head_in_a_rehearsal_names_nobody_and_sees_nobody(app, head, places, signed_in, secretariat):
    named(app, head)
    assert signed_in(head.id).get(f"/formats/{FORMAT}/people").status_code == 200
    places[MEETING] = replace(places[MEETING], rehearsal=True)
    assert refused(app, head, "standing.named", naming(subject="health")).kind == Kind.NOT_ALLOWED
    page = signed_in(head.id).get(f"/formats/{FORMAT}/people")
    assert page.status_code == 404
    assert f"/formats/{FORMAT}/people" not in signed_in(head.id).get("/me").text
    assert "Aliya" not in page.text
    assert named(app, secretariat, subject="travel", name="Real").seats[0].rank == "chief", "no head is left"


def test_after_the_record_is_published_its_heads_name_seats_only_until_there_is_a_chief(app, head, places):
    places[MEETING] = replace(places[MEETING], reported=True)
    named(app, head)
    assert refused(app, head, "standing.named", naming(rank="main")).kind == Kind.NOT_ALLOWED
    named(app, head, subject="health", name="Gulnara")


def test_a_standing_seat_opens_the_circle_of_its_subject_and_no_meeting(app, head):
    chief = named(app, head)
    in_the_format, at_the_meeting = chief.scope(FORMAT), chief.scope(MEETING)
    for audience in (DELEGATIONS, MEMBERS, circle("promises"), circle("promises", ["JP", "KZ"])):
        assert in_the_format.sees(audience), audience
    for audience in (circle("health"), circle("promises", ["JP"]), delegation_only("KZ"), "secretariat"):
        assert not in_the_format.sees(audience), audience
    for audience in (PARTICIPANTS, DELEGATIONS, MEMBERS, delegation_only("KZ"), circle("promises")):
        assert not at_the_meeting.sees(audience), audience
    assert chief.seat_for({Role.DELEGATE, Role.HEAD}, MEETING) is None
    assert chief.delegation_at(MEETING) == ""


def test_a_delegation_has_no_seat_in_a_format_and_an_old_one_opens_no_meeting(app, secretariat):
    inputs = {"format": FORMAT, "role": "delegate", "state": "KZ", "name": "Someone"}
    assert "role" in refused(app, secretariat, "seat.offered", inputs).fields
    old = seated(Role.DELEGATE, FORMAT, "KZ")
    assert not old.scope(MEETING).sees(delegation_only("KZ"))
    assert not old.scope(MEETING).sees(PARTICIPANTS)


def test_a_seat_is_handed_over_whole_and_its_last_holder_has_it_no_more(app, head):
    chief = named(app, head)
    seat = chief.seats[0].id
    app.door.perform(chief, "standing.tested", {"format": FORMAT})
    inputs = {"format": FORMAT, "seat": seat, "name": "Bolat", "office": "Head of Division"}
    link = app.door.perform(chief, "standing.handed_over", inputs).reply["link"]
    assert again(app, chief.id).seats == ()
    assert refused(app, again(app, chief.id), "standing.handed_over", inputs).kind == Kind.NOT_ALLOWED
    successor = take(app, link)
    assert [(own.id, own.rank, own.office) for own in successor.seats] == [(seat, "chief", "Head of Division")]
    row = seat_named(app, "Bolat")
    assert (row.tested, row.answered) == (None, None)


def test_others_hand_over_nothing(app, head):
    chief = named(app, head)
    others = [named(app, chief, rank="main", name="Bolat"), named(app, head, subject="health", name="Gulnara")]
    for other in others:
        inputs = {"format": FORMAT, "seat": chief.seats[0].id, "name": "Theirs"}
        assert refused(app, other, "standing.handed_over", inputs).kind == Kind.NOT_ALLOWED


def test_a_test_waits_for_its_answer_and_thirty_days_later_the_seat_is_silent(app, head, secretariat, clock):
    chief = named(app, head)
    answering = {"format": FORMAT, "seat": chief.seats[0].id}
    assert refused(app, chief, "standing.answered", answering).kind == Kind.OUT_OF_ORDER
    app.door.perform(secretariat, "standing.tested", {"format": FORMAT})
    assert refused(app, secretariat, "standing.tested", {"format": FORMAT}).kind == Kind.OUT_OF_ORDER
    clock.forward(days=29)
    assert not is_silent(seat_named(app, "Aliya"), clock())
    clock.forward(days=2)
    assert is_silent(seat_named(app, "Aliya"), clock())
    app.door.perform(chief, "standing.answered", answering)
    assert not is_silent(seat_named(app, "Aliya"), clock())
    assert refused(app, chief, "standing.answered", answering).kind == Kind.OUT_OF_ORDER


def test_chief_and_secretariat_are_asked_about_a_silent_seat_on_their_own_pages(app, head, clock, signed_in, places):
    link = app.door.perform(ADMINISTRATION, "seat.offered", {
        "format": FORMAT, "role": "secretariat", "name": "Office"}).reply["link"]  # fmt: skip
    people = {"secretariat": take(app, link), "chief": named(app, head)}
    people["silent"] = named(app, people["chief"], rank="main", name="Bolat")
    people["chief elsewhere"] = named(app, head, subject="health", name="Gulnara")
    app.door.perform(people["secretariat"], "standing.tested", {"format": FORMAT})
    for who in ("chief", "chief elsewhere"):
        app.door.perform(people[who], "standing.answered", {"format": FORMAT, "seat": people[who].seats[0].id})
    clock.forward(days=31)
    asked = {who: "has not answered for thirty days" in signed_in(person.id).get("/me").text
             for who, person in people.items()}  # fmt: skip
    assert asked == {"secretariat": True, "chief": True, "silent": False, "chief elsewhere": False}
    for who in ("secretariat", "chief"):
        assert f"/formats/{FORMAT}/people#standing" in signed_in(people[who].id).get("/me").text


def test_the_system_tests_twice_a_year_and_once_whoever_looks(app, head, clock):
    chief = named(app, head)
    perform_due(app)
    assert seat_named(app, "Aliya").tested is None
    clock.forward(days=183)
    for _worker in range(2):
        perform_due(app)
    tests = [entry for entry in entries(app) if entry.act == "standing.tested"]
    assert [(entry.actor, entry.body["seats"]) for entry in tests] == [(SYSTEM.id, [chief.seats[0].id])]


def test_a_seat_ends_by_itself_after_its_last_day(app, head, clock):
    last_day = clock().date().isoformat()
    chief = named(app, head, until=last_day)
    perform_due(app)
    assert again(app, chief.id).seats
    clock.forward(days=1)
    perform_due(app)
    assert again(app, chief.id).seats == ()
    assert [entry.act for entry in entries(app)].count("standing.lapsed") == 1


def test_a_last_day_that_has_passed_is_refused(app, head):
    assert "until" in refused(app, head, "standing.named", naming(until="2019-01-01")).fields


@pytest.mark.parametrize("by", ["chief", "secretariat", "holder"])
def test_a_seat_is_ended_by_the_chief_the_secretariat_or_its_holder(app, head, secretariat, by):
    chief = named(app, head)
    holder = named(app, chief, rank="main", name="Bolat")
    ending = {"format": FORMAT, "seat": holder.seats[0].id}
    other = named(app, head, subject="health", name="Gulnara")
    assert refused(app, other, "seat.vacated", ending).kind in {Kind.NOT_FOUND, Kind.NOT_ALLOWED}
    app.door.perform({"chief": chief, "secretariat": secretariat, "holder": holder}[by], "seat.vacated", ending)
    assert again(app, holder.id).seats == ()


def test_nobody_sits_for_two_states(app, head, secretariat):
    link = app.door.perform(secretariat, "standing.named", naming(state="UZ")).reply["link"]
    assert refused(app, head, "seat.taken", Taking(secret=secret_of(link))).kind == Kind.OUT_OF_ORDER


def test_who_holds_the_seats_is_read_by_delegations_and_not_by_observers_or_the_public(app, head, secretariat):
    chief = named(app, head)
    with app.database.reading() as session:
        acts = {
            who: [entry.act for entry in of_place(session, FORMAT, viewer.scope(FORMAT))]
            for who, viewer in {
                "chief": chief, "secretariat": secretariat, "public": PUBLIC_READER,
                "observer": Viewer("o", "Observer", (seated(Role.STANDING, FORMAT, "TR").seats[0],)),
            }.items()
        }  # fmt: skip
    assert acts["chief"] == ["standing.named", "seat.taken"] == acts["secretariat"][-2:]
    assert acts["public"] == acts["observer"] == []


def test_a_format_has_a_live_line_and_it_carries_what_each_reader_may_see(app, head, secretariat):
    chief = named(app, head)
    readers = {"chief": chief, "secretariat": secretariat, "public": PUBLIC_READER}
    lines = {
        (who, place): Listener(place, viewer.scope(place), "en", "", viewer.id, {})
        for who, viewer in readers.items() for place in (FORMAT, MEETING)
    }  # fmt: skip
    for line in lines.values():
        app.tail.join(line)
    app.tail.publish(entries(app))
    received = {key for key, line in lines.items() if b"standing.named" in b"".join(line.waiting)}
    assert received == {("chief", FORMAT), ("secretariat", FORMAT)}


def entries(app):
    with app.database.reading() as session:
        return entries_after(session, 0)
