"""Signs of HTML in every text field of every act, kept for good: no page, letter or stream shows them as HTML.

The acts are performed one upon another in waves; what no longer fits the state of one wave is done in the next.
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
BEGUN = "<script>alert"
MOST_WAVES = 8
READERS = ("public", "secretariat", "head")
pytestmark = pytest.mark.usefixtures("unhurried")


def is_free_text(annotation: Any) -> bool:
    """Whether a person may type whatever they like here."""
    if bare(annotation) is not str:
        return False
    metas: list[Any] = []
    while get_origin(annotation) is Annotated or type(None) in get_args(annotation):
        metas += getattr(annotation, "__metadata__", ())
        annotation = get_args(annotation)[0]
    told = {name for meta in metas for name in ("choices", "widget") if (meta.extra or {}).get(name) in NOT_TYPED}
    chosen = any((meta.extra or {}).get("choices") for meta in metas)
    longest = min((meta.max_length for meta in metas if meta.max_length), default=10_000)
    return not told and not chosen and not any(meta.pattern for meta in metas) and longest > len(SCRIPT)


NOT_TYPED = {"hidden", "email"}


def spoiled(kind: Any, given: dict[str, Any]) -> dict[str, Any]:
    """The same wish with signs of HTML in every text field, nested ones too."""
    hints = get_type_hints(kind, include_extras=True)
    made = dict(given)
    for spec in msgspec.structs.fields(kind):
        inner = bare(hints[spec.name])
        if is_free_text(hints[spec.name]):
            made[spec.encode_name] = SCRIPT
        elif isinstance(inner, type) and issubclass(inner, msgspec.Struct) and isinstance(given.get(spec.name), dict):
            made[spec.encode_name] = spoiled(inner, given[spec.name])
    return made


def perform(world: World, name: str) -> bool:
    """Perform an act with as many spoiled fields as it takes; says whether it was in order at all."""
    given = world.acts()[name]
    try:
        wish = msgspec.to_builtins(dict(given(world) if callable(given) else given))
    except Refused:
        return False  # the sample needs a state that this wave no longer has
    role = next((role for role in [*world.roles, "operator"] if accepts(world, role, name, wish)), "")
    if not role:
        return False
    for field, value in spoiled(REGISTRY[name].wish, wish).items():
        if value != wish.get(field) and accepts(world, role, name, wish | {field: value}):
            wish[field] = value
    world.do(role, name, wish)
    return True


def accepts(world: World, role: str, name: str, wish: dict[str, Any]) -> bool:
    with world.looking_only():
        try:
            world.do(role, name, wish)
        except Refused:
            return False
    return True


def test_what_is_typed_is_shown_as_it_was_typed(world):
    left = {name for name in world.acts() if spoiled(REGISTRY[name].wish, {})}
    leaks: set[str] = set()
    for wave in range(MOST_WAVES):
        if not left:
            break
        visitors = Visitors(world)
        for name in Random(wave).sample(sorted(left), len(left)):
            if perform(world, name):
                left.discard(name)
        leaks |= asyncio.run(look_at_everything(world, visitors))
        world.put_back()
    assert not leaks, "\n".join(sorted(leaks))
    assert not left, f"in {MOST_WAVES} waves these were never in order: {sorted(left)}"


async def look_at_everything(world: World, visitors: Visitors) -> set[str]:
    leaks: set[str] = set()
    for path in routes(world):
        for address in addresses(world, path):
            for role in READERS:
                answer = await visitors.ask(role, "GET", address, headers={"accept": "text/html"})
                if "html" in answer.headers.get("content-type", "") and (MARK in answer.text or BEGUN in answer.text):
                    leaks.add(f"{address}, as {role}, shows what someone typed as HTML")
    return leaks
