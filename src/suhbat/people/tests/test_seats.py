"""Getting a seat: by a personal link that works once, from people who may invite to it."""

import hashlib

import pytest
from sqlalchemy import select, text
from tests.convened_meeting import seated

from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, Role
from suhbat.ground.refusals import Kind, Refused
from suhbat.people.models import SeatRow
from suhbat.people.queries import actor_for, seats_at
from suhbat.people.seat_inputs import OfSeat
from suhbat.people.seat_letters import Renewal
from suhbat.people.seat_managers import standing
from suhbat.people.seats import Offer, Taking
from suhbat.record.reading import entries_after, of_place

MEETING, ELSEWHERE = "ca-japan/2020-08-11-special", "ca-us/2020-06-30"


def refusal(app, actor, name, inputs):
    with pytest.raises(Refused) as refused:
        app.door.perform(actor, name, inputs)
    return refused.value


def entries(app):
    with app.database.reading() as session:
        return entries_after(session, 0)


def seat_at(app, name):
    with app.database.reading() as session:
        return session.scalars(select(SeatRow.id).where(SeatRow.name == name).order_by(SeatRow.id.desc())).first()


def present_actor(app, person):
    with app.database.reading() as session:
        return actor_for(session, person.id)


def test_who_has_the_link_takes_the_seat_and_becomes_a_person(app, sit):
    minister = sit("Mukhtar Tileuberdi", Role.HEAD, "KZ", office="Minister of Foreign Affairs")
    (seat,) = minister.seats
    assert (minister.name, seat.role, seat.place, seat.state, seat.office) == (
        "Mukhtar Tileuberdi", Role.HEAD, MEETING, "KZ", "Minister of Foreign Affairs",
    )  # fmt: skip
    assert minister.delegation_at(MEETING) == "KZ"


def test_the_record_has_the_hash_of_the_secret_and_no_address(app, invite):
    secret = invite("Aida", state="KG", mail="aida.private@example.kg")
    (entry,) = entries(app)
    content = str(entry.content())
    assert entry.body["invitation"]["secret_hash"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in content
    assert "aida.private" not in content


def test_a_link_works_once(app, invite):
    secret = invite("Aida", state="KG")
    app.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret))
    assert refusal(app, PUBLIC_READER, "seat.taken", Taking(secret=secret)).kind == Kind.CONFLICT


def test_a_link_expires_after_the_days_that_were_set(app, invite, clock):
    early, late = invite("Aida", state="KG", days=3), invite("Bakyt", state="KG")
    clock.forward(days=4)
    assert "expired" in str(refusal(app, PUBLIC_READER, "seat.taken", Taking(secret=early)).why)
    app.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=late))
    clock.forward(days=11)


def test_a_revoked_link_does_not_work_and_its_seat_is_deleted(app, invite, secretariat):
    secret = invite("Aida", state="KG")
    inputs = OfSeat(meeting=MEETING, seat=seat_at(app, "Aida"))
    app.door.perform(secretariat, "seat.revoked", inputs)
    assert "revoked" in str(refusal(app, PUBLIC_READER, "seat.taken", Taking(secret=secret)).why)
    assert refusal(app, secretariat, "seat.revoked", inputs).kind == Kind.OUT_OF_ORDER


def test_an_unknown_secret_is_refused(app):
    assert refusal(app, PUBLIC_READER, "seat.taken", Taking(secret="x" * 43)).kind == Kind.NOT_FOUND


def test_an_organiser_invites_for_the_own_delegation_and_only_for_it(app, sit, invite):
    almaty = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    invite("Own Adviser", Role.ADVISER, "KZ", by=almaty)
    forged = Offer(meeting=MEETING, name="Forged", role=Role.DELEGATE, state="JP")
    assert refusal(app, almaty, "seat.offered", forged).kind == Kind.NOT_ALLOWED
    for role in (Role.SECRETARIAT, Role.CHAIR, Role.INTERPRETER, Role.NOTE_TAKER, Role.ADMINISTRATOR, Role.SYSTEM):
        inputs = Offer(meeting=MEETING, name="Forged", role=role, state="KZ")
        assert "role" in refusal(app, almaty, "seat.offered", inputs).fields
    away = Offer(meeting=ELSEWHERE, name="Forged", role=Role.DELEGATE, state="KZ")
    assert refusal(app, almaty, "seat.offered", away).kind == Kind.NOT_ALLOWED
    assert seat_at(app, "Forged") is None


