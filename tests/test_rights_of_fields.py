"""Whatever is typed into any field of any act, the answer is an act or a refusal that names a reason; never a fault."""

import asyncio
from http import HTTPStatus
from typing import Any

import msgspec
import pytest
from tests.rights_visitors import Visitors
from tests.rights_walk import REFUSALS, accepts, acts_of, json_of, sample_of
from tests.rights_world import MARK

from suhbat.acts.inputs import bare

pytestmark = pytest.mark.usefixtures("unhurried")
NASTY = ["<script>alert(1)</script>" + MARK, "x" * 70_000, "\x00\u202e🏔"]


def test_no_text_in_any_field_is_more_than_text(world):
    """Whatever is typed into a field, the answer is an act or a refusal that names a reason; never a fault."""
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> None:
        before = world.size
        for name, known in acts_of(world):
            wish = sample_of(world, name)
            role = next(iter(role for role in world.roles if accepts(world, role, name, wish)), "public")
            with world.looking_only():
                for spec in msgspec.structs.fields(known.wish):
                    for value in nasty_for(bare(spec.type)):
                        given = json_of({**wish, spec.encode_name: value})
                        answer = await visitors.ask(role, "POST", f"/acts/{name}", json=given)
                        if answer.status_code not in {HTTPStatus.CREATED, *REFUSALS}:
                            faults.append(f"{name}.{spec.name} = {value!r:.40}: {answer.status_code}")
            if world.size != before:
                world.put_back()

    asyncio.run(walk())
    assert not faults, "\n".join(faults)


def nasty_for(kind: Any) -> list[Any]:
    if kind is str:
        return NASTY
    if kind in {int, float}:
        return [-1, 10**18, "x"]
    return [None, "x", [], {}, ["x", {}]]
