"""Correcting a seat: the name, the office or the role, with a reason. Letters and passkeys stay as they are."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Notice, Occasion, Role, act, effect, guard, notice, phrase
from suhbat.acts.bodies import read_body
from suhbat.acts.live_streams import ends_lines
from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import DELEGATION, OF_A_DELEGATION, PARTICIPANT_ROLES, ROLE_NAMES, Viewer
from suhbat.ground.language import _, lazy
from suhbat.ground.name_lists import in_a_row
from suhbat.ground.refusals import conflict, invalid, not_found, out_of_order
from suhbat.people.models import Person, SeatRow
from suhbat.people.queries import place_of, row_of, seat_in_question
from suhbat.people.seat_bodies import KeptPerson
from suhbat.people.seat_inputs import OfSeat, tidy
from suhbat.people.seat_managers import INSTALLATION, MANAGERS, SeatInQuestion
from suhbat.people.seats import SOLE
from suhbat.record.audiences import DELEGATIONS, SECRETARIAT, person_only, seat_only
from suhbat.record.entries import Entry


class Correction(OfSeat, frozen=True, kw_only=True):
    """How a seat stands from now on, and why."""

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
    role: Annotated[
        Role | None, Meta(title="Role", extra={"choices": "seat-roles", "context": "a person's, at a meeting"})
    ] = None
    """None keeps the role."""
    reason: Annotated[
        str,
        Meta(
            title="Reason",
            description="Such as: misspelt in the note verbale. The record keeps it.",
            min_length=1,
            max_length=1_000,
            extra={"widget": "textarea"},
        ),
    ]


class SeatCorrected(Body, frozen=True, kw_only=True):
    """How the seat stands from now on, how it stood, and the reason."""

    seat: str
    state: str
    name: str
    office: str
    role: str
    was_name: str
    was_office: str
    was_role: str
    reason: str
    person: KeptPerson | None
    """The holder, if the name under which the holder is shown everywhere follows."""


@guard("seat.corrected")
def may_correct(viewer: Viewer, _place: Place, seat: SeatInQuestion) -> None:
    """A person who may manage the seat, or its holder, as long as it was not given up."""
    if not (_own(viewer, seat) or seat.manageable):
        raise not_found()
    if seat.row.vacated:
        raise out_of_order(lazy("This seat has been given up."))


@act(
    "seat.corrected", "Correct a seat", by={*MANAGERS, *PARTICIPANT_ROLES, *INSTALLATION}, audience=SECRETARIAT
)  # fmt: skip
def correct(occasion: Occasion, inputs: Correction) -> Decision[SeatCorrected]:
    """Whoever may invite to a seat corrects its name, its office or its role, and says why.

    Its letter, its passkeys and its holder stay; entries of the record keep what was. The holder may correct the own
    office, and nothing else. The name under which a person is shown follows, unless the person also has seats that the
    one who corrects does not manage.
    """
    row = row_of(occasion.session, inputs.seat, inputs.place)
    seat = seat_in_question(occasion.session, occasion.actor, row)
    may_correct(occasion.actor, place_of(occasion.session, row), seat)
    name, office = tidy(inputs.name), tidy(inputs.office, field="office")
    role = inputs.role or Role(row.role)
    if (name, office, role) == (row.name, row.office, row.role):
        raise conflict(lazy("Nothing was changed."))
    if name != row.name and not seat.manageable:
        raise invalid(name=lazy("Only those who invited you can correct this."))
    if role != row.role:
        _refuse_role(occasion.session, seat, role)
    follows = bool(row.person) and name != row.name and seat.renewable
    body = SeatCorrected(
        seat=row.id,
        state=row.state,
        name=name,
        office=office,
        role=str(role),
        was_name=row.name,
        was_office=row.office,
        was_role=row.role,
        reason=inputs.reason,
        person=KeptPerson(id=row.person, name=name) if follows and row.person else None,
    )
    return Decision(body, audience=_audience(row))


def _refuse_role(session: Session, seat: SeatInQuestion, role: Role) -> None:
    """Refuse a role that the actor may not give, or that does not fit the seat."""
    row = seat.row
    if row.role not in PARTICIPANT_ROLES or not seat.manageable or not seat.here.over(role, row.state):
        raise invalid(role=lazy("This role is not yours to give here."))
    if role in OF_A_DELEGATION and not row.state:
        raise invalid(role=lazy("This seat belongs to no delegation: invite the person for one."))
    if role in SOLE and (holder := _other_holder(session, row, role)):
        why = lazy("This seat is %(name)s's. It has to be vacated first.") % {"name": holder}
        raise invalid(role=why)


def _other_holder(session: Session, row: SeatRow, role: Role) -> str:
    name = session.scalar(
        select(SeatRow.name).where(
            SeatRow.place == row.place,
            SeatRow.role == role,
            SeatRow.state == row.state,
            SeatRow.vacated.is_(False),
            SeatRow.id != row.id,
        )
    )
    return name or ""


def _own(viewer: Viewer, seat: SeatInQuestion) -> bool:
    return bool(seat.row.person) and seat.row.person == viewer.id


def _audience(row: SeatRow) -> str:
    """Those who know of the seat: as of its offer until it is taken, and then as of its taking."""
    if row.role == Role.STANDING:
        return DELEGATIONS
    if row.person is None:
        return row.audience
    return person_only(row.person) if row.role in INSTALLATION else SECRETARIAT


@effect("seat.corrected")
def seat_corrected(session: Session, _entry: Entry, body: SeatCorrected) -> None:
    """The seat is as it was corrected, and so is the holder's name. A role outside delegations organises none."""
    if row := session.get(SeatRow, body.seat):
        row.name, row.office, row.role = body.name, body.office, body.role
        row.organiser = row.organiser and body.role in DELEGATION
    if body.person and (person := session.get(Person, body.person.id)):
        person.name = body.person.name


@phrase("seat.corrected")
def say_corrected(_entry: Entry, body: SeatCorrected) -> str:
    """The sentence that says how the seat stood, and how it stands."""
    was = _described(body.was_name, body.was_office, body.was_role, body.state)
    now = _described(body.name, body.office, body.role, body.state)
    return _("A seat was corrected. Before: %(was)s. Now: %(now)s.") % {"was": was, "now": now}


def _described(name: str, office: str, role: str, state: str) -> str:
    return in_a_row(filter(None, [name, office, str(ROLE_NAMES[Role(role)]), state]))


@notice("seat.corrected")
def tell_corrected(_entry: Entry, body: SeatCorrected) -> Notice:
    """The holder, and the secretariat, which sees what a holder corrected."""
    return Notice(_("The name, office or role of a seat was corrected."), (seat_only(body.seat), SECRETARIAT))


@ends_lines("seat.corrected")
def _had_the_role(entry: Entry, viewer: Viewer) -> bool:
    """The connections of a holder whose role changed: what the person may see is looked up again."""
    body = read_body(entry, SeatCorrected)
    return body.role != body.was_role and any(seat.id == body.seat for seat in viewer.seats)
