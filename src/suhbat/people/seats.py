"""The acts that offer, renew, revoke, take and vacate seats."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from msgspec import Meta, field
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Input, Occasion, Role, act
from suhbat.acts.actors import DELEGATION, PARTICIPANT_ROLES, ROLE_NAMES, Viewer
from suhbat.acts.forms import Choice, choices
from suhbat.acts.seat_places import Place, find_place
from suhbat.ground import characters
from suhbat.ground.ids import new_id
from suhbat.ground.language import LANGUAGES, language, lazy, reading_in
from suhbat.ground.language_names import language_label
from suhbat.ground.refusals import conflict, invalid, not_allowed, not_found, out_of_order
from suhbat.people.invitation_letter import Letter, Post, delivering, looks_like_mail
from suhbat.people.invitation_secrets import DAYS, find_invitation, is_open, new_invitation
from suhbat.people.models import ORGANISER_KEY, Invitation, Person, SeatRow
from suhbat.people.seat_rights import INSTALLATION, Standing, may_renew, standing
from suhbat.record.reading import SECRETARIAT, person_only

DISPOSING = {Role.SECRETARIAT, Role.ADMINISTRATOR, *DELEGATION}
SOLE = frozenset({Role.HEAD})
"""Roles of which a delegation has one at a place."""


class AtPlace(Input, frozen=True, kw_only=True):
    """An act about the seats of a meeting or of a format."""

    meeting: Annotated[str, Meta(title="Meeting", extra={"widget": "hidden"})] = ""
    format: Annotated[str, Meta(title="Format", extra={"widget": "hidden"})] = ""

    @property
    def place(self) -> str:
        """The meeting if one is named, else the format, else the installation (empty)."""
        return self.meeting or self.format


class Posting(AtPlace, frozen=True, kw_only=True):
    """How long a letter is good for, and where it goes."""

    days: Annotated[int, Meta(ge=1, le=90, title="Days until it expires")] = DAYS
    mail: Annotated[
        str,
        Meta(
            max_length=200,
            title="Mail address",
            description="The letter is also mailed where the house has a mail server. The address is not kept.",
            extra={"widget": "email"},
        ),
    ] = ""
    calendar: Annotated[
        bool,
        Meta(
            title="Mail the meeting's calendar invitation there too",
            description="The address is then kept outside the record until the meeting is over.",
        ),
    ] = False
    language: Annotated[str, Meta(max_length=5, title="Language of the letter", extra={"choices": "languages"})] = ""


class Offer(Posting, frozen=True, kw_only=True):
    """A seat that is offered to someone."""

    role: Annotated[Role, Meta(title="Role", extra={"choices": "seat-roles", "context": "a person's, at a meeting"})]
    name: Annotated[
        str,
        Meta(
            min_length=1,
            max_length=200,
            title="Name",
            description="As the own state writes it officially.",
            extra={"context": "a person's"},
        ),
    ]
    office: Annotated[str, Meta(max_length=200, title="Office", description="Such as Minister of Foreign Affairs.")] = (
        ""
    )
    state: Annotated[str, Meta(max_length=20, title="Delegation", extra={"choices": "seat-states"})] = ""
    organiser: Annotated[
        bool, Meta(title="Organiser: may invite the members of the own delegation and renew their lost devices")
    ] = field(default=False, name=ORGANISER_KEY)


class OfSeat(AtPlace, frozen=True, kw_only=True):
    """An act about one seat."""

    seat: Annotated[str, Meta(max_length=40, title="Seat", extra={"widget": "hidden"})]


class Renewal(Posting, frozen=True, kw_only=True):
    """A new letter for a seat."""

    seat: Annotated[str, Meta(max_length=40, title="Seat", extra={"widget": "hidden"})]


class Taking(Input, frozen=True, kw_only=True):
    """What someone brings who comes by a personal link."""

    secret: Annotated[str, Meta(min_length=20, max_length=100, title="The secret of the letter")]


@act("seat.offered", "Invite to a seat", by=DISPOSING, audience=SECRETARIAT)
def offer(occasion: Occasion, inputs: Offer) -> Decision[Any]:
    """A person is invited to a seat by a personal link that works once.

    The secretariat invites for every delegation and every role at its meeting or format; a delegation's own
    organiser invites members of that delegation alone; the administration appoints the secretariat. The link lasts for
    fourteen days unless another span is set, and can be revoked. The record holds neither the link's secret (only
    its SHA-256) nor any mail address.
    """
    place = _place(occasion, inputs)
    here = standing(occasion.session, occasion.actor, place.id)
    _may_offer(here, inputs, place)
    if inputs.role in SOLE and (holder := _holder(occasion.session, place.id, inputs.role, inputs.state)):
        raise conflict(lazy("This seat is %(name)s's. It has to be vacated first.") % {"name": holder})
    seat = {
        "id": new_id(),
        "role": str(inputs.role),
        "place": place.id,
        "state": inputs.state,
        "name": tidy(inputs.name),
        "office": tidy(inputs.office, field="office"),
        ORGANISER_KEY: inputs.organiser,
    }
    return with_letter(occasion, inputs, place, seat, {"seat": seat}, here.audience(inputs.role, inputs.state))


@act("seat.renewed", "Give a new letter for a seat", by=DISPOSING, audience=SECRETARIAT)
def renew(occasion: Occasion, inputs: Renewal) -> Decision[Any]:
    """Whoever lost the letter or the device is given a new letter for the same seat; the letter before it is void.

    Whoever disposes of a seat may renew it: the delegation's own organiser, or the secretariat. If someone sits in
    it already, the new letter lets the same person in with another device, and ends all sign-ins up to then; so it
    takes someone who disposes of every seat that the person holds.
    """
    row, here = _disposed(occasion, inputs)
    if row.person and not may_renew(occasion.session, occasion.actor, row.person):
        raise not_allowed(lazy("This person sits elsewhere too. Ask for the new letter there, or on the server."))
    seat = {"id": row.id, "role": row.role, "state": row.state, "name": row.name, "office": row.office}
    body = {"seat": row.id, "person": row.person or ""}
    audience = person_only(row.person) if row.person else here.audience(Role(row.role), row.state)
    return with_letter(occasion, inputs, _place_of(occasion.session, row), seat, body, audience)


@act("seat.revoked", "Revoke an invitation", by=DISPOSING, audience=SECRETARIAT)
def revoke(occasion: Occasion, inputs: OfSeat) -> Decision[Any]:
    """Whoever may invite to a seat may also revoke the invitation, as long as nobody has taken the seat by it."""
    row, here = _disposed(occasion, inputs)
    open_ones = occasion.session.scalars(
        select(Invitation.id).where(
            Invitation.seat == row.id, Invitation.used.is_(False), Invitation.revoked.is_(False)
        )
    ).all()
    if not open_ones:
        raise out_of_order(lazy("There is no open invitation to this seat."))
    body = {"seat": row.id, "invitations": sorted(open_ones), "vacated": row.person is None}
    return Decision(body, audience=here.audience(Role(row.role), row.state))


@act("seat.taken", "Take a seat", by={Role.ANYONE}, audience=SECRETARIAT)
def take(occasion: Occasion, inputs: Taking) -> Decision[Any]:
    """Whoever holds the personal link takes the seat, once, before it expires, unless it was revoked.

    Someone who is signed in takes it as the same person; anyone else becomes a person of the house by it. Nobody
    sits for two delegations at one meeting.
    """
    session = occasion.session
    invitation = find_invitation(session, inputs.secret)
    if invitation is None:
        raise not_found(lazy("This link is not one of ours. Look whether it was copied whole."))
    refuse_closed(invitation, occasion)
    row = session.get_one(SeatRow, invitation.seat)
    if row.vacated:
        raise out_of_order(lazy("This seat has been given up since. Ask for a new invitation."))
    if occasion.actor.id and session.get(Person, occasion.actor.id) is None:
        raise not_allowed(lazy("Only a person can sit."))
    person, name = row.person or occasion.actor.id, occasion.actor.name
    if row.person and occasion.actor.id not in {"", row.person}:
        raise not_allowed(lazy("This letter is for someone else. Sign out first."))
    if row.role in DELEGATION:
        _one_delegation(occasion.actor, row)
    fresh = not person
    if fresh:
        person, name = new_id(), row.name
    elif row.person:
        name = session.get_one(Person, row.person).name
    meeting, format_ = (row.place, "") if "/" in row.place else ("", row.place)
    return Decision(
        {
            "invitation": invitation.id,
            "seat": row.id,
            "role": row.role,
            "state": row.state,
            "person": {"id": person, "name": name},
            "new": fresh,
            "renewed": bool(row.person),
        },
        audience=person_only(person) if row.person or row.role in INSTALLATION else SECRETARIAT,
        meeting=meeting,
        format=format_,
        reply={"person": person, "sign_outs": _sign_outs_after(session, row, person), "then": "/me"},
    )


def _sign_outs_after(session: Session, row: SeatRow, person: str) -> int:
    """The person's number once the seat is taken: a renewed letter ends the sign-ins there were."""
    held = session.get(Person, person)
    return (held.sign_outs if held else 0) + bool(row.person)


