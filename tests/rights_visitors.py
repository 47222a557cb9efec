"""The browsers and live streams of every role in the walks over rights, and the addresses to look at."""

import asyncio
import io
import json
import re
import zipfile
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import pypdf
from tests.asgi_requests import Answer, ask
from tests.rights_world import ELSEWHERE, FORMAT, LATER, MARK, MEETING, OTHER_FORMAT, WORD, World
from tests.shared_application import front_in_turn

from suhbat.acts.roles_and_seats import Actor
from suhbat.application import make_pages
from suhbat.ground.clock import now
from suhbat.people.session_cookie import COOKIE, sign_in_cookie

OF_A_MEETING = re.compile(r"^/meetings/\{\w+:str\}/\{\w+:str\}(?P<rest>[^{]*)$")
OF_A_FORMAT = re.compile(r"^/formats/\{\w+:str\}(?P<rest>[^{]*)$")
FRAMEWORK = re.compile(r"^/api\b")
"""The description of the interface: the same for everyone, without any facts."""


PLACES = (MEETING, ELSEWHERE, FORMAT, OTHER_FORMAT)
"""Where everybody's live stream is opened."""


class Visitors:
    """The browsers of every role."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.application: Any = front_in_turn(world.app)
        self.cookies = {
            role: {COOKIE: sign_in_cookie(world.settings, world.people[role], now())} if role in world.people else {}
            for role in world.roles
        }
        self.leaks: list[str] = []

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Who every role is, with the seats that they had when this was first asked."""
        return {role: self.world.actor(role) for role in self.world.roles}

    async def ask(self, role: str, method: str, path: str, **options: Any) -> Answer:
        """Send a request as somebody, with `headers`, and `json`, the fields of a form (`data`) or a `body`."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies[role].items())
        headers = {"accept": "*/*", "cookie": cookie, **options.get("headers", {})}
        body: bytes = options.get("body", b"")
        if "json" in options:
            body, headers["content-type"] = json.dumps(options["json"]).encode(), "application/json"
        elif "data" in options:
            body, headers["content-type"] = urlencode(options["data"]).encode(), "application/x-www-form-urlencoded"
        if body:
            headers["content-length"] = str(len(body))
        return await ask(self.application, method, path, headers, body)

    def look(self, role: str, where: str, answer: Answer) -> None:
        """Look for secrets that this reader must not see, and for typed text that a browser would read as HTML."""
        self.read(role, where, words_of(answer))
        if answer.headers.get("content-type", "").count("charset") > 1:
            self.leaks.append(f"{where}, as {role}: names its character set twice")
        if "html" in answer.headers.get("content-type", "") and MARK in answer.text:
            self.leaks.append(f"{where}, as {role}: what someone typed is shown as HTML")

    def read(self, role: str, where: str, text: str) -> None:
        words = set(WORD.findall(text))
        for secret in self.world.secrets:
            if secret.word not in words:
                continue
            if self.world.may_see(role, self.actors[role], secret):
                secret.seen.add(role)
            else:
                self.leaks.append(f"{where}, as {role}: shows {secret.where} (for {', '.join(secret.audiences)})")


def words_of(answer: Answer) -> str:
    """The words of an answer, also of a PDF or a Word file."""
    kind = answer.headers.get("content-type", "")
    if answer.content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if "json" in kind:  # é may be escaped
        return json.dumps(answer.json(), ensure_ascii=False)
    return answer.text


async def follow_the_record(world: World, visitors: Visitors) -> None:
    """Open a live stream for every role: the missed entries come first, then new ones."""
    world.app.tail.start(asyncio.get_running_loop(), world.size)
    lines = {(role, meeting): Line(visitors, role, meeting) for role in world.roles for meeting in PLACES}
    await quiet(lines.values())
    meanwhile = [
        world.secret("delegation:KZ", where="an invitation of Kazakhstan's organiser, on the live stream"),
        world.secret("secretariat", where="an invitation of the secretariat, on the live stream"),
    ]
    for role, word in zip(("head", "secretariat"), meanwhile, strict=True):
        inputs = {"meeting": MEETING, "role": "adviser", "state": "KZ", "name": word}
        await asyncio.to_thread(world.do, role, "seat.offered", inputs)
    await received(lines.values(), meanwhile)
    await quiet(lines.values())
    for (role, meeting), line in lines.items():
        visitors.read(role, f"the live stream of {meeting}", line.text)
        line.task.cancel()
    await asyncio.gather(*(line.task for line in lines.values()), return_exceptions=True)
    world.put_back()


class Line:
    """One open live stream."""

    def __init__(self, visitors: Visitors, role: str, meeting: str) -> None:
        self.received = b""
        cookie = "; ".join(f"{name}={value}" for name, value in visitors.cookies[role].items())
        own = f"peer={role.replace(' ', '-')}&after=0".encode()  # a peer belongs to one person
        scope = {"type": "http", "method": "GET", "path": f"/live/{meeting}", "query_string": own,
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


async def received(lines: Any, words: list[str]) -> None:
    """Wait until each of these words was received on some stream, at most half a minute; the walk reports the rest."""
    for _ in range(300):
        if all(any(word in line.text for line in lines) for word in words):
            return
        await asyncio.sleep(0.1)


async def quiet(lines: Any) -> None:
    """Wait until every stream has received something, and nothing more comes."""
    for _ in range(40):
        before = sum(len(line.received) for line in lines)
        await asyncio.sleep(0.3)
        if all(line.received for line in lines) and before == sum(len(line.received) for line in lines):
            return


def routes(world: World) -> list[str]:
    every: list[Any] = list(make_pages(world.app).routes)
    return sorted({route.path for route in every if "GET" in route.methods and not FRAMEWORK.match(route.path)})


def posting(world: World) -> list[str]:
    """The routes with POST, other than `/acts/{name}`, which the walk over acts has."""
    every: list[Any] = list(make_pages(world.app).routes)
    return sorted({route.path for route in every if "POST" in route.methods and not route.path.startswith("/acts/")})


def addresses(world: World, path: str) -> list[str]:
    """The addresses to look at on a route; if it has other parameters, its package has to give them."""
    if path in world.pages():
        return world.pages()[path](world)
    if "{" not in path:
        return [path]
    if match := OF_A_MEETING.match(path):
        return [f"/meetings/{meeting}{match['rest']}" for meeting in (MEETING, ELSEWHERE, LATER)]
    if match := OF_A_FORMAT.match(path):
        return [f"/formats/{world.format}{match['rest']}"]
    return []
