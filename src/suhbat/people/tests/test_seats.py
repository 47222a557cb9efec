"""How a person comes to a seat: by a personal link that works once, from those who may invite to it."""

import hashlib

import pytest
from sqlalchemy import select, text
from tests.convened import seated

from suhbat.acts.actors import ADMINISTRATION, PUBLIC_READER, Role
from suhbat.ground.refusals import Kind, Refused
from suhbat.people.models import SeatRow
from suhbat.people.queries import actor_for, seats_at
from suhbat.people.seat_rights import standing
from suhbat.people.seats import Offer, OfSeat, Renewal, Taking
from suhbat.record.reading import after, of_meeting

MEETING, ELSEWHERE = "ca-japan/2020-08-11-special", "ca-us/2020-06-30"


def refusal(house, actor, name, wish):
    with pytest.raises(Refused) as refused:
        house.door.perform(actor, name, wish)
    return refused.value


def entries(house):
    with house.database.reading() as session:
        return after(session, 0)


def seat_at(house, name):
    with house.database.reading() as session:
        return session.scalars(select(SeatRow.id).where(SeatRow.name == name).order_by(SeatRow.id.desc())).first()


def again(house, person):
    with house.database.reading() as session:
        return actor_for(session, person.id)


def test_whoever_holds_the_link_takes_the_seat_and_is_a_person_of_the_house_from_then_on(house, sit):
    minister = sit("Mukhtar Tileuberdi", Role.HEAD, "KZ", office="Minister of Foreign Affairs")
    (seat,) = minister.seats
    assert (minister.name, seat.role, seat.place, seat.state, seat.office) == (
        "Mukhtar Tileuberdi", Role.HEAD, MEETING, "KZ", "Minister of Foreign Affairs",
    )  # fmt: skip
    assert minister.delegation_at(MEETING) == "KZ"


def test_the_record_holds_the_hash_of_the_secret_and_no_address(house, invite):
    secret = invite("Aida", state="KG", mail="aida.private@example.kg")
    (entry,) = entries(house)
    told = str(entry.content())
    assert entry.body["invitation"]["secret_hash"] == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in told
    assert "aida.private" not in told


def test_a_link_works_once(house, invite):
    secret = invite("Aida", state="KG")
    house.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret))
    assert refusal(house, PUBLIC_READER, "seat.taken", Taking(secret=secret)).kind == Kind.CONFLICT


def test_a_link_expires_after_the_days_that_were_set(house, invite, clock):
    early, late = invite("Aida", state="KG", days=3), invite("Bakyt", state="KG")
    clock.forward(days=4)
    assert "expired" in str(refusal(house, PUBLIC_READER, "seat.taken", Taking(secret=early)).why)
    house.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=late))
    clock.forward(days=11)


def test_a_revoked_link_works_no_more_and_its_seat_is_gone(house, invite, secretariat):
    secret = invite("Aida", state="KG")
    wish = OfSeat(meeting=MEETING, seat=seat_at(house, "Aida"))
    house.door.perform(secretariat, "seat.revoked", wish)
    assert "revoked" in str(refusal(house, PUBLIC_READER, "seat.taken", Taking(secret=secret)).why)
    assert refusal(house, secretariat, "seat.revoked", wish).kind == Kind.OUT_OF_ORDER


def test_a_secret_that_nobody_made_opens_nothing(house):
    assert refusal(house, PUBLIC_READER, "seat.taken", Taking(secret="x" * 43)).kind == Kind.NOT_FOUND


def test_an_organiser_invites_for_the_own_delegation_and_only_for_it(house, sit, invite):
    almaty = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    invite("Own Adviser", Role.ADVISER, "KZ", by=almaty)
    forged = Offer(meeting=MEETING, name="Forged", role=Role.DELEGATE, state="JP")
    assert refusal(house, almaty, "seat.offered", forged).kind == Kind.NOT_ALLOWED
    for role in (Role.SECRETARIAT, Role.CHAIR, Role.INTERPRETER, Role.NOTE_TAKER, Role.ADMINISTRATOR, Role.SYSTEM):
        wish = Offer(meeting=MEETING, name="Forged", role=role, state="KZ")
        assert "role" in refusal(house, almaty, "seat.offered", wish).fields
    away = Offer(meeting=ELSEWHERE, name="Forged", role=Role.DELEGATE, state="KZ")
    assert refusal(house, almaty, "seat.offered", away).kind == Kind.NOT_ALLOWED
    assert seat_at(house, "Forged") is None


