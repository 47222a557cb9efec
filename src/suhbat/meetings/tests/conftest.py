"""Fixtures: people with seats at a convened meeting, and papers."""

from collections.abc import Callable
from typing import Any

import pytest

from suhbat.acts.app import App
from suhbat.acts.door import Done
from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, Actor, Role, Seat
from suhbat.people.seats import Offer, Taking
from suhbat.record import blobs
from suhbat.record.upload_receipts import receipt_for

OFFICE = Actor("office", "Office", (Seat(Role.SECRETARIAT, "ca-japan"),))


@pytest.fixture
def sit(app: App) -> Callable[..., str]:
    """Offer a seat to someone, who takes it; returns the person's id."""

    def take(role: Role, meeting: str, state: str = "") -> str:
        offerer, name = (ADMINISTRATION if role == Role.SECRETARIAT else OFFICE), f"{role} {state}".strip()
        if role == Role.SECRETARIAT:
            inputs = Offer(format="ca-japan", name=name, role=role, state=state)
        else:
            inputs = Offer(meeting=meeting, name=name, role=role, state=state, anyway=True)
        secret = app.door.perform(offerer, "seat.offered", inputs).reply["link"].rsplit("/", 1)[1]
        return str(app.door.perform(PUBLIC_READER, "seat.taken", Taking(secret=secret)).reply["person"])

    return take


PDF = b"%PDF-1.7\nA paper.\n%%EOF"


@pytest.fixture
def filed(app: App) -> Callable[..., Done]:
    """File a paper, with its content stored as the door stores an upload."""

    def file(actor: Actor, meeting: str, content: bytes = PDF, name: str = "points.pdf", **fields: Any) -> Done:
        sha256 = blobs.store(app.settings.data, content)
        stored = {"sha256": sha256, "size": len(content), "file_name": name,
                "receipt": receipt_for(app.settings, sha256, actor.id)}  # fmt: skip
        inputs = {"meeting": meeting, "title": "Talking points", "language": "en", "file": stored} | fields
        return app.door.perform(actor, "paper.filed", inputs)

    return file
