"""A misspelt name, a new office, another role: a seat is corrected with a reason, and its holder keeps the passkey."""

from typing import Any

import pytest
from lxml import html
from sqlalchemy import select
from tests.convened_meeting import seated

from suhbat.acts.roles_and_seats import Role
from suhbat.ground.refusals import Kind, Refused
from suhbat.people.models import Passkey, Person, SeatRow
from suhbat.people.passkeys import registration_options
from suhbat.people.queries import actor_for
from suhbat.people.tests.authenticator import SoftKey
from suhbat.people.tests.conftest import ELSEWHERE, MEETING
from suhbat.record.reading import entries_after

PEOPLE = f"/meetings/{MEETING}/people"


@pytest.fixture
def desk(sit, signed_in):
    """The browser of someone in the meeting's secretariat."""
    return signed_in(sit("Tokyo Secretariat", Role.SECRETARIAT).id)


def forms(browser, path):
    page: Any = html.fromstring(browser.get(path).text)
    return {form.fields["seat"]: form for form in page.forms if form.get("action", "").endswith("/acts/seat.corrected")}


def send(browser, path, seat, **values):
    form = forms(browser, path)[seat]
    return browser.post(form.get("action"), data={**dict(form.form_values()), **values})


def seat_of(app, name):
    with app.database.reading() as session:
        return session.scalars(select(SeatRow).where(SeatRow.name == name)).one()


def person_of(app, person):
    with app.database.reading() as session:
        return session.get_one(Person, person.id)


def refusal(app, actor, **inputs):
    with pytest.raises(Refused) as refused:
        app.door.perform(actor, "seat.corrected", {"meeting": MEETING, "reason": "A mistake", **inputs})
    return refused.value


def keep_passkey(app, person):
    with app.database.reading() as session:
        options = registration_options(session, app.settings, session.get_one(Person, person.id), app.clock())
    app.door.perform(person, "passkey.kept", {"credential": SoftKey(name=b"mine").create(options), "device": ""})


def test_a_misspelt_name_and_office_are_corrected_and_the_passkey_stays(app, desk, sit):
    minister = sit("Muhtar Tileuberdy", Role.HEAD, "KZ", office="Minister")
    keep_passkey(app, minister)
    seat = minister.seats[0].id
    answer = send(
        desk, PEOPLE, seat, name="Mukhtar Tileuberdi", office="Minister of Foreign Affairs", reason="Note 12 of Astana"
    )
    assert "Mukhtar Tileuberdi" in answer.text
    assert "Muhtar Tileuberdy" not in answer.text
    assert person_of(app, minister).name == "Mukhtar Tileuberdi"
    assert person_of(app, minister).sign_outs == 0
    with app.database.reading() as session:
        assert not session.scalars(select(Passkey)).one().revoked
        entries = entries_after(session, 0)
    corrected = entries[-1]
    assert corrected.body["reason"] == "Note 12 of Astana"
    assert corrected.body["was_name"] == "Muhtar Tileuberdy"
    assert [entry.name for entry in entries if entry.act == "passkey.kept"] == ["Muhtar Tileuberdy"]


def test_a_letter_that_is_out_stays_good_for_the_corrected_seat(app, desk, invite, client):
    secret = invite("Aida", Role.DELEGATE, "KZ")
    send(desk, PEOPLE, seat_of(app, "Aida").id, name="Aida Umarova", role="adviser", reason="Her new post")
    desk.cookies.clear()
    page = client.get(f"/invitations/{secret}").text
    assert "Aida Umarova" in page
    assert "Adviser" in page
    client.post(f"/invitations/{secret}")
    seat = seat_of(app, "Aida Umarova")
    assert (seat.role, bool(seat.person)) == ("adviser", True)


def test_a_correction_needs_a_reason_and_a_difference(app, desk, sit):
    seat = sit("Aida", Role.DELEGATE, "KZ").seats[0].id
    assert send(desk, PEOPLE, seat, name="Aida Umarova", reason=" ").status_code == 422
    assert "Nothing was changed." in send(desk, PEOPLE, seat, reason="None").text
    assert seat_of(app, "Aida").office == ""