@act("seat.vacated", "Give up a seat", by={*PARTICIPANT_ROLES, *INSTALLATION}, audience=SECRETARIAT)
def vacate(occasion: Occasion, inputs: OfSeat) -> Decision[Any]:
    """A seat is given up by the one who holds it, or ended by whoever may invite to it."""
    row = _row(occasion.session, inputs)
    here = standing(occasion.session, occasion.actor, row.place)
    own = bool(row.person) and row.person == occasion.actor.id
    if not own and not (here.over(Role(row.role), row.state) and here.sees(row)):
        raise not_found()
    if row.vacated:
        raise conflict(lazy("This seat has been given up already."))
    return Decision({"seat": row.id, "role": row.role, "state": row.state, "name": row.name})


def refuse_closed(invitation: Invitation, occasion: Occasion) -> None:
    """Say why an invitation cannot be used any more, if it cannot."""
    if invitation.used:
        raise conflict(lazy("This link has been used. If it was not you who used it, tell who sent it to you."))
    if invitation.revoked:
        raise out_of_order(lazy("This invitation has been revoked. Ask for a new one."))
    if not is_open(invitation, occasion.now):
        raise out_of_order(lazy("This link has expired. Ask for a new one."))


def tidy(text: str, field: str = "name") -> str:
    """A name without surrounding blanks; signs that cannot be seen, or turn the writing round, are refused."""
    made = " ".join(text.split())
    if not characters.fits(made, characters.Place.NAME):
        raise invalid(**{field: lazy("This holds signs that cannot be seen. Type it anew.")})
    if field == "name" and not made:
        raise invalid(name=lazy("This is needed."))
    return made


