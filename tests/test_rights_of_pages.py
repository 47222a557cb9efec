"""One walk over every address and every live line as every role, with things in place that could leak.

It asks the framework's routes what there is, so that nothing new is forgotten: it fails until a room's
`rights_samples.py` says where to look (see `rights_world.py`).
"""

import asyncio
from http import HTTPStatus

import pytest
from tests.rights_visitors import Visitors, addresses, follow_the_record, routes

from suhbat.ground.migrations import every_table

every_table()
READABLE = {200, 303, 403, 404, 409}
pytestmark = pytest.mark.usefixtures("unhurried")


def test_every_address_and_the_live_record_as_every_role(world):
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> None:
        for path in routes(world):
            for address in addresses(world, path):
                for role in world.roles:
                    for wanted in ("text/html", "application/json"):
                        answer = await visitors.ask(role, "GET", address, headers={"accept": wanted})
                        visitors.look(role, f"GET {address} ({wanted})", answer)
                        if answer.status_code not in READABLE:
                            faults.append(f"GET {address} as {role}: {answer.status_code}")
                        if answer.status_code != HTTPStatus.OK or not answer.text.startswith("<!doctype"):
                            break  # what is refused, or is no page, is the same for a program
        await follow_the_record(world, visitors)

    asyncio.run(walk())
    assert not faults, "\n".join(faults)
    assert not visitors.leaks, "\n".join(sorted(set(visitors.leaks)))
    hidden = [secret.where for secret in world.secrets if not secret.seen]
    assert not hidden, f"nobody was ever shown {hidden}: is it planted where anyone looks?"
