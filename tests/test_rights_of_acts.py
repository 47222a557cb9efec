"""One walk over every act as every role: whoever may perform it, and nobody else, is let in and shown the form of it.

It asks the register of acts what there is, so that nothing new is forgotten: it fails until a room's
`rights_samples.py` says how to fill the new thing in (see `rights_world.py`).
"""

import asyncio
from http import HTTPStatus
from typing import Any

import msgspec
import pytest
from tests.plain_asking import with_question
from tests.rights_visitors import Visitors, addresses, routes
from tests.rights_walk import REFUSALS, acts_of, json_of, sample_of
from tests.rights_world import ROOMS, World

from suhbat.acts.actors import SYSTEM, Role
from suhbat.acts.door import place
from suhbat.acts.inputs import read_wish
from suhbat.acts.registry import REGISTRY
from suhbat.ground.refusals import Refused

pytestmark = pytest.mark.usefixtures("unhurried")


def test_the_walk_knows_every_act_and_every_address(world):
    acts = sorted(set(REGISTRY) - set(world.acts()))
    assert not acts, f"say in src/suhbat/<room>/tests/rights_samples.py, ACTS, how these are performed: {acts}"
    gone = sorted(set(world.acts()) - set(REGISTRY))
    assert not gone, f"these samples are of no act: {gone}"
    unknown = [path for path in routes(world) if not addresses(world, path)]
    assert not unknown, f"say in src/suhbat/<room>/tests/rights_samples.py, PAGES, what to look at: {unknown}"
    assert {path.split("/")[2] for path in acts} <= set(ROOMS)


def test_the_roles_of_the_walk_are_all_the_roles_there_are(world):
    told = {seat.role for role in world.roles for seat in world.actor(role).seats}
    assert told == set(Role) - {Role.SYSTEM, Role.ANYONE}


def test_every_act_as_every_role(world):
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> None:
        before = world.size
        for name, known in acts_of(world):
            wish = sample_of(world, name)
            meeting, format_ = place(read_wish(known.wish, json_of(wish), lax=False))
            accepted = []
            with world.looking_only():
                for role in world.roles:
                    answer = await visitors.ask(role, "POST", f"/acts/{name}", json=json_of(wish))
                    visitors.look(role, f"the answer to {name}", answer)
                    may = visitors.actors[role].seat_for(known.by, meeting, format_) is not None
                    if answer.status_code == HTTPStatus.CREATED:
                        accepted.append(role)
                    if not may and answer.status_code != HTTPStatus.FORBIDDEN:
                        faults.append(f"{name} as {role}: {answer.status_code}, not 403: {answer.text[:200]}")
                    elif answer.status_code not in {HTTPStatus.CREATED, *REFUSALS}:
                        faults.append(f"{name} as {role}: {answer.status_code} {answer.text[:200]}")
                    form = await visitors.ask(role, "GET", with_question(f"/acts/{name}", flat(wish)))
                    visitors.look(role, f"the form of {name}", form)
                    if form.status_code != (200 if may else HTTPStatus.FORBIDDEN):
                        faults.append(f"the form of {name} as {role}: {form.status_code}")
                if not accepted and not by_the_house(world, name, wish):
                    faults.append(f"{name}: the sample is in order for nobody: {last(world, name, wish)}")
            if world.size != before:
                world.put_back()

    asyncio.run(walk())
    assert not faults, "\n".join(faults)
    assert not visitors.leaks, "\n".join(visitors.leaks)


def by_the_house(world: World, name: str, wish: dict[str, Any]) -> bool:
    """Whether the server's command line, or the house itself, may perform an act that no one else can."""
    for actor in (world.actor("operator"), SYSTEM):
        try:
            world.house.door.perform(actor, name, wish)
        except Refused:
            continue
        return True
    return False


def last(world: World, name: str, wish: dict[str, Any]) -> dict[str, str]:
    """Why everyone who might perform an act was refused."""
    why = {}
    for role in world.roles:
        try:
            world.house.door.perform(world.actor(role), name, wish)
        except Refused as refusal:
            if refusal.kind != "not-allowed":
                why[role] = f"{refusal.why} { ({k: str(v) for k, v in refusal.fields.items()}) }"
    return why


def flat(wish: dict[str, Any]) -> dict[str, str]:
    """What fits into an address: the place, and plain words."""
    return {name: str(value) for name, value in wish.items() if isinstance(value, str | int)}


def test_nobody_acts_for_another_delegation(world):
    """A form of a Kazakh delegate that says "Uzbekistan" is refused, or is Kazakhstan's all the same."""
    faults = []
    before = world.size
    for name, known in acts_of(world):
        fields = {spec.encode_name for spec in msgspec.structs.fields(known.wish)} & {"delegation", "state"}
        if not fields:
            continue
        wish = sample_of(world, name) | dict.fromkeys(fields, "UZ")
        for role in ("head", "alternate", "delegate", "adviser"):
            with world.looking_only():
                try:
                    entry = world.house.door.perform(world.actor(role), name, wish).entry
                except Refused:
                    continue
            if entry.delegation != "KZ" or entry.body.get("delegation", "KZ") != "KZ":
                faults.append(f"{name} as {role} of Kazakhstan, for Uzbekistan: {entry.body}")
        if world.size != before:
            world.put_back()
    assert not faults, "\n".join(faults)
