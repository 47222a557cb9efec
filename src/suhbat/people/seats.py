"""The acts by which a person is invited to a seat, takes it, and gives it up."""

from typing import Annotated, ClassVar

from msgspec import Meta, field
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Input, Notice, Occasion, Role, act, effect, guard, notice, phrase
from suhbat.acts.bodies import Shape, read_body, upcaster
from suhbat.acts.live_streams import ends_lines
from suhbat.acts.place_finders import Place, find_place
from suhbat.acts.roles_and_seats import DELEGATION, OF_A_DELEGATION, PARTICIPANT_ROLES, ROLE_NAMES, Viewer
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import _, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import conflict, invalid, not_allowed, not_found, out_of_order
from suhbat.people.invitation_letter import write_letter
from suhbat.people.invitation_secrets import Arrival, find_arrival
from suhbat.people.invited_twice import known_seats
from suhbat.people.models import ORGANISER_KEY, Invitation, Person, SeatRow
from suhbat.people.queries import place_of, row_of, seat_in_question
from suhbat.people.seat_bodies import KeptInvitation, KeptPerson, KeptSeat, kept_seat
from suhbat.people.seat_inputs import OfSeat, Posting, tidy
from suhbat.people.seat_managers import INSTALLATION, MANAGERS, SeatInQuestion, Standing, standing
from suhbat.record.audiences import DELEGATIONS, SECRETARIAT, person_only, seat_only
from suhbat.record.entries import Entry

FOR_A_STATE = OF_A_DELEGATION | {Role.STANDING}
"""Roles in which a person serves a state."""
SOLE = frozenset({Role.HEAD})
"""Roles that a delegation has only once at a place."""


class Offer(Posting, frozen=True, kw_only=True):
    """A seat that is offered to someone."""

    role: Annotated[Role, Meta(title="Role", extra={"choices": "seat-roles", "context": "a person's, at a meeting"})]
    name: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=200,
            title="Name",
            description="As officially spelt by the state.",
            extra={"context": "a person's"},
        ),
    ]
    office: Annotated[str, Meta(max_length=200, title="Office", description="Such as Minister of Foreign Affairs.")] = (
        ""
    )
    state: Annotated[str, Meta(max_length=20, title="Delegation", extra={"choices": "seat-states"})] = ""
    organiser: Annotated[
        bool, Meta(title="Organiser: may invite members of the own delegation and give new letters for lost devices")
    ] = field(default=False, name=ORGANISER_KEY)
    anyway: Annotated[bool, Meta(title="Invite all the same", extra={"widget": "question"})] = False
    """Whether the one who invites has been asked about a seat that the person has already, and wants this one too."""


class SeatOffered(Body, frozen=True, kw_only=True):
    """A seat that waits for its holder, and the letter by which it is taken."""

    seat: KeptSeat
    invitation: KeptInvitation


@guard("seat.offered")
def may_offer(_viewer: Viewer, place: Place, here: Standing) -> None:
    """Only people who may manage seats here, as long as the meeting can still take place."""
    if not here:
        raise not_allowed()
    if place.over:
        raise out_of_order(lazy("Nobody can be invited to this meeting any more."))