def test_the_organiser_has_the_key_that_programs_know(app, secretariat):
    """The act's input, the entry and the table have always had the key `focal_point`, and no rename changes that."""
    inputs = {"meeting": MEETING, "role": "delegate", "name": "Kazakh Organiser", "state": "KZ", "focal_point": True}
    app.door.perform(secretariat, "seat.offered", inputs)
    assert entries(app)[-1].body["seat"]["focal_point"] is True
    with app.database.reading() as session:
        assert session.scalars(text("SELECT focal_point FROM seat WHERE name = 'Kazakh Organiser'")).all() == [1]
    assert "organiser" in refusal(app, secretariat, "seat.offered", {**inputs, "organiser": True}).fields
    observer = {**inputs, "role": "observer", "name": "An Observer"}
    assert "focal_point" in refusal(app, secretariat, "seat.offered", observer).fields


def test_a_seat_in_one_format_is_no_seat_in_another_even_if_the_form_names_both(app, places):
    tokyo = seated(Role.SECRETARIAT, "ca-japan")
    both = Offer(meeting=ELSEWHERE, format="ca-japan", name="Forged", role=Role.DELEGATE, state="KZ")
    assert refusal(app, tokyo, "seat.offered", both).kind == Kind.NOT_ALLOWED


def test_a_delegate_who_is_no_organiser_invites_nobody(app, sit):
    delegate = sit("Plain Delegate", Role.DELEGATE, "KZ")
    inputs = Offer(meeting=MEETING, name="Friend", role=Role.DELEGATE, state="KZ")
    assert refusal(app, delegate, "seat.offered", inputs).kind == Kind.NOT_ALLOWED


def test_only_the_own_delegation_sees_an_organisers_invitation_until_the_seat_is_taken(app, sit, invite, secretariat):
    almaty = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    tokyo = sit("Japanese Organiser", Role.DELEGATE, "JP", organiser=True)
    secret = invite("Quiet Adviser", Role.ADVISER, "KZ", by=almaty)

    def visible(actor):
        with app.database.reading() as session:
            listed = seats_at(session, standing(session, actor, MEETING), app.clock())
            record = of_place(session, MEETING, actor.scope(MEETING))
            return str([seat.row.name for seat in listed]) + str([entry.content() for entry in record])

    assert "Quiet Adviser" in visible(almaty)
    assert "Quiet Adviser" not in visible(tokyo)
    assert "Quiet Adviser" not in visible(secretariat)
    app.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret))
    assert "Quiet Adviser" in visible(secretariat)
    assert "Quiet Adviser" not in visible(tokyo)


def test_a_delegation_has_one_head(app, sit, secretariat):
    sit("Mukhtar Tileuberdi", Role.HEAD, "KZ")
    second = Offer(meeting=MEETING, name="Second", role=Role.HEAD, state="KZ")
    assert "Mukhtar Tileuberdi" in str(refusal(app, secretariat, "seat.offered", second).why)
    app.door.perform(secretariat, "seat.vacated", OfSeat(meeting=MEETING, seat=seat_at(app, "Mukhtar Tileuberdi")))
    app.door.perform(secretariat, "seat.offered", second)


def test_a_state_that_is_not_invited_has_no_seats(app, secretariat):
    inputs = Offer(meeting=MEETING, name="Someone", role=Role.HEAD, state="CN")
    assert "state" in refusal(app, secretariat, "seat.offered", inputs).fields


def test_nobody_sits_for_two_delegations_at_one_meeting(app, sit, invite):
    kazakh = sit("Aida", Role.DELEGATE, "KZ")
    secret = invite("Someone Else", Role.DELEGATE, "JP")
    assert refusal(app, kazakh, "seat.taken", Taking(secret=secret)).kind == Kind.OUT_OF_ORDER
    assert present_actor(app, kazakh).delegation_at(MEETING) == "KZ"


def test_someone_who_is_signed_in_takes_a_further_seat_as_the_same_person(app, sit, invite):
    kazakh = sit("Aida", Role.DELEGATE, "KZ")
    app.door.perform(kazakh, "seat.taken", Taking(secret=invite("Aida", Role.NOTE_TAKER)))
    assert [seat.role for seat in present_actor(app, kazakh).seats] == [Role.DELEGATE, Role.NOTE_TAKER]


