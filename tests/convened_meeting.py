"""A meeting of six delegations, convened by acts, and its people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from suhbat.acts.app import App
from suhbat.acts.roles_and_seats import ADMINISTRATION, Actor, Role, Seat
from suhbat.record.reading import entries_after


def seated(role: Role, place: str, state: str = "", name: str = "", office: str = "") -> Actor:
    """A person in a seat, for acts performed without a page."""
    return Actor(
        f"{role}-{state}".lower().strip("-"), name or f"{role} {state}".strip(), (Seat(role, place, state, office),)
    )


@dataclass(frozen=True)
class Convened:
    """A meeting that was convened and released, and its people."""

    meeting: str
    chair: Actor
    heads: dict[str, Actor]
    secretariat: Actor
    note_taker: Actor
    observer: Actor
    items: list[str]
    """The ids of its agenda items, in order."""


SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
SUBJECTS = ("Public health", "Return of citizens", "Projects of trade and investment")


@pytest.fixture
def convene() -> Callable[..., Convened]:
    """Found the ca-japan format and convene a video meeting of six delegations, Japan in the chair, by acts."""

    def convene_in(app: App, *, released: bool = True, **other: Any) -> Convened:
        office = Actor("secretariat", "Secretariat", (Seat(Role.SECRETARIAT, "ca-japan"),))
        with app.database.reading() as session:
            founded = entries_after(session, 0, limit=1_000_000)
        if not any(entry.act == "format.founded" and entry.format == "ca-japan" for entry in founded):
            app.door.perform(ADMINISTRATION, "format.founded", {
                "format": "ca-japan", "name": "Central Asia plus Japan Dialogue", "kind": "n-plus-one",
                "members": list(SIX[1:]), "partners": ["JP"], "levels": ["ministerial"], "publish": True,
            })  # fmt: skip
        inputs = {
            "format": "ca-japan", "title": "Special video conference", "level": "ministerial", "mode": "video",
            "zone": "Asia/Tokyo", "opens": "2020-08-11T18:00", "closes": "2020-08-11T20:00", "chair_state": "JP",
            "delegations": list(SIX), "slug": "2020-08-11-special", "host_first": True, "observers": [],
            "certain": True,
            "items": [{"title": subject, "minutes": 30} for subject in SUBJECTS],
        } | other  # fmt: skip
        done = app.door.perform(office, "meeting.convened", inputs)
        meeting = done.reply["meeting"]
        if released:
            app.door.perform(office, "meeting.released", {"meeting": meeting})
        return Convened(
            meeting,
            chair=seated(Role.CHAIR, meeting, "JP", "Toshimitsu Motegi", "Minister of Foreign Affairs"),
            heads={state: seated(Role.HEAD, meeting, state, f"Head of {state}", "Minister") for state in SIX},
            secretariat=office,
            note_taker=seated(Role.NOTE_TAKER, meeting),
            observer=seated(Role.OBSERVER, meeting),
            items=[item["id"] for item in done.entry.body["items"]],
        )

    return convene_in