@act("seat.offered", "Invite to a seat", by=MANAGERS, audience=SECRETARIAT)
def offer(occasion: Occasion, inputs: Offer) -> Decision[SeatOffered]:
    """A person is invited to a seat by a personal link that works once.

    The secretariat invites for every delegation and every role at its meeting or format; a delegation's own
    organiser invites members of that delegation alone; the administration appoints the secretariat. The link lasts for
    fourteen days unless another span is set, and can be revoked. The record holds neither the link's secret (only
    its SHA-256) nor any mail address.
    """
    place = find_place(occasion.session, inputs.place) if inputs.place else None
    if place is None:
        raise not_found()
    here = standing(occasion.session, occasion.actor, place.id)
    may_offer(occasion.actor, place, here)
    refuse_misplaced(inputs, place, here)
    if inputs.role in SOLE and (holder := _holder(occasion.session, place.id, inputs.role, inputs.state)):
        raise conflict(lazy("This seat is %(name)s's. It has to be vacated first.") % {"name": holder})
    if not inputs.anyway:
        known = known_seats(occasion.session, occasion.actor, here)
        if question := known.question(tidy(inputs.name), inputs.state, inputs.role):
            raise invalid(anyway=question)
    seat = KeptSeat(
        id=new_id(),
        role=str(inputs.role),
        place=place.id,
        state=inputs.state,
        name=tidy(inputs.name),
        office=tidy(inputs.office, field="office"),
        organiser=inputs.organiser,
    )
    letter = write_letter(occasion, inputs, place, seat)
    body = SeatOffered(seat=seat, invitation=letter.invitation)
    return letter.decision(body, here.audience(inputs.role, inputs.state))


def refuse_misplaced(inputs: Offer, place: Place, here: Standing) -> None:
    """Refuse a seat that does not exist here, or that the actor may not give."""
    if inputs.role not in here.roles():
        raise invalid(role=lazy("This role is not yours to give here."))
    if inputs.role in OF_A_DELEGATION and not inputs.state:
        raise invalid(state=lazy("This is needed."))
    if inputs.state and inputs.state not in place.states:
        raise invalid(state=lazy("This delegation is not invited."))
    if not here.over(inputs.role, inputs.state):
        raise not_allowed(lazy("You invite for your own delegation only."))
    if inputs.organiser and inputs.role not in DELEGATION:
        raise invalid(**{ORGANISER_KEY: lazy("Only a member of a delegation can be its organiser.")})


def _holder(session: Session, place: str, role: Role, state: str) -> str:
    name = session.scalar(
        select(SeatRow.name).where(
            SeatRow.place == place, SeatRow.role == role, SeatRow.state == state, SeatRow.vacated.is_(False)
        )
    )
    return name or ""


@effect("seat.offered")
def seat_offered(session: Session, entry: Entry, body: SeatOffered) -> None:
    """Adds a seat that waits for its holder, and the letter with which it is taken."""
    session.add(body.seat.row(session, entry.audience))
    session.flush()
    session.add(body.invitation.row(body.seat.id))


@phrase("seat.offered")
def say_offered(_entry: Entry, body: SeatOffered) -> str:
    """The sentence that says who was invited, and to what."""
    role = _named(body.seat.role, body.seat.state)
    return _("%(name)s is invited: %(role)s") % {"name": body.seat.name, "role": role}


class Taking(Input, frozen=True, kw_only=True):
    """The secret of a personal link."""

    secret: Annotated[str, Meta(min_length=20, max_length=100, title="The secret of the letter")]


class SeatTaken(Body, frozen=True, kw_only=True):
    """Who took which seat, by which letter."""

    version: ClassVar[int] = 2
    invitation: str
    seat: str
    role: str
    state: str
    person: KeptPerson
    new: bool
    """Whether the person is new and was added by this letter."""
    renewed: bool
    """Whether the person had the seat already and used a new letter for it."""
    kept: KeptSeat | None
    """The seat, if those who may read this could not read that it was offered; none in version 1."""


@upcaster("seat.taken", 1)
def from_version_1(shape: Shape) -> Shape:
    """Version 1 did not say which seat it was; whoever reads it has read the offer."""
    return {**shape, "kept": None}


@guard("seat.taken")
def may_take(viewer: Viewer, _place: Place, arrival: Arrival) -> None:
    """A letter works once, only for the person to whom it was written, and nobody may be in two delegations."""
    _refuse_closed(arrival.fate)
    row = arrival.row
    if row.person and viewer.id not in {"", row.person}:
        raise not_allowed(lazy("This letter is for someone else. Sign out first."))
    if row.role in FOR_A_STATE:
        _refuse_two_delegations(viewer, row)


