"""Shared by the walks over all acts: which acts there are, a sample input of each, and how it is sent."""

from typing import Any

import msgspec
import pytest
from tests.rights_world import World

from suhbat.acts.registry import REGISTRY, Act
from suhbat.acts.roles_and_seats import Actor
from suhbat.ground.migrations import every_table
from suhbat.ground.refusals import Refused

every_table()
REFUSALS = {403, 404, 409, 422}


def acts_of(world: World) -> list[tuple[str, Act[Any]]]:
    """Every act that has a sample; another test shows that all have one."""
    return sorted((name, act) for name, act in REGISTRY.items() if name in world.acts())


def sample_of(world: World, name: str) -> dict[str, Any]:
    sample = world.acts()[name]
    try:
        return dict(sample(world) if callable(sample) else sample)
    except Refused as refusal:
        fields = {field: str(why) for field, why in refusal.fields.items()}
        pytest.fail(f"the sample of {name} is itself refused: {refusal.why} {fields or ''}")


def accepts(world: World, role: str, name: str, inputs: dict[str, Any], actor: Actor | None = None) -> bool:
    """Whether an act is accepted from a role; `actor` is who that is at present, if it was looked up before."""
    with world.looking_only():
        try:
            world.app.door.perform(actor or world.actor(role), name, inputs)
        except Refused:
            return False
    return True


def json_of(inputs: dict[str, Any]) -> dict[str, Any]:
    builtins: dict[str, Any] = msgspec.to_builtins(inputs)
    return builtins
