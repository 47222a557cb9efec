"""What the walks over all acts share: which acts there are, what is asked for in each, and how it is sent."""

from typing import Any

import msgspec
import pytest
from tests.rights_world import World

from suhbat.acts.registry import REGISTRY, Act
from suhbat.ground.migrations import every_table
from suhbat.ground.refusals import Refused

every_table()
REFUSALS = {403, 404, 409, 422}


def acts_of(world: World) -> list[tuple[str, Act[Any]]]:
    """Every act that the walk can perform; that these are all of them is told by a test of its own."""
    return sorted((name, known) for name, known in REGISTRY.items() if name in world.acts())


def sample_of(world: World, name: str) -> dict[str, Any]:
    given = world.acts()[name]
    try:
        return dict(given(world) if callable(given) else given)
    except Refused as refusal:
        fields = {field: str(why) for field, why in refusal.fields.items()}
        pytest.fail(f"the sample of {name} is refused itself: {refusal.why} {fields or ''}")


def accepts(world: World, role: str, name: str, wish: dict[str, Any]) -> bool:
    with world.looking_only():
        try:
            world.house.door.perform(world.actor(role), name, wish)
        except Refused:
            return False
    return True


def json_of(wish: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(wish)
    return plain