@act("seat.taken", "Take a seat", by={Role.ANYONE}, audience=SECRETARIAT)
def take(occasion: Occasion, inputs: Taking) -> Decision[SeatTaken]:
    """Whoever holds the personal link takes the seat, once, before it expires, unless it was revoked.

    Someone who is signed in takes it as the same person; anyone else becomes a person with a sign-in here. Nobody
    sits for two delegations at one meeting.
    """
    session = occasion.session
    arrival = find_arrival(session, inputs.secret, occasion.now)
    if arrival is None:
        raise not_found(lazy("This link is not one of ours. Look whether it was copied whole."))
    row = arrival.row
    may_take(occasion.actor, place_of(session, row), arrival)
    if occasion.actor.id and session.get(Person, occasion.actor.id) is None:  # the system; no page is shown to it
        raise not_allowed(lazy("Only a person can sit."))
    person_id, name = row.person or occasion.actor.id, occasion.actor.name
    is_new = not person_id
    if is_new:
        person_id, name = new_id(), row.name
    elif row.person:
        name = session.get_one(Person, row.person).name
    meeting, format_ = (row.place, "") if "/" in row.place else ("", row.place)
    audience = _audience_of_taking(row, person_id)
    body = SeatTaken(
        invitation=arrival.invitation.id,
        seat=row.id,
        role=row.role,
        state=row.state,
        person=KeptPerson(id=person_id, name=name),
        new=is_new,
        renewed=bool(row.person),
        kept=None if audience == row.audience else kept_seat(row),
    )
    return Decision(
        body,
        audience=audience,
        meeting=meeting,
        format=format_,
        reply={
            "person": person_id,
            "sign_outs": _sign_outs_after(session, row, person_id),
            "then": f"/me/welcome?seat={row.id}",
        },
    )


def _audience_of_taking(row: SeatRow, person_id: str) -> str:
    if row.person or row.role in INSTALLATION:
        return person_only(person_id)
    return DELEGATIONS if row.role == Role.STANDING else SECRETARIAT


def _refuse_closed(fate: str) -> None:
    """Refuse an invitation that can no longer be used, with the reason."""
    if fate == "used":
        raise conflict(lazy("This link has been used. If it was not you who used it, tell who sent it to you."))
    if fate == "revoked":
        raise out_of_order(lazy("This invitation has been revoked. Ask for a new one."))
    if fate == "given-up":
        raise out_of_order(lazy("This seat has been given up since. Ask for a new invitation."))
    if fate == "expired":
        raise out_of_order(lazy("This link has expired. Ask for a new one."))


def _refuse_two_delegations(viewer: Viewer, row: SeatRow) -> None:
    """Nobody speaks for two states in one dialogue, whether at its meeting or between its meetings."""
    format_, _, meeting = row.place.partition("/")
    if meeting:
        seats = [*viewer.seats_at(row.place), *viewer.standing_seats(format_)]
    else:
        seats = [seat for seat in viewer.seats if seat.place.partition("/")[0] == format_]
    for seat in seats:
        if seat.role in FOR_A_STATE and seat.state != row.state:
            raise out_of_order(lazy("You sit here for another delegation. Sign out first, or give up that seat."))


def _sign_outs_after(session: Session, row: SeatRow, person_id: str) -> int:
    """The person's number of sign-outs after the seat is taken. A renewed letter ends earlier sign-ins."""
    person = session.get(Person, person_id)
    return (person.sign_outs if person else 0) + bool(row.person)


@effect("seat.taken")
def seat_taken(session: Session, entry: Entry, body: SeatTaken) -> None:
    """The seat has its holder. A renewed letter ends the sign-ins of the lost device."""
    person = session.get(Person, body.person.id)
    if person is None:  # new, or known to others only until now
        person = Person(id=body.person.id, name=body.person.name)
        session.add(person)
        session.flush()
    if invitation := session.get(Invitation, body.invitation):
        invitation.used = True
    row = session.get(SeatRow, body.seat)
    if row is None and body.kept:
        row = body.kept.row(session, entry.audience)
        session.add(row)
    if row is None:
        return  # the reader may know of the person alone
    row.person = person.id
    if row.role == Role.STANDING and not body.renewed:
        row.since = stamp(entry.time)
    if not body.renewed:
        row.taken = entry.number
    if body.renewed:
        person.sign_outs += 1