def test_a_delegation_has_one_head_after_a_correction_too(app, sit, secretariat):
    sit("Present Head", Role.HEAD, "KZ")
    deputy, other = sit("Deputy", Role.ALTERNATE, "KZ"), sit("Japanese Deputy", Role.ALTERNATE, "JP")
    faults = refusal(app, secretariat, seat=deputy.seats[0].id, name="Deputy", role="head").fields
    assert "Present Head" in str(faults["role"])
    app.door.perform(secretariat, "seat.corrected", {
        "meeting": MEETING, "seat": other.seats[0].id, "name": "Japanese Deputy", "role": "head", "reason": "Heads now",
    })  # fmt: skip
    with app.database.reading() as session:
        assert [seat.role for seat in actor_for(session, other.id).seats] == [Role.HEAD]


def test_a_role_is_given_only_where_it_fits(app, sit, secretariat):
    observer = sit("Observer", Role.OBSERVER).seats[0].id
    assert "role" in refusal(app, secretariat, seat=observer, name="Observer", role="delegate").fields
    for role in ("administrator", "standing", "editor"):
        assert "role" in refusal(app, secretariat, seat=observer, name="Observer", role=role).fields
    organiser = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    own = organiser.seats[0].id
    assert "role" in refusal(app, organiser, seat=own, name="Kazakh Organiser", role="chair").fields
    adviser = sit("Adviser", Role.ADVISER, "KZ").seats[0].id
    app.door.perform(organiser, "seat.corrected", {
        "meeting": MEETING, "seat": adviser, "name": "Adviser", "role": "alternate", "reason": "Stands in",
    })  # fmt: skip
    foreign = sit("Japanese Adviser", Role.ADVISER, "JP").seats[0].id
    assert refusal(app, organiser, seat=foreign, name="Renamed").kind == Kind.NOT_FOUND
    interpreter = {
        "meeting": MEETING,
        "seat": own,
        "name": "Kazakh Organiser",
        "role": "interpreter",
        "reason": "Helps",
    }
    app.door.perform(secretariat, "seat.corrected", interpreter)
    assert not seat_of(app, "Kazakh Organiser").organiser


def test_a_holder_corrects_the_own_office_and_no_name(app, sit, signed_in):
    delegate = sit("Aida", Role.DELEGATE, "KZ")
    seat = delegate.seats[0].id
    assert refusal(app, delegate, seat=seat, name="The President").kind == Kind.INVALID
    assert "role" in refusal(app, delegate, seat=seat, name="Aida", role="head").fields
    browser = signed_in(delegate.id)
    assert "Correct your office" in browser.get("/me").text
    send(browser, "/me", seat, office="Counsellor", reason="Promoted")
    assert seat_of(app, "Aida").office == "Counsellor"
    other = sit("Bakyt", Role.DELEGATE, "KZ").seats[0].id
    assert refusal(app, delegate, seat=other, name="Bakyt", office="Clerk").kind == Kind.NOT_FOUND


def test_a_person_with_seats_elsewhere_is_not_renamed_by_one_secretariat(app, sit, secretariat, invite):
    busy = sit("Busy Adviser", Role.ADVISER, "KZ")
    secret = invite("Busy Adviser", Role.INTERPRETER, meeting=ELSEWHERE, by=seated(Role.SECRETARIAT, ELSEWHERE))
    app.door.perform(busy, "seat.taken", {"secret": secret})
    correction = {"meeting": MEETING, "seat": busy.seats[0].id, "name": "Other Person", "reason": "As here"}
    app.door.perform(secretariat, "seat.corrected", correction)
    assert seat_of(app, "Other Person").person == busy.id
    assert person_of(app, busy).name == "Busy Adviser"


def test_the_list_of_one_and_of_three_seats_takes_the_same_number_of_queries(desk, sit, count_queries):
    sit("Person 0", Role.DELEGATE, "KZ")
    one = count_queries(lambda: desk.get(PEOPLE))
    for number in (1, 2):
        sit(f"Person {number}", Role.DELEGATE, "KZ")
    assert count_queries(lambda: desk.get(PEOPLE)) == one
