"""One walk over every act and every address as every role, with things in place that could leak.

It asks the register of acts and the framework's routes what there is, so that nothing new is forgotten: it fails until
a room's `rights_samples.py` says how to fill the new thing in (see `rights_world.py`).
"""

import asyncio
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import msgspec
import pytest
from tests.rights_visitors import Visitors, addresses, follow_the_record, routes
from tests.rights_world import MARK, ROOMS, World

from suhbat.acts.actors import SYSTEM, Role
from suhbat.acts.door import place
from suhbat.acts.inputs import bare, read_input
from suhbat.acts.registry import REGISTRY, Act
from suhbat.ground.migrations import every_table
from suhbat.ground.refusals import Refused

every_table()
OK, NOT_ALLOWED = HTTPStatus.CREATED, HTTPStatus.FORBIDDEN
REFUSALS = {403, 404, 409, 422}
READABLE = {200, 303, 403, 404, 409}


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk knocks at every door dozens of times within a minute: it is about rights, not about haste."""

    async def let_through(_limit: Any, request: Any) -> bool:
        return False

    monkeypatch.setattr("litestar.middleware.rate_limit.RateLimitMiddleware.should_check_request", let_through)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("rights"))
    yield made
    made.app.database.close()


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


def test_the_walk_knows_every_act_and_every_address(world):
    acts = sorted(set(REGISTRY) - set(world.acts()))
    assert not acts, f"say in src/suhbat/<room>/tests/rights_samples.py, ACTS, how these are performed: {acts}"
    gone = sorted(set(world.acts()) - set(REGISTRY))
    assert not gone, f"these samples are of no act: {gone}"
    unknown = [path for path in routes(world) if not addresses(world, path)]
    assert not unknown, f"say in src/suhbat/<room>/tests/rights_samples.py, PAGES, what to look at: {unknown}"
    assert {path.split("/")[2] for path in acts} <= set(ROOMS)


def test_every_act_as_every_role(world):
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> None:
        before = world.size
        for name, known in acts_of(world):
            inputs = sample_of(world, name)
            meeting, format_ = place(read_input(known.input_type, json_of(inputs), lax=False))
            accepted = []
            with world.looking_only():
                for role in world.roles:
                    answer = await visitors.ask(role, "POST", f"/acts/{name}", json=json_of(inputs))
                    visitors.look(role, f"the answer to {name}", answer)
                    may = visitors.actors[role].seat_for(known.by, meeting, format_) is not None
                    if answer.status_code == OK:
                        accepted.append(role)
                    if not may and answer.status_code != NOT_ALLOWED:
                        faults.append(f"{name} as {role}: {answer.status_code}, not 403: {answer.text[:200]}")
                    elif answer.status_code not in {OK, *REFUSALS}:
                        faults.append(f"{name} as {role}: {answer.status_code} {answer.text[:200]}")
                    form = await visitors.ask(role, "GET", f"/acts/{name}", params=flat(inputs))
                    visitors.look(role, f"the form of {name}", form)
                    if form.status_code != (200 if may else NOT_ALLOWED):
                        faults.append(f"the form of {name} as {role}: {form.status_code}")
                if not accepted and not by_the_system(world, name, inputs):
                    faults.append(f"{name}: the sample is in order for nobody: {last(world, name, inputs)}")
            if world.size != before:
                world.put_back()

    asyncio.run(walk())
    assert not faults, "\n".join(faults)
    assert not visitors.leaks, "\n".join(visitors.leaks)


def by_the_system(world: World, name: str, inputs: dict[str, Any]) -> bool:
    """Whether the server's command line, or the house itself, may perform an act that no one else can."""
    for actor in (world.actor("operator"), SYSTEM):
        try:
            world.app.door.perform(actor, name, inputs)
        except Refused:
            continue
        return True
    return False


def last(world: World, name: str, inputs: dict[str, Any]) -> dict[str, str]:
    """Why everyone who might perform an act was refused."""
    why = {}
    for role in world.roles:
        try:
            world.app.door.perform(world.actor(role), name, inputs)
        except Refused as refusal:
            if refusal.kind != "not-allowed":
                why[role] = f"{refusal.why} { ({k: str(v) for k, v in refusal.fields.items()}) }"
    return why


NASTY = ["<script>alert(1)</script>" + MARK, "x" * 70_000, "\x00\u202e🏔"]


def test_no_text_in_any_field_is_more_than_text(world):
    """Whatever is typed into a field, the answer is an act or a refusal that names a reason; never a fault."""
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> None:
        before = world.size
        for name, known in acts_of(world):
            inputs = sample_of(world, name)
            role = next(iter(role for role in world.roles if _accepts(world, role, name, inputs)), "public")
            with world.looking_only():
                for spec in msgspec.structs.fields(known.input_type):
                    for value in nasty_for(bare(spec.type)):
                        given = json_of({**inputs, spec.encode_name: value})
                        answer = await visitors.ask(role, "POST", f"/acts/{name}", json=given)
                        if answer.status_code not in {OK, *REFUSALS}:
                            faults.append(f"{name}.{spec.name} = {value!r:.40}: {answer.status_code}")
            if world.size != before:
                world.put_back()

    asyncio.run(walk())
    assert not faults, "\n".join(faults)


def _accepts(world: World, role: str, name: str, inputs: dict[str, Any]) -> bool:
    with world.looking_only():
        try:
            world.app.door.perform(world.actor(role), name, inputs)
        except Refused:
            return False
    return True


def nasty_for(kind: Any) -> list[Any]:
    if kind is str:
        return NASTY
    if kind in {int, float}:
        return [-1, 10**18, "x"]
    return [None, "x", [], {}, ["x", {}]]


def test_nobody_acts_for_another_delegation(world):
    """A form of a Kazakh delegate that says "Uzbekistan" is refused, or is Kazakhstan's all the same."""
    faults = []
    before = world.size
    for name, known in acts_of(world):
        fields = {spec.encode_name for spec in msgspec.structs.fields(known.input_type)} & {"delegation", "state"}
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


def json_of(inputs: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(inputs)
    return plain


def flat(inputs: dict[str, Any]) -> dict[str, str]:
    """What fits into an address: the place, and plain words."""
    return {name: str(value) for name, value in inputs.items() if isinstance(value, str | int)}


def test_the_roles_of_the_walk_are_all_the_roles_there_are(world):
    told = {seat.role for role in world.roles for seat in world.actor(role).seats}
    assert told == set(Role) - {Role.SYSTEM, Role.ANYONE}