def _may_offer(here: Standing, inputs: Offer, place: Place) -> None:
    if not here:
        raise not_allowed()
    if inputs.role not in here.roles():
        raise invalid(role=lazy("This role is not yours to give here."))
    if inputs.role in DELEGATION and not inputs.state:
        raise invalid(state=lazy("This is needed."))
    if inputs.state and inputs.state not in place.states:
        raise invalid(state=lazy("This delegation is not invited."))
    if not here.over(inputs.role, inputs.state):
        raise not_allowed(lazy("You invite for your own delegation only."))
    if inputs.organiser and inputs.role not in DELEGATION:
        raise invalid(**{ORGANISER_KEY: lazy("Only a member of a delegation can be its organiser.")})
    if place.over:
        raise out_of_order(lazy("Nobody can be invited to this meeting any more."))


def with_letter(
    occasion: Occasion, inputs: Posting, place: Place, seat: dict[str, Any], body: dict[str, Any], audience: str = ""
) -> Decision[Any]:
    """The decision to give out a letter: the record keeps the hash of its secret, the actor is told the link."""
    mail = inputs.mail.strip()
    if mail and not looks_like_mail(mail):
        raise invalid(mail=lazy("This is no mail address."))
    if inputs.language and inputs.language not in LANGUAGES:
        raise invalid(language=lazy("This is not one of the choices."))
    if inputs.calendar and not mail:
        raise invalid(mail=lazy("This is needed."))
    secret, kept = new_invitation(occasion.now, inputs.days)
    code = inputs.language or language()
    letter = Letter.of(occasion.settings, _named_in(code, occasion.session, place, seat), seat, secret, kept["expires"])
    post = Post(mail, code, seat["id"] if inputs.calendar and "/" in place.id else "")
    return Decision(
        {**body, "invitation": kept},
        audience=audience,
        reply={"link": letter.link(inputs.language)},
        afterwards=delivering(occasion.settings, letter, post),
    )


