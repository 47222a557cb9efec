"""One walk over every act and every address as every role, with things in place that could leak.

It asks the register of acts and the framework's routes what there is, so that nothing new is forgotten: it fails until
a room's `rights_samples.py` says how to fill the new thing in (see `rights_world.py`).
"""

import asyncio
import io
import json
import re
import zipfile
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import httpx
import msgspec
import pypdf
import pytest
from tests.rights_world import ELSEWHERE, LATER, MARK, MEETING, ROOMS, World

from suhbat.acts.actors import SYSTEM, Role
from suhbat.acts.door import place
from suhbat.acts.inputs import bare, read_wish
from suhbat.acts.registry import REGISTRY, Act
from suhbat.application import front_of, make_pages
from suhbat.ground.migrations import every_table
from suhbat.ground.refusals import Refused
from suhbat.people.signing import COOKIE, sign_in_cookie

every_table()
OK, NOT_ALLOWED = HTTPStatus.CREATED, HTTPStatus.FORBIDDEN
REFUSALS = {403, 404, 409, 422}
READABLE = {200, 303, 403, 404, 409}
OF_A_MEETING = re.compile(r"^/meetings/\{\w+:str\}/\{\w+:str\}(?P<rest>[^{]*)$")
OF_A_FORMAT = re.compile(r"^/formats/\{\w+:str\}(?P<rest>[^{]*)$")
FRAMEWORK = re.compile(r"^/api\b")
"""The description of the interface: the same for everyone, and no content of the house."""


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
    made.house.database.close()


class Visitors:
    """Everyone's browsers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.application: Any = front_of(world.house)
        self.cookies = {
            role: {COOKIE: sign_in_cookie(world.settings, world.people[role])} if role in world.people else {}
            for role in world.roles
        }
        self.leaks: list[str] = []
        self.actors = {role: world.actor(role) for role in world.roles}
        transport = httpx.ASGITransport(self.application)
        self.browser = httpx.AsyncClient(transport=transport, base_url="http://localhost:8000")

    async def ask(self, role: str, method: str, path: str, **more: Any) -> httpx.Response:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies[role].items())
        headers = {"cookie": cookie, **more.pop("headers", {})}
        self.browser.cookies.clear()
        return await self.browser.request(method, path, headers=headers, **more)

    def look(self, role: str, where: str, answer: httpx.Response) -> None:
        """Look for secrets that this reader must not see, and for signs that would be read as HTML."""
        self.read(role, where, said(answer))
        if "html" in answer.headers.get("content-type", "") and MARK in answer.text:
            self.leaks.append(f"{where}, as {role}: what someone wrote is shown as HTML")

    def read(self, role: str, where: str, text: str) -> None:
        for secret in self.world.secrets:
            if secret.word not in text:
                continue
            if self.world.may_see(role, self.actors[role], secret):
                secret.seen.add(role)
            else:
                self.leaks.append(f"{where}, as {role}: shows {secret.where} (for {', '.join(secret.audiences)})")


def said(answer: httpx.Response) -> str:
    """The words of an answer, those of a PDF and of a Word file too."""
    kind = answer.headers.get("content-type", "")
    if answer.content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    if "json" in kind:  # é and é are the same letter
        return json.dumps(answer.json(), ensure_ascii=False)
    return answer.content.decode("utf-8", "replace")


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
            wish = sample_of(world, name)
            meeting, format_ = place(read_wish(known.wish, json_of(wish), lax=False))
            accepted = []
            with world.looking_only():
                for role in world.roles:
                    answer = await visitors.ask(role, "POST", f"/acts/{name}", json=json_of(wish))
                    visitors.look(role, f"the answer to {name}", answer)
                    may = visitors.actors[role].seat_for(known.by, meeting, format_) is not None
                    if answer.status_code == OK:
                        accepted.append(role)
                    if not may and answer.status_code != NOT_ALLOWED:
                        faults.append(f"{name} as {role}: {answer.status_code}, not 403: {answer.text[:200]}")
                    elif answer.status_code not in {OK, *REFUSALS}:
                        faults.append(f"{name} as {role}: {answer.status_code} {answer.text[:200]}")
                    form = await visitors.ask(role, "GET", f"/acts/{name}", params=flat(wish))
                    visitors.look(role, f"the form of {name}", form)
                    if form.status_code != (200 if may else NOT_ALLOWED):
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


NASTY = ["<script>alert(1)</script>" + MARK, "x" * 70_000, "\x00\u202e🏔"]


def test_no_text_in_any_field_is_more_than_text(world):
    """Whatever is typed into a field, the answer is an act or a refusal that names a reason; never a fault."""
    visitors = Visitors(world)
    faults: list[str] = []

    async def walk() -> None:
        before = world.size
        for name, known in acts_of(world):
            wish = sample_of(world, name)
            role = next(iter(role for role in world.roles if _accepts(world, role, name, wish)), "public")
            with world.looking_only():
                for spec in msgspec.structs.fields(known.wish):
                    for value in nasty_for(bare(spec.type)):
                        given = json_of({**wish, spec.encode_name: value})
                        answer = await visitors.ask(role, "POST", f"/acts/{name}", json=given)
                        if answer.status_code not in {OK, *REFUSALS}:
                            faults.append(f"{name}.{spec.name} = {value!r:.40}: {answer.status_code}")
            if world.size != before:
                world.put_back()

    asyncio.run(walk())
    assert not faults, "\n".join(faults)


def _accepts(world: World, role: str, name: str, wish: dict[str, Any]) -> bool:
    with world.looking_only():
        try:
            world.house.door.perform(world.actor(role), name, wish)
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


async def follow_the_record(world: World, visitors: Visitors) -> None:
    """Open everyone's live line: what was missed comes first, then what is kept meanwhile."""
    world.house.tail.start(asyncio.get_running_loop(), world.size)
    lines = {(role, meeting): Line(visitors, role, meeting) for role in world.roles for meeting in (MEETING, ELSEWHERE)}
    await quiet(lines.values())
    meanwhile = [
        world.secret("delegation:KZ", where="an invitation of Kazakhstan's focal point, on the live line"),
        world.secret("secretariat", where="an invitation of the secretariat, on the live line"),
    ]
    for role, word in zip(("head", "secretariat"), meanwhile, strict=True):
        wish = {"meeting": MEETING, "role": "adviser", "state": "KZ", "name": word}
        await asyncio.to_thread(world.do, role, "seat.offered", wish)
    await quiet(lines.values())
    for (role, meeting), line in lines.items():
        visitors.read(role, f"the live line of {meeting}", line.text)
        line.task.cancel()
    await asyncio.gather(*(line.task for line in lines.values()), return_exceptions=True)
    world.put_back()


