"""HTML in every text field of every act: no page, letter or stream shows it as HTML.

The acts are performed one after another in waves; what is not in order in one wave is performed in the next.
"""

import asyncio
from random import Random
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import msgspec
import pytest
from tests.rights_visitors import Visitors, addresses, routes
from tests.rights_world import MARK, World

from suhbat.acts.inputs import bare
from suhbat.acts.registry import REGISTRY
from suhbat.ground.refusals import Refused

SCRIPT = f"<script>alert('{MARK}')</script>"
START = "<script>alert"
MOST_WAVES = 8
READERS = ("public", "secretariat", "head")
pytestmark = pytest.mark.usefixtures("unhurried")


def is_free_text(annotation: Any) -> bool:
    """Whether a person may type any text here."""
    if bare(annotation) is not str:
        return False
    metas: list[Any] = []
    while get_origin(annotation) is Annotated or type(None) in get_args(annotation):
        metas += getattr(annotation, "__metadata__", ())
        annotation = get_args(annotation)[0]
    not_typed = any((meta.extra or {}).get("widget") in NOT_TYPED for meta in metas)
    chosen = any((meta.extra or {}).get("choices") for meta in metas)
    longest = min((meta.max_length for meta in metas if meta.max_length), default=10_000)
    return not not_typed and not chosen and not any(meta.pattern for meta in metas) and longest > len(SCRIPT)


NOT_TYPED = {"hidden", "email"}


def spoiled(kind: Any, inputs: dict[str, Any]) -> dict[str, Any]:
    """The same input with HTML in every text field, also in nested ones."""
    hints = get_type_hints(kind, include_extras=True)
    with_html = dict(inputs)
    for spec in msgspec.structs.fields(kind):
        inner = bare(hints[spec.name])
        if is_free_text(hints[spec.name]):
            with_html[spec.encode_name] = SCRIPT
        elif isinstance(inner, type) and issubclass(inner, msgspec.Struct) and isinstance(inputs.get(spec.name), dict):
            with_html[spec.encode_name] = spoiled(inner, inputs[spec.name])
    return with_html


def perform(world: World, name: str) -> bool:
    """Perform an act with HTML in as many fields as it accepts; returns whether it was in order."""
    sample = world.acts()[name]
    try:
        inputs = msgspec.to_builtins(dict(sample(world) if callable(sample) else sample))
    except Refused:
        return False  # the sample needs something that this wave no longer has
    role = next((role for role in [*world.roles, "operator"] if accepts(world, role, name, inputs)), "")
    if not role:
        return False
    for field, value in spoiled(REGISTRY[name].input_type, inputs).items():
        if value != inputs.get(field) and accepts(world, role, name, inputs | {field: value}):
            inputs[field] = value
    world.do(role, name, inputs)
    return True


def accepts(world: World, role: str, name: str, inputs: dict[str, Any]) -> bool:
    with world.looking_only():
        try:
            world.do(role, name, inputs)
        except Refused:
            return False
    return True


def test_typed_html_is_shown_as_text(world):
    to_do = {name for name in world.acts() if spoiled(REGISTRY[name].input_type, {})}
    leaks: set[str] = set()
    for wave in range(MOST_WAVES):
        if not to_do:
            break
        visitors = Visitors(world)
        for name in Random(wave).sample(sorted(to_do), len(to_do)):
            if perform(world, name):
                to_do.discard(name)
        leaks |= asyncio.run(look_at_everything(world, visitors))
        world.put_back()
    assert not leaks, "\n".join(sorted(leaks))
    assert not to_do, f"in {MOST_WAVES} waves these were never in order: {sorted(to_do)}"


async def look_at_everything(world: World, visitors: Visitors) -> set[str]:
    leaks: set[str] = set()
    for path in routes(world):
        for address in addresses(world, path):
            for role in READERS:
                answer = await visitors.ask(role, "GET", address, headers={"accept": "text/html"})
                if "html" in answer.headers.get("content-type", "") and (MARK in answer.text or START in answer.text):
                    leaks.add(f"{address}, as {role}, shows what someone typed as HTML")
    return leaks