def _named_in(code: str, session: Session, place: Place, seat: dict[str, Any]) -> Place:
    """The place as a letter in this language names it; a seat of the installation is named by its role."""
    with reading_in(code):
        found = find_place(session, place.id) if place.id else None
        return found or (place if place.id else replace(place, title=str(ROLE_NAMES[Role(seat["role"])])))


def _place(occasion: Occasion, inputs: AtPlace) -> Place:
    place = find_place(occasion.session, inputs.place) if inputs.place else None
    if place is None:
        raise not_found()
    return place


def _place_of(session: Session, row: SeatRow) -> Place:
    return find_place(session, row.place) or Place(row.place, row.place, "/me")


def _row(session: Session, inputs: OfSeat | Renewal) -> SeatRow:
    row = session.get(SeatRow, inputs.seat)
    if row is None or row.place not in {inputs.place, inputs.place.partition("/")[0]}:
        raise not_found()
    return row


def _disposed(occasion: Occasion, inputs: OfSeat | Renewal) -> tuple[SeatRow, Standing]:
    """The seat, if the actor disposes of it; as good as not there if not."""
    row = _row(occasion.session, inputs)
    here = standing(occasion.session, occasion.actor, row.place)
    operator = here.operator and bool(row.person)
    if not operator and not (here.over(Role(row.role), row.state) and here.sees(row)):
        raise not_found()
    if row.vacated:
        raise out_of_order(lazy("This seat has been given up."))
    return row, here


def _holder(session: Session, place: str, role: Role, state: str) -> str:
    held = session.scalar(
        select(SeatRow.name).where(
            SeatRow.place == place, SeatRow.role == role, SeatRow.state == state, SeatRow.vacated.is_(False)
        )
    )
    return held or ""


def _one_delegation(actor: Viewer, row: SeatRow) -> None:
    meeting, format_ = (row.place, "") if "/" in row.place else ("", row.place)
    for seat in actor.seats_at(meeting, format_):
        if seat.role in DELEGATION and seat.state != row.state:
            raise out_of_order(lazy("You sit here for another delegation. Sign out first, or give up that seat."))


@choices("seat-roles")
def seat_roles(session: Session, actor: Viewer, values: dict[str, Any]) -> Sequence[Choice]:
    """The roles that this actor may invite to at the place the form names."""
    here = standing(session, actor, str(values.get("meeting") or values.get("format") or ""))
    return [(str(role), str(ROLE_NAMES[role])) for role in here.roles()]


@choices("seat-states")
def seat_states(session: Session, actor: Viewer, values: dict[str, Any]) -> Sequence[Choice]:
    """The delegations that this actor may invite for."""
    place = find_place(session, str(values.get("meeting") or values.get("format") or ""))
    here = standing(session, actor, place.id if place else "")
    states = place.states if place else ()
    return [(state, state) for state in states if here.secretariat or state in here.states]


@choices("languages")
def languages(_session: Session, _actor: Viewer, _values: dict[str, Any]) -> Sequence[Choice]:
    """The languages of the house, as the reader's language calls them."""
    return [(code, language_label(code)) for code in LANGUAGES]
