"""Whatever is typed into any field of any act, the answer is an act or a refusal with a reason, never a crash."""

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


def test_no_value_in_any_field_crashes_the_server(world):
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> None:
        before = world.size
        for name, act in acts_of(world):
            inputs = sample_of(world, name)
            role = next(iter(role for role in world.roles if accepts(world, role, name, inputs)), "public")
            with world.looking_only():
                for spec in msgspec.structs.fields(act.input_type):
                    for value in nasty_for(bare(spec.type)):
                        changed = json_of({**inputs, spec.encode_name: value})
                        answer = await visitors.ask(role, "POST", f"/acts/{name}", json=changed)
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
