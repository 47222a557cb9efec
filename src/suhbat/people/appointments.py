"""The acts that appoint the administrators of the installation and the editors of the public record."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Occasion, Role, act, effect, guard, phrase
from suhbat.acts.place_finders import Place
from suhbat.acts.roles_and_seats import ADMINISTRATION, ROLE_NAMES, Viewer
from suhbat.ground.ids import new_id
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed
from suhbat.people.invitation_letter import write_letter
from suhbat.people.seat_bodies import KeptSeat
from suhbat.people.seat_inputs import Posting, tidy
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.people.seats import SeatOffered, say_offered, seat_offered
from suhbat.record.audiences import SECRETARIAT
from suhbat.record.entries import Entry


class Appointment(Posting, frozen=True, kw_only=True):
    """The person who will serve the installation, and how the letter is sent."""

    name: Annotated[str, Meta(min_length=1, max_length=200, title="Name", extra={"context": "a person's"})]


@guard("administrator.named")
def may_name_administrators(viewer: Viewer, _place: Place) -> None:
    """Only the operator on the server's command line, not a person on a page."""
    if viewer.id != ADMINISTRATION.id:
        raise not_allowed(lazy("Administrators are named on the server's command line only."))


@act("administrator.named", "Name an administrator", by={Role.ADMINISTRATOR}, audience=SECRETARIAT)
def administrator(occasion: Occasion, inputs: Appointment) -> Decision[SeatOffered]:
    """An administrator of the installation is named on the server's command line, and nowhere else.

    An administrator appoints secretariats and editors, and is no participant: closed meetings stay closed to one.
    """
    may_name_administrators(occasion.actor, INSTALLATION_PLACE)
    return _named(occasion, inputs, Role.ADMINISTRATOR)


@act("editor.named", "Name an editor of the public record", by={Role.ADMINISTRATOR}, audience=SECRETARIAT)
def editor(occasion: Occasion, inputs: Appointment) -> Decision[SeatOffered]:
    """An administrator names who may report facts and their sources in the public record."""
    return _named(occasion, inputs, Role.EDITOR)


def _named(occasion: Occasion, inputs: Appointment, role: Role) -> Decision[SeatOffered]:
    seat = KeptSeat(id=new_id(), role=str(role), place="", state="", name=tidy(inputs.name), office="", organiser=False)
    place = Place("", str(ROLE_NAMES[role].message), "/me")
    letter = write_letter(occasion, inputs, place, seat)
    return letter.decision(SeatOffered(seat=seat, invitation=letter.invitation))


@effect("administrator.named")
@effect("editor.named")
def appointed(session: Session, entry: Entry, body: SeatOffered) -> None:
    """Adds a seat in the installation that waits for its holder, and the letter with which it is taken."""
    seat_offered(session, entry, body)


@phrase("administrator.named")
@phrase("editor.named")
def say_appointed(entry: Entry, body: SeatOffered) -> str:
    """The sentence that says who was invited, and to what."""
    return say_offered(entry, body)