def test_who_lost_the_device_signs_in_as_the_same_person_with_a_new_letter(app, sit, clock):
    almaty = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    minister = sit("Mukhtar Tileuberdi", Role.HEAD, "KZ")
    inputs = Renewal(meeting=MEETING, seat=minister.seats[0].id)
    first = app.door.perform(almaty, "seat.renewed", inputs)
    second = app.door.perform(almaty, "seat.renewed", inputs)
    for done in (first, second):
        assert done.entry.audience == f"person:{minister.id}"
    secrets = [done.reply["link"].rsplit("/", 1)[1] for done in (first, second)]
    assert "revoked" in str(refusal(app, PUBLIC_READER, "seat.taken", Taking(secret=secrets[0])).why)
    assert refusal(app, almaty, "seat.taken", Taking(secret=secrets[1])).kind == Kind.NOT_ALLOWED
    assert app.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secrets[1])).reply["person"] == minister.id


def test_a_new_letter_needs_the_right_to_manage_every_seat_of_the_person(app, sit, secretariat):
    """An organiser must not be able to sign in as a colleague with seats elsewhere. A secretariat neither."""
    almaty = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    delegate = sit("Aida", Role.DELEGATE, "KZ")
    elsewhere = seated(Role.SECRETARIAT, ELSEWHERE)
    offer = Offer(meeting=ELSEWHERE, role=Role.INTERPRETER, name="Aida")
    link = app.door.perform(elsewhere, "seat.offered", offer).reply["link"]
    app.door.perform(delegate, "seat.taken", Taking(secret=link.rsplit("/", 1)[1]))
    inputs = Renewal(meeting=MEETING, seat=delegate.seats[0].id)
    assert refusal(app, almaty, "seat.renewed", inputs).kind == Kind.NOT_ALLOWED
    assert refusal(app, secretariat, "seat.renewed", inputs).kind == Kind.NOT_ALLOWED
    app.door.perform(ADMINISTRATION, "seat.renewed", inputs)


def test_a_seat_of_another_delegation_is_not_found(app, sit):
    almaty = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    japanese = sit("Motegi", Role.HEAD, "JP")
    for name in ("seat.renewed", "seat.revoked", "seat.vacated"):
        inputs = (Renewal if name == "seat.renewed" else OfSeat)(meeting=MEETING, seat=japanese.seats[0].id)
        assert refusal(app, almaty, name, inputs).kind == Kind.NOT_FOUND


def test_a_seat_can_be_given_up_by_its_holder(app, sit):
    delegate = sit("Aida", Role.DELEGATE, "KZ")
    app.door.perform(delegate, "seat.vacated", OfSeat(meeting=MEETING, seat=delegate.seats[0].id))
    assert present_actor(app, delegate).seats == ()


def test_administrators_are_named_on_the_command_line_only_and_appoint_secretariats(app):
    link = app.door.perform(ADMINISTRATION, "administrator.named", {"name": "Root of the Ministry"}).reply["link"]
    person = app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rsplit("/", 1)[1]}).reply["person"]
    with app.database.reading() as session:
        administrator = actor_for(session, person)
    assert refusal(app, administrator, "administrator.named", {"name": "Friend"}).kind == Kind.NOT_ALLOWED
    app.door.perform(administrator, "editor.named", {"name": "An Editor"})
    inputs = Offer(format="ca-japan", role=Role.SECRETARIAT, name="Tokyo")
    app.door.perform(administrator, "seat.offered", inputs)
    head = Offer(format="ca-japan", role=Role.HEAD, state="JP", name="Tokyo")
    assert "role" in refusal(app, administrator, "seat.offered", head).fields


@pytest.mark.parametrize("name", ["Ai\u202eda", "Ai\u200bda", "A\x00b", " "])
def test_a_name_has_no_invisible_characters(app, secretariat, name):
    inputs = Offer(meeting=MEETING, role=Role.DELEGATE, state="KZ", name=name)
    assert "name" in refusal(app, secretariat, "seat.offered", inputs).fields


@pytest.mark.parametrize("mail", ["nobody", "a@b\r\nBcc: x@y.z", "a b@c.d", "<a@b.c>", "a@b.c,d@e.f"])
def test_an_invalid_mail_address_is_refused(app, secretariat, mail):
    inputs = Offer(meeting=MEETING, role=Role.DELEGATE, state="KZ", name="Aida", mail=mail)
    assert "mail" in refusal(app, secretariat, "seat.offered", inputs).fields