class Line:
    """One open live line."""

    def __init__(self, visitors: Visitors, role: str, meeting: str) -> None:
        self.received = b""
        cookie = "; ".join(f"{name}={value}" for name, value in visitors.cookies[role].items())
        scope = {"type": "http", "method": "GET", "path": f"/live/{meeting}", "query_string": b"peer=p&after=0",
                 "headers": [(b"host", b"localhost:8000"), (b"cookie", cookie.encode())]}  # fmt: skip
        self.task = asyncio.create_task(visitors.application(scope, self.receive, self.send))

    async def receive(self) -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {"type": "http.disconnect"}

    async def send(self, message: dict[str, Any]) -> None:
        self.received += message.get("body", b"")

    @property
    def text(self) -> str:
        return self.received.decode()


async def quiet(lines: Any) -> None:
    """Wait until nothing more comes."""
    for _ in range(40):
        before = sum(len(line.received) for line in lines)
        await asyncio.sleep(0.3)
        if before and before == sum(len(line.received) for line in lines):
            return


def routes(world: World) -> list[str]:
    found: list[Any] = list(make_pages(world.house).routes)
    return sorted({route.path for route in found if "GET" in route.methods and not FRAMEWORK.match(route.path)})


def addresses(world: World, path: str) -> list[str]:
    """Where to look on a route; of a route that needs more than a meeting or a format, its room has to say."""
    if path in world.pages():
        return world.pages()[path](world)
    if "{" not in path:
        return [path]
    if found := OF_A_MEETING.match(path):
        return [f"/meetings/{meeting}{found['rest']}" for meeting in (MEETING, ELSEWHERE, LATER)]
    if found := OF_A_FORMAT.match(path):
        return [f"/formats/{world.format}{found['rest']}"]
    return []


def json_of(wish: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(wish)
    return plain


def flat(wish: dict[str, Any]) -> dict[str, str]:
    """What fits into an address: the place, and plain words."""
    return {name: str(value) for name, value in wish.items() if isinstance(value, str | int)}


def test_the_roles_of_the_walk_are_all_the_roles_there_are(world):
    told = {seat.role for role in world.roles for seat in world.actor(role).seats}
    assert told == set(Role) - {Role.SYSTEM, Role.ANYONE}
