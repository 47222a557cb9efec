"""The rules accept what a page offers and refuse all else: seats, letters and devices."""

from dataclasses import replace
from typing import Any

import pytest
from lxml import html
from sqlalchemy import select
from tests.convened_meeting import seated

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, Role
from suhbat.ground.refusals import Refused
from suhbat.people import passkey_acts
from suhbat.people.models import Passkey, SeatRow
from suhbat.people.passkeys import registration_options
from suhbat.people.queries import actor_for
from suhbat.people.rehearsal_seats import rehearsed, sitting
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.people.tests.authenticator import SoftKey
from suhbat.people.tests.conftest import ELSEWHERE, MEETING, secret_of


def accepted(app, actor, act, **inputs):
    try:
        app.door.perform(actor, act, inputs)
    except Refused:
        return False
    return True


def forms(browser, path, action):
    """The values of each form of a page that posts to this action."""
    page: Any = html.fromstring(browser.get(path).text)
    return [dict(form.form_values()) for form in page.forms if form.get("action") == action]


def present_actor(app, person):
    with app.database.reading() as session:
        return actor_for(session, person)


def take(app, link, actor=PUBLIC_READER):
    person = app.door.perform(actor, "seat.taken", {"secret": link.rpartition("/")[2]}).reply["person"]
    return present_actor(app, person)


@pytest.fixture
def viewers(app, sit, invite, clock):
    """Viewers at a meeting with seats that are taken, offered, expired, or held by people with seats elsewhere."""
    viewers = {
        "secretariat": sit("Tokyo Secretariat", Role.SECRETARIAT),
        "organiser": sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True),
        "delegate": sit("Plain Delegate", Role.DELEGATE, "KZ"),
    }
    invite("Forgotten Expert", Role.DELEGATE, "JP", days=1)
    clock.forward(days=2)
    invite("Interpreter", Role.INTERPRETER)
    invite("Quiet Adviser", Role.ADVISER, "KZ", by=viewers["organiser"])
    busy = sit("Busy Adviser", Role.ADVISER, "KZ")
    elsewhere = {"meeting": ELSEWHERE, "role": "interpreter", "name": "Busy Adviser"}
    other_secretariat = seated(Role.SECRETARIAT, ELSEWHERE)
    take(app, app.door.perform(other_secretariat, "seat.offered", elsewhere).reply["link"], busy)
    lost = {"meeting": MEETING, "seat": viewers["delegate"].seats[0].id}
    app.door.perform(viewers["organiser"], "seat.renewed", lost)
    link = app.door.perform(ADMINISTRATION, "administrator.named", {"name": "Administrator"}).reply["link"]
    viewers["administrator"] = take(app, link)
    app.door.perform(
        viewers["administrator"],
        "seat.offered",
        {"meeting": MEETING, "role": "secretariat", "name": "Second Secretary"},
    )
    return viewers


@pytest.mark.parametrize("viewer", ["secretariat", "organiser", "administrator"])
@pytest.mark.parametrize("act", ["seat.renewed", "seat.revoked", "seat.vacated"])
def test_the_list_offers_at_each_seat_exactly_what_is_accepted(app, viewers, signed_in, viewer, act):
    browser = signed_in(viewers[viewer].id)
    offered = {form["seat"] for form in forms(browser, f"/meetings/{MEETING}/people", f"/acts/{act}")}
    with app.database.reading() as session:
        query = select(SeatRow.id, SeatRow.name).where(SeatRow.place == MEETING, SeatRow.vacated.is_(False))
        seats = dict(session.execute(query).all())
    assert offered <= seats.keys()
    names = {seats[seat] for seat in offered}
    assert {
        name for seat, name in seats.items() if accepted(app, viewers[viewer], act, meeting=MEETING, seat=seat)
    } == names
    assert names
    assert (act, viewer) != ("seat.renewed", "organiser") or "Busy Adviser" not in names


@pytest.mark.parametrize("over", [False, True])
def test_invitations_are_offered_as_long_as_they_are_accepted(app, viewers, signed_in, places, over):
    places[MEETING] = replace(places[MEETING], over=over)
    browser = signed_in(viewers["secretariat"].id)
    page = browser.get(f"/meetings/{MEETING}/people").text
    inputs = {"meeting": MEETING, "role": "observer", "name": "An Observer"}
    assert ("/acts/seat.offered" in page, "#invite" in page) == (not over, not over)
    assert accepted(app, viewers["secretariat"], "seat.offered", **inputs) == (not over)


@pytest.fixture
def letters(app, invite, sit, secretariat, clock):
    """By the fate of a letter: its secret, and the person who uses it."""
    kazakh = sit("Aida", Role.DELEGATE, "KZ")
    used = invite("Early Bird", Role.DELEGATE, "KZ")
    take(app, used)
    expired = invite("Late", Role.DELEGATE, "KZ", days=1)
    clock.forward(days=2)
    revoked = invite("Unwanted", Role.DELEGATE, "KZ")
    with app.database.reading() as session:
        unwanted = session.scalars(select(SeatRow.id).where(SeatRow.name == "Unwanted")).one()
    app.door.perform(secretariat, "seat.revoked", {"meeting": MEETING, "seat": unwanted})
    renewal = {"meeting": MEETING, "seat": sit("Bakyt", Role.DELEGATE, "KG").seats[0].id}
    renewed = secret_of(app.door.perform(secretariat, "seat.renewed", renewal).reply["link"])
    fresh = invite("Newcomer", Role.DELEGATE, "KZ")
    return {
        "fresh": (fresh, PUBLIC_READER),
        "fresh, the same delegation": (fresh, kazakh),
        "used": (used, PUBLIC_READER),
        "expired": (expired, PUBLIC_READER),
        "revoked": (revoked, PUBLIC_READER),
        "renewed": (renewed, PUBLIC_READER),
        "renewed, for another": (renewed, kazakh),
        "another delegation": (invite("Someone", Role.DELEGATE, "JP"), kazakh),
    }


