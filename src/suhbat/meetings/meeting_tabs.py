"""The ways between the pages of a meeting, the same on each of them."""

from dataclasses import dataclass

from suhbat.acts.onlookers import WHOSE
from suhbat.acts.roles_and_seats import Role, Viewer
from suhbat.ground.language import Lazy, lazy
from suhbat.record.audiences import PARTICIPANTS


@dataclass(frozen=True)
class Tab:
    """One page of a meeting."""

    name: str
    label: Lazy
    page: str


DESK = Tab("desk", lazy("Desk"), "/desk")
AGENDA = Tab("agenda", lazy("Agenda"), "/agenda")
DELEGATIONS = Tab("delegations", lazy("Delegations"), "/delegations")
PEOPLE = Tab("people", lazy("People", context="who has a seat"), "/people")
TEXTS = Tab("texts", lazy("Texts"), "/texts")
PAPERS = Tab("papers", lazy("Papers"), "/papers")
OUTCOMES = Tab("outcomes", lazy("Outcomes"), "/outcomes")
RECORD = Tab("minutes", lazy("Summary record"), "/minutes")
ROOM = Tab("room", lazy("Conference room"), "/room")


def tabs_of(viewer: Viewer, meeting: str, current: str = "", status: str = "") -> list[Tab]:
    """The pages of a meeting that are open to a reader, in the order of the work.

    Without a status, only those who take part are led further.
    """
    if viewer.scope(meeting).sees(PARTICIPANTS):
        people = [PEOPLE] if current == "people" or Role.SECRETARIAT in viewer.roles_at(meeting) else []
        return [DESK, AGENDA, DELEGATIONS, *people, TEXTS, PAPERS, OUTCOMES, RECORD, ROOM]
    if not status:
        return []
    published = [OUTCOMES, RECORD] if status == "published" else []
    return [AGENDA, PAPERS] if status == "reported" else [AGENDA, TEXTS, PAPERS, *published]


def other_eyes(viewer: Viewer, meeting: str) -> dict[str, Lazy]:
    """Through whose eyes a reader may look at the pages of a meeting: its secretariat may."""
    return WHOSE if Role.SECRETARIAT in viewer.roles_at(meeting) else {}