def test_who_is_called_organiser_is_kept_and_asked_for_by_the_name_that_programs_know(house, secretariat):
    """The act's input, the entry and the table say `focal_point` since the first day, and no rename changes that."""
    given = {"meeting": MEETING, "role": "delegate", "name": "Kazakh Organiser", "state": "KZ", "focal_point": True}
    house.door.perform(secretariat, "seat.offered", given)
    assert entries(house)[-1].body["seat"]["focal_point"] is True
    with house.database.reading() as session:
        assert session.scalars(text("SELECT focal_point FROM seat WHERE name = 'Kazakh Organiser'")).all() == [1]
    assert "organiser" in refusal(house, secretariat, "seat.offered", {**given, "organiser": True}).fields
    observer = {**given, "role": "observer", "name": "An Observer"}
    assert "focal_point" in refusal(house, secretariat, "seat.offered", observer).fields


def test_a_seat_in_one_format_is_no_seat_in_another_even_if_the_form_names_both(house, places):
    tokyo = seated(Role.SECRETARIAT, "ca-japan")
    both = Offer(meeting=ELSEWHERE, format="ca-japan", name="Forged", role=Role.DELEGATE, state="KZ")
    assert refusal(house, tokyo, "seat.offered", both).kind == Kind.NOT_ALLOWED


def test_a_delegate_without_that_charge_invites_nobody(house, sit):
    delegate = sit("Plain Delegate", Role.DELEGATE, "KZ")
    wish = Offer(meeting=MEETING, name="Friend", role=Role.DELEGATE, state="KZ")
    assert refusal(house, delegate, "seat.offered", wish).kind == Kind.NOT_ALLOWED


def test_what_an_organiser_prepares_is_the_own_delegations_business_until_the_seat_is_taken(
    house, sit, invite, secretariat
):
    almaty = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    tokyo = sit("Japanese Organiser", Role.DELEGATE, "JP", organiser=True)
    secret = invite("Quiet Adviser", Role.ADVISER, "KZ", by=almaty)

    def told(actor):
        with house.database.reading() as session:
            listed = seats_at(session, standing(session, actor, MEETING), house.door.clock)
            record = of_meeting(session, MEETING, actor.scope(MEETING))
            return str([seat.row.name for seat in listed]) + str([entry.content() for entry in record])

    assert "Quiet Adviser" in told(almaty)
    assert "Quiet Adviser" not in told(tokyo)
    assert "Quiet Adviser" not in told(secretariat)
    house.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret))
    assert "Quiet Adviser" in told(secretariat)
    assert "Quiet Adviser" not in told(tokyo)


def test_a_delegation_has_one_head(house, sit, secretariat):
    sit("Mukhtar Tileuberdi", Role.HEAD, "KZ")
    second = Offer(meeting=MEETING, name="Second", role=Role.HEAD, state="KZ")
    assert "Mukhtar Tileuberdi" in str(refusal(house, secretariat, "seat.offered", second).why)
    house.door.perform(secretariat, "seat.vacated", OfSeat(meeting=MEETING, seat=seat_at(house, "Mukhtar Tileuberdi")))
    house.door.perform(secretariat, "seat.offered", second)


def test_a_state_that_is_not_invited_has_no_seats(house, secretariat):
    wish = Offer(meeting=MEETING, name="Someone", role=Role.HEAD, state="CN")
    assert "state" in refusal(house, secretariat, "seat.offered", wish).fields


def test_nobody_sits_for_two_delegations_at_one_meeting(house, sit, invite):
    kazakh = sit("Aida", Role.DELEGATE, "KZ")
    secret = invite("Someone Else", Role.DELEGATE, "JP")
    assert refusal(house, kazakh, "seat.taken", Taking(secret=secret)).kind == Kind.OUT_OF_ORDER
    assert again(house, kazakh).delegation_at(MEETING) == "KZ"


def test_someone_who_is_signed_in_takes_a_further_seat_as_the_same_person(house, sit, invite):
    kazakh = sit("Aida", Role.DELEGATE, "KZ")
    house.door.perform(kazakh, "seat.taken", Taking(secret=invite("Aida", Role.NOTE_TAKER)))
    assert [seat.role for seat in again(house, kazakh).seats] == [Role.DELEGATE, Role.NOTE_TAKER]


