"""A walk over every address and every live stream as every role, looking for planted secrets.

It takes the addresses from the routes of the framework, so that no new page is forgotten: it fails until the
`rights_samples.py` of the package has addresses (see `rights_world.py`).
"""

import asyncio
from http import HTTPStatus

import pytest
from tests.rights_visitors import Visitors, addresses, follow_the_record, routes

from suhbat.ground.migrations import every_table

every_table()
READABLE = {200, 303, 403, 404, 409}
pytestmark = pytest.mark.usefixtures("unhurried")


def test_no_address_and_no_live_stream_shows_a_secret_to_the_wrong_role(world):
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> None:
        for path in routes(world):
            for address in addresses(world, path):
                for role in world.roles:
                    for media_type in ("text/html", "application/json"):
                        answer = await visitors.ask(role, "GET", address, headers={"accept": media_type})
                        visitors.look(role, f"GET {address} ({media_type})", answer)
                        if answer.status_code not in READABLE:
                            faults.append(f"GET {address} as {role}: {answer.status_code}")
                        if answer.status_code != HTTPStatus.OK or not answer.text.startswith("<!doctype"):
                            break  # a refusal or a file is the same as JSON
        await follow_the_record(world, visitors)

    asyncio.run(walk())
    assert not faults, "\n".join(faults)
    assert not visitors.leaks, "\n".join(sorted(set(visitors.leaks)))
    hidden = [secret.where for secret in world.secrets if not secret.seen]
    assert not hidden, f"no role ever saw {hidden}: are they planted where the walk looks?"
