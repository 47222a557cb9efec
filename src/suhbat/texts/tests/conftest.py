"""People who sign in to the pages of texts, seated by an act of the tests so that other packages are not needed."""

import pytest

from suhbat.acts import Input, Occasion, Role
from suhbat.acts.registry import REGISTRY, Act
from suhbat.ground.language import lazy
from suhbat.meetings.seated_heads import heads_from_seats
from suhbat.people.models import Person, SeatRow


class Sit(Input, frozen=True, kw_only=True):
    meeting: str


def _sit(_occasion: Occasion, inputs: Sit) -> dict[str, str]:
    """Everyone takes a seat."""
    return {"at": inputs.meeting}


def _seated(session, entry) -> None:
    seats = [("chair", Role.CHAIR, "JP"), *((s.lower(), Role.HEAD, s) for s in ("JP", "KZ", "UZ"))]
    for name, role, state in seats:
        session.add(Person(id=name, name=f"{role} {state}"))
        session.flush()
        session.add(SeatRow(id=f"s-{name}", person=name, role=str(role), place=entry.body["at"], state=state))
    session.flush()
    heads_from_seats(session, entry.body["at"])


@pytest.fixture
def sitting(monkeypatch):
    everyone = frozenset({Role.SECRETARIAT})
    act = Act("stage.seated", lazy("Sit"), everyone, "participants", Sit, _sit, effect=_seated)
    monkeypatch.setitem(REGISTRY, "stage.seated", act)


@pytest.fixture
def page(table):
    return f"/meetings/{table.meeting}/texts/{table.text}"