@pytest.mark.parametrize(
    ("fate", "works"),
    [
        ("fresh", True), ("fresh, the same delegation", True), ("renewed", True), ("used", False), ("expired", False),
        ("revoked", False), ("renewed, for another", False), ("another delegation", False),
    ],
)  # fmt: skip
def test_a_letter_offers_its_seat_to_those_who_may_take_it(app, letters, client, signed_in, fate, works):
    secret, reader = letters[fate]
    browser = signed_in(reader.id) if reader.id else client
    path = f"/invitations/{secret}"
    assert bool(forms(browser, path, path)) == works
    assert fate != "another delegation" or "You sit here for another delegation." in browser.get(path).text
    assert accepted(app, reader, "seat.taken", secret=secret) == works


def test_every_own_seat_can_be_given_up_on_the_own_page(app, sit, signed_in):
    person = sit("Aida", Role.DELEGATE, "KZ")
    link = app.door.perform(ADMINISTRATION, "editor.named", {"name": "Aida"}).reply["link"]
    take(app, link, person)
    offered = forms(signed_in(person.id), "/me", "/acts/seat.vacated")
    assert len(offered) == 2
    for form in offered:
        inputs = {name: form[name] for name in ("meeting", "seat") if name in form}
        assert accepted(app, present_actor(app, person.id), "seat.vacated", **inputs)
        assert not accepted(app, present_actor(app, person.id), "seat.vacated", **inputs)
    assert forms(signed_in(person.id), "/me", "/acts/seat.vacated") == []


@pytest.mark.parametrize("maximum", [1, 2])
def test_a_further_device_is_offered_until_there_are_too_many(app, sit, signed_in, monkeypatch, maximum):
    monkeypatch.setattr(passkey_acts, "MAX_DEVICES", maximum)
    person = sit("Aida", Role.DELEGATE, "KZ")
    browser = signed_in(person.id)

    def keeps(name):
        with app.database.reading() as session:
            options = registration_options(session, app.settings, person, app.clock())
        return accepted(app, person, "passkey.kept", credential=SoftKey(name=name).create(options))

    for number in range(3):
        offered = 'data-passkey="keep"' in browser.get("/me").text
        assert keeps(bytes([number])) == offered == (number < maximum)


def test_a_device_is_offered_to_its_owner_and_to_nobody_else(app, sit, signed_in):
    owner, stranger = sit("Aida", Role.DELEGATE, "KZ"), sit("Bakyt", Role.DELEGATE, "KG")
    with app.database.reading() as session:
        options = registration_options(session, app.settings, owner, app.clock())
    app.door.perform(owner, "passkey.kept", {"credential": SoftKey().create(options)})
    for person, owns in ((stranger, False), (PUBLIC_READER, False), (owner, True)):
        with app.database.reading() as session:
            passkey = session.scalars(select(Passkey)).one()
            for act in ("passkey.named", "passkey.revoked"):
                assert app.door.offers(person, act, INSTALLATION_PLACE, passkey) == owns
        if person.id:
            assert bool(forms(signed_in(person.id), "/me", "/acts/passkey.named")) == owns
            assert bool(forms(signed_in(person.id), "/me", "/me/passkeys/remove")) == owns
        assert accepted(app, person, "passkey.named", passkey=passkey.id, device="Telephone") == owns
        assert accepted(app, person, "passkey.revoked", passkey=passkey.id) == owns


def test_signing_out_and_naming_are_offered_to_those_who_may_do_it(app, sit):
    delegate = sit("Aida", Role.DELEGATE, "KZ")
    link = app.door.perform(ADMINISTRATION, "administrator.named", {"name": "Root"}).reply["link"]
    administrator = take(app, link)
    allowed = {
        "person.signed_out": {delegate, administrator},
        "editor.named": {administrator, ADMINISTRATION},
        "administrator.named": {ADMINISTRATION},
    }
    for act, people in allowed.items():
        inputs = {} if act == "person.signed_out" else {"name": "Someone"}
        for person in (PUBLIC_READER, delegate, administrator, ADMINISTRATION):
            if (act, person) != ("person.signed_out", ADMINISTRATION):  # the operator is no person, and sees no page
                assert app.door.offers(person, act, INSTALLATION_PLACE) == (person in people), (act, person.name)
            assert accepted(app, person, act, **inputs) == (person in people), (act, person.name)


def test_a_seat_of_a_rehearsal_is_offered_until_someone_sits_there(app):
    for free in (True, False):
        with app.database.reading() as session:
            place, sitter = rehearsed(session, MEETING), sitting(session, MEETING, "KZ")
        assert app.door.offers(PUBLIC_READER, "rehearsal.seat_taken", place, sitter) == free
        assert accepted(app, PUBLIC_READER, "rehearsal.seat_taken", meeting=MEETING, seat="KZ") == free
