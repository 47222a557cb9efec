"""A meeting of six delegations, with what the tests of this package need."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.convened_meeting import seated

from suhbat.acts.app import App
from suhbat.acts.place_finders import FINDERS, SIDE_FINDERS, Place
from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, Actor, Role
from suhbat.people.queries import actor_for
from suhbat.people.seats import Offer, Taking

MEETING = "ca-japan/2020-08-11-special"
ELSEWHERE = "ca-us/2020-06-30"
STATES = ("JP", "KZ", "KG", "TJ", "TM", "UZ")


@pytest.fixture(autouse=True)
def places() -> Iterator[dict[str, Place]]:
    heads = {"JP": ("Toshimitsu Motegi", "Minister for Foreign Affairs"), "KZ": ("Mukhtar Tileuberdi", "Minister")}
    places_by_id = {
        "ca-japan": Place("ca-japan", "Central Asia plus Japan", "/formats/ca-japan", states=STATES),
        MEETING: Place(
            MEETING,
            "Special video conference",
            f"/meetings/{MEETING}",
            when="2020-08-11",
            chair="JP",
            states=STATES,
            heads=heads,
            rehearsal=True,
        ),
        ELSEWHERE: Place(ELSEWHERE, "C5+1", f"/meetings/{ELSEWHERE}", "2020-06-30", states=("US", "KZ")),
    }

    def find(_session: Any, place: str) -> Place | None:
        return places_by_id.get(place)

    def sides(_session: Any, _place: str) -> dict[str, Any]:
        return {state: "partner" if state in {"JP", "US"} else "member" for state in STATES} | {"TR": "observer"}

    FINDERS.insert(0, find)
    SIDE_FINDERS.insert(0, sides)
    yield places_by_id
    FINDERS.remove(find)
    SIDE_FINDERS.remove(sides)


@pytest.fixture
def secretariat() -> Actor:
    return seated(Role.SECRETARIAT, MEETING, name="The secretariat in Tokyo")


@pytest.fixture
def invite(app: App, secretariat: Actor) -> Callable[..., str]:
    """Offer a seat; returns the secret of the link."""

    def offer(name: str, role: Role = Role.DELEGATE, state: str = "", by: Actor | None = None, **fields: Any) -> str:
        inputs = Offer(meeting=fields.pop("meeting", MEETING), name=name, role=role, state=state, **fields)
        return secret_of(app.door.perform(by or secretariat, "seat.offered", inputs).reply["link"])

    return offer


@pytest.fixture
def sit(app: App, invite: Callable[..., str]) -> Callable[..., Actor]:
    """Invite someone who then takes the seat; returns the person as an actor."""

    def take(*arguments: Any, **fields: Any) -> Actor:
        done = app.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=invite(*arguments, **fields)))
        with app.database.reading() as session:
            return actor_for(session, done.reply["person"])

    return take


def secret_of(link: str) -> str:
    return link.rsplit("/", 1)[1]


__all__ = ["ADMINISTRATION", "ELSEWHERE", "MEETING", "secret_of"]
