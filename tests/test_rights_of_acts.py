"""A walk over every act as every role: those who may perform it, and nobody else, can do so and see its form.

It takes the acts from the register, so that no new act is forgotten: it fails until the `rights_samples.py` of the
package has a sample (see `rights_world.py`).
"""

import asyncio
from http import HTTPStatus
from typing import Any

import msgspec
import pytest
from tests.asgi_requests import with_query
from tests.rights_visitors import Visitors, addresses, routes
from tests.rights_walk import REFUSALS, acts_of, json_of, sample_of
from tests.rights_world import World

from suhbat.acts.door import place_in
from suhbat.acts.inputs import read_input
from suhbat.acts.registry import REGISTRY
from suhbat.acts.roles_and_seats import SYSTEM, Role
from suhbat.ground.refusals import Refused

pytestmark = pytest.mark.usefixtures("unhurried")


def test_there_is_a_sample_of_every_act_and_every_address(world):
    acts = sorted(set(REGISTRY) - set(world.acts()))
    assert not acts, f"say in src/suhbat/<package>/tests/rights_samples.py, ACTS, how these are performed: {acts}"
    needless = sorted(set(world.acts()) - set(REGISTRY))
    assert not needless, f"these samples are of no act: {needless}"
    unknown = [path for path in routes(world) if not addresses(world, path)]
    assert not unknown, f"say in src/suhbat/<package>/tests/rights_samples.py, PAGES, what to look at: {unknown}"


def test_the_walk_has_every_role(world):
    roles = {seat.role for role in world.roles for seat in world.actor(role).seats}
    assert roles == set(Role) - {Role.SYSTEM, Role.ANYONE}


def test_every_act_as_every_role(world):
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> None:
        before = world.size
        for name, act in acts_of(world):
            inputs = sample_of(world, name)
            meeting, format_ = place_in(read_input(act.input_type, json_of(inputs), lax=False))
            accepted = []
            with world.looking_only():
                for role in world.roles:
                    answer = await visitors.ask(role, "POST", f"/acts/{name}", json=json_of(inputs))
                    visitors.look(role, f"the answer to {name}", answer)
                    seat = visitors.actors[role].seat_for(act.by, meeting, format_, from_meetings=act.from_meetings)
                    may = seat is not None
                    if answer.status_code == HTTPStatus.CREATED:
                        accepted.append(role)
                    if not may and answer.status_code != HTTPStatus.FORBIDDEN:
                        faults.append(f"{name} as {role}: {answer.status_code}, not 403: {answer.text[:200]}")
                    elif answer.status_code not in {HTTPStatus.CREATED, *REFUSALS}:
                        faults.append(f"{name} as {role}: {answer.status_code} {answer.text[:200]}")
                    form = await visitors.ask(role, "GET", with_query(f"/acts/{name}", flat(inputs)))
                    visitors.look(role, f"the form of {name}", form)
                    shown = world.app.door.may(visitors.actors[role].viewer, name, meeting, format_)
                    if form.status_code != (200 if may or shown else HTTPStatus.FORBIDDEN):
                        faults.append(f"the form of {name} as {role}: {form.status_code}")
                if not accepted and not by_the_system(world, name, inputs):
                    faults.append(f"{name}: the sample is in order for nobody: {refusals(world, name, inputs)}")
            if world.size != before:
                world.put_back()

    asyncio.run(walk())
    assert not faults, "\n".join(faults)
    assert not visitors.leaks, "\n".join(visitors.leaks)


def by_the_system(world: World, name: str, inputs: dict[str, Any]) -> bool:
    """Whether the command line or the server itself may perform an act that nobody else can."""
    for actor in (world.actor("operator"), SYSTEM):
        try:
            world.app.door.perform(actor, name, inputs)
        except Refused:
            continue
        return True
    return False


def refusals(world: World, name: str, inputs: dict[str, Any]) -> dict[str, str]:
    """By role, why everyone who might perform an act was refused."""
    reasons = {}
    for role in world.roles:
        try:
            world.app.door.perform(world.actor(role), name, inputs)
        except Refused as refusal:
            if refusal.kind != "not-allowed":
                reasons[role] = f"{refusal.why} { ({k: str(v) for k, v in refusal.fields.items()}) }"
    return reasons


def flat(inputs: dict[str, Any]) -> dict[str, str]:
    """The inputs that fit into an address: texts and numbers."""
    return {name: str(value) for name, value in inputs.items() if isinstance(value, str | int)}


def test_nobody_acts_for_another_delegation(world):
    """A form of a Kazakh delegate that says "Uzbekistan" is refused, or is Kazakhstan's all the same."""
    faults = []
    before = world.size
    for name, act in acts_of(world):
        fields = {spec.encode_name for spec in msgspec.structs.fields(act.input_type)} & {"delegation", "state"}
        if not fields:
            continue
        inputs = sample_of(world, name) | dict.fromkeys(fields, "UZ")
        for role in ("head", "alternate", "delegate", "adviser"):
            with world.looking_only():
                try:
                    entry = world.app.door.perform(world.actor(role), name, inputs).entry
                except Refused:
                    continue
            if entry.delegation != "KZ" or entry.body.get("delegation", "KZ") != "KZ":
                faults.append(f"{name} as {role} of Kazakhstan, for Uzbekistan: {entry.body}")
        if world.size != before:
            world.put_back()
    assert not faults, "\n".join(faults)
