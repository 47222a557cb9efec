"""The acts that name those who serve the installation: its administrators, and the editors of the public record."""

from typing import Annotated

from msgspec import Meta

from suhbat.acts import Decision, Occasion, Role, act
from suhbat.acts.actors import ADMINISTRATION, ROLE_NAMES
from suhbat.acts.places import Place
from suhbat.ground.ids import new_id
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_allowed
from suhbat.people.models import ORGANISER_KEY
from suhbat.people.seats import Posting, tidy, with_letter
from suhbat.record.reading import SECRETARIAT


class Appointment(Posting, frozen=True, kw_only=True):
    """Who is named to serve the installation, and how the letter goes."""

    name: Annotated[str, Meta(min_length=1, max_length=200, title="Name", extra={"context": "a person's"})]


@act("administrator.named", "Name an administrator", by={Role.ADMINISTRATOR}, audience=SECRETARIAT)
def administrator(occasion: Occasion, wish: Appointment) -> Decision:
    """An administrator of the installation is named on the server's command line, and nowhere else.

    An administrator appoints secretariats and editors, and is no participant: closed meetings stay closed to one.
    """
    if occasion.actor.id != ADMINISTRATION.id:
        raise not_allowed(lazy("Administrators are named on the server's command line only."))
    return _named(occasion, wish, Role.ADMINISTRATOR)


@act("editor.named", "Name an editor of the public record", by={Role.ADMINISTRATOR}, audience=SECRETARIAT)
def editor(occasion: Occasion, wish: Appointment) -> Decision:
    """An administrator names who may report facts and their sources in the public record."""
    return _named(occasion, wish, Role.EDITOR)


def _named(occasion: Occasion, wish: Appointment, role: Role) -> Decision:
    seat = {
        "id": new_id(),
        "role": str(role),
        "place": "",
        "state": "",
        "name": tidy(wish.name),
        "office": "",
        ORGANISER_KEY: False,
    }
    return with_letter(occasion, wish, Place("", str(ROLE_NAMES[role].message), "/me"), seat, {"seat": seat})