@phrase("seat.taken")
def say_taken(_entry: Entry, body: SeatTaken) -> str:
    """The sentence that says who took which seat."""
    if body.renewed:
        return _("%(name)s came in by a new letter") % {"name": body.person.name}
    role = _named(body.role, body.state)
    return _("%(name)s took the seat: %(role)s") % {"name": body.person.name, "role": role}


@ends_lines("seat.taken")
def _lost_the_device(entry: Entry, viewer: Viewer) -> bool:
    """The connections of the lost device, after a renewed letter."""
    body = read_body(entry, SeatTaken)
    return body.renewed and viewer.id == body.person.id


class SeatVacated(Body, frozen=True, kw_only=True):
    """The seat that was given up, and the name of the person who was invited to it."""

    seat: str
    role: str
    state: str
    name: str


@guard("seat.vacated")
def may_vacate(viewer: Viewer, _place: Place, seat: SeatInQuestion) -> None:
    """The holder, a person who may manage the seat, or the system; once. For others the seat does not exist."""
    own = bool(seat.row.person) and seat.row.person == viewer.id
    if not (own or seat.manageable or viewer.is_system):
        raise not_found()
    if seat.row.vacated:
        raise conflict(lazy("This seat has been given up already."))


@act(
    "seat.vacated", "Give up a seat", by={*PARTICIPANT_ROLES, *INSTALLATION, Role.STANDING, Role.SYSTEM},
    audience=SECRETARIAT,
)  # fmt: skip
def vacate(occasion: Occasion, inputs: OfSeat) -> Decision[SeatVacated]:
    """A seat is given up by the one who holds it, or ended by whoever may invite to it.

    The system ends the seats of a delegation that was withdrawn from the meeting.
    """
    row = row_of(occasion.session, inputs.seat, inputs.place)
    seat = seat_in_question(occasion.session, occasion.actor, row)
    may_vacate(occasion.actor, place_of(occasion.session, row), seat)
    body = SeatVacated(seat=row.id, role=row.role, state=row.state, name=row.name)
    return Decision(body, audience=DELEGATIONS if row.role == Role.STANDING else "")


@effect("seat.vacated")
def seat_vacated(session: Session, _entry: Entry, body: SeatVacated) -> None:
    """The seat and its letters are no longer valid. Nothing changes for who could not know of the seat."""
    if row := session.get(SeatRow, body.seat):
        row.vacated = True
    session.execute(update(Invitation).where(Invitation.seat == body.seat).values(revoked=True))


@phrase("seat.vacated")
def say_vacated(_entry: Entry, body: SeatVacated) -> str:
    """The sentence that says which seat was given up."""
    role = _named(body.role, body.state)
    return _("%(name)s gave up the seat: %(role)s") % {"name": body.name, "role": role}


@notice("seat.vacated")
def tell_vacated(_entry: Entry, body: SeatVacated) -> Notice:
    """The person who had the seat, at once; not if that person gave it up."""
    return Notice(_("Your seat was ended."), (seat_only(body.seat),), urgent=True, page="/me")


@ends_lines("seat.vacated")
def _sat_there(entry: Entry, viewer: Viewer) -> bool:
    """The connections of the person who had the seat."""
    body = read_body(entry, SeatVacated)
    return any(seat.id == body.seat for seat in viewer.seats)


def _named(role: str, state: str) -> str:
    """A seat as text: its role, and its delegation if it has one."""
    return in_a_row(filter(None, [str(ROLE_NAMES[Role(role)]), state]))