def test_who_lost_the_device_comes_in_as_the_same_person_by_a_new_letter_of_the_organiser(house, sit, clock):
    almaty = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    minister = sit("Mukhtar Tileuberdi", Role.HEAD, "KZ")
    wish = Renewal(meeting=MEETING, seat=minister.seats[0].id)
    old = house.door.perform(almaty, "seat.renewed", wish)
    new = house.door.perform(almaty, "seat.renewed", wish)
    for done in (old, new):
        assert done.entry.audience == f"person:{minister.id}"
    secrets = [done.reply["link"].rsplit("/", 1)[1] for done in (old, new)]
    assert "revoked" in str(refusal(house, PUBLIC_READER, "seat.taken", Taking(secret=secrets[0])).why)
    assert refusal(house, almaty, "seat.taken", Taking(secret=secrets[1])).kind == Kind.NOT_ALLOWED
    assert house.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secrets[1])).reply["person"] == minister.id


def test_no_letter_for_one_seat_opens_another_that_its_giver_does_not_dispose_of(house, sit, secretariat):
    """An organiser must not come in as a colleague who serves elsewhere, nor one meeting's staff at another's."""
    almaty = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    delegate = sit("Aida", Role.DELEGATE, "KZ")
    elsewhere = seated(Role.SECRETARIAT, ELSEWHERE)
    offer = Offer(meeting=ELSEWHERE, role=Role.INTERPRETER, name="Aida")
    link = house.door.perform(elsewhere, "seat.offered", offer).reply["link"]
    house.door.perform(delegate, "seat.taken", Taking(secret=link.rsplit("/", 1)[1]))
    wish = Renewal(meeting=MEETING, seat=delegate.seats[0].id)
    assert refusal(house, almaty, "seat.renewed", wish).kind == Kind.NOT_ALLOWED
    assert refusal(house, secretariat, "seat.renewed", wish).kind == Kind.NOT_ALLOWED
    house.door.perform(ADMINISTRATION, "seat.renewed", wish)


def test_a_seat_of_another_delegation_is_as_good_as_not_there(house, sit):
    almaty = sit("Kazakh Organiser", Role.DELEGATE, "KZ", organiser=True)
    japanese = sit("Motegi", Role.HEAD, "JP")
    for name in ("seat.renewed", "seat.revoked", "seat.vacated"):
        wish = (Renewal if name == "seat.renewed" else OfSeat)(meeting=MEETING, seat=japanese.seats[0].id)
        assert refusal(house, almaty, name, wish).kind == Kind.NOT_FOUND


def test_a_seat_can_be_given_up_by_its_holder(house, sit):
    delegate = sit("Aida", Role.DELEGATE, "KZ")
    house.door.perform(delegate, "seat.vacated", OfSeat(meeting=MEETING, seat=delegate.seats[0].id))
    assert again(house, delegate).seats == ()


def test_administrators_are_named_on_the_command_line_only_and_appoint_secretariats(house):
    link = house.door.perform(ADMINISTRATION, "administrator.named", {"name": "Root of the Ministry"}).reply["link"]
    person = house.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rsplit("/", 1)[1]}).reply["person"]
    with house.database.reading() as session:
        administrator = actor_for(session, person)
    assert refusal(house, administrator, "administrator.named", {"name": "Friend"}).kind == Kind.NOT_ALLOWED
    house.door.perform(administrator, "editor.named", {"name": "An Editor"})
    wish = Offer(format="ca-japan", role=Role.SECRETARIAT, name="Tokyo")
    house.door.perform(administrator, "seat.offered", wish)
    head = Offer(format="ca-japan", role=Role.HEAD, state="JP", name="Tokyo")
    assert "role" in refusal(house, administrator, "seat.offered", head).fields


@pytest.mark.parametrize("name", ["Ai\u202eda", "Ai\u200bda", "A\x00b", " "])
def test_a_name_holds_no_signs_that_cannot_be_seen(house, secretariat, name):
    wish = Offer(meeting=MEETING, role=Role.DELEGATE, state="KZ", name=name)
    assert "name" in refusal(house, secretariat, "seat.offered", wish).fields


@pytest.mark.parametrize("mail", ["nobody", "a@b\r\nBcc: x@y.z", "a b@c.d", "<a@b.c>", "a@b.c,d@e.f"])
def test_what_is_no_mail_address_is_refused(house, secretariat, mail):
    wish = Offer(meeting=MEETING, role=Role.DELEGATE, state="KZ", name="Aida", mail=mail)
    assert "mail" in refusal(house, secretariat, "seat.offered", wish).fields
