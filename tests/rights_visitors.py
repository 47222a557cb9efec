"""Everyone's browsers and live lines on the walk of rights, and where there is something to look at."""

import asyncio
import io
import json
import re
import zipfile
from typing import Any
from urllib.parse import urlencode

import pypdf
from tests.built_once import front_in_turn
from tests.plain_asking import Answer, ask
from tests.rights_world import ELSEWHERE, LATER, MARK, MEETING, WORD, World

from suhbat.application import make_pages
from suhbat.people.signing import COOKIE, sign_in_cookie

OF_A_MEETING = re.compile(r"^/meetings/\{\w+:str\}/\{\w+:str\}(?P<rest>[^{]*)$")
OF_A_FORMAT = re.compile(r"^/formats/\{\w+:str\}(?P<rest>[^{]*)$")
FRAMEWORK = re.compile(r"^/api\b")
"""The description of the interface: the same for everyone, and no content of the house."""


class Visitors:
    """Everyone's browsers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.application: Any = front_in_turn(world.house)
        self.cookies = {
            role: {COOKIE: sign_in_cookie(world.settings, world.people[role])} if role in world.people else {}
            for role in world.roles
        }
        self.leaks: list[str] = []
        self.actors = {role: world.actor(role) for role in world.roles}

    async def ask(self, role: str, method: str, path: str, **sent: Any) -> Answer:
        """A request as somebody: `headers` are sent along, and `json` or the fields of a form (`data`)."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies[role].items())
        headers = {"accept": "*/*", "cookie": cookie, **sent.get("headers", {})}
        body = b""
        if "json" in sent:
            body, headers["content-type"] = json.dumps(sent["json"]).encode(), "application/json"
        elif "data" in sent:
            body, headers["content-type"] = urlencode(sent["data"]).encode(), "application/x-www-form-urlencoded"
        if body:
            headers["content-length"] = str(len(body))
        return await ask(self.application, method, path, headers, body)

    def look(self, role: str, where: str, answer: Answer) -> None:
        """Look for secrets that this reader must not see, and for signs that would be read as HTML."""
        self.read(role, where, said(answer))
        if answer.headers.get("content-type", "").count("charset") > 1:
            self.leaks.append(f"{where}, as {role}: names its characters twice")
        if "html" in answer.headers.get("content-type", "") and MARK in answer.text:
            self.leaks.append(f"{where}, as {role}: what someone wrote is shown as HTML")

    def read(self, role: str, where: str, text: str) -> None:
        shown = set(WORD.findall(text))
        for secret in self.world.secrets:
            if secret.word not in shown:
                continue
            if self.world.may_see(role, self.actors[role], secret):
                secret.seen.add(role)
            else:
                self.leaks.append(f"{where}, as {role}: shows {secret.where} (for {', '.join(secret.audiences)})")


def said(answer: Answer) -> str:
    """The words of an answer, those of a PDF and of a Word file too."""
    kind = answer.headers.get("content-type", "")
    if answer.content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    if answer.content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    if "json" in kind:  # é and é are the same letter
        return json.dumps(answer.json(), ensure_ascii=False)
    return answer.text


async def follow_the_record(world: World, visitors: Visitors) -> None:
    """Open everyone's live line: what was missed comes first, then what is kept meanwhile."""
    world.house.tail.start(asyncio.get_running_loop(), world.size)
    lines = {(role, meeting): Line(visitors, role, meeting) for role in world.roles for meeting in (MEETING, ELSEWHERE)}
    await quiet(lines.values())
    meanwhile = [
        world.secret("delegation:KZ", where="an invitation of Kazakhstan's organiser, on the live line"),
        world.secret("secretariat", where="an invitation of the secretariat, on the live line"),
    ]
    for role, word in zip(("head", "secretariat"), meanwhile, strict=True):
        wish = {"meeting": MEETING, "role": "adviser", "state": "KZ", "name": word}
        await asyncio.to_thread(world.do, role, "seat.offered", wish)
    await shown(lines.values(), meanwhile)
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
        own = f"peer={role.replace(' ', '-')}&after=0".encode()  # a peer's name belongs to one person
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


async def shown(lines: Any, words: list[str]) -> None:
    """Wait until somebody was shown each of these words, at most half a minute: who looks for them says if none was."""
    for _ in range(300):
        if all(any(word in line.text for line in lines) for word in words):
            return
        await asyncio.sleep(0.1)


async def quiet(lines: Any) -> None:
    """Wait until everyone has been sent something, and nothing more comes."""
    for _ in range(40):
        before = sum(len(line.received) for line in lines)
        await asyncio.sleep(0.3)
        if all(line.received for line in lines) and before == sum(len(line.received) for line in lines):
            return


def routes(world: World) -> list[str]:
    found: list[Any] = list(make_pages(world.house).routes)
    return sorted({route.path for route in found if "GET" in route.methods and not FRAMEWORK.match(route.path)})


def posting(world: World) -> list[str]:
    """The routes to which something is sent, beside `/acts/{name}`, which the walk over acts takes."""
    found: list[Any] = list(make_pages(world.house).routes)
    return sorted({route.path for route in found if "POST" in route.methods and not route.path.startswith("/acts/")})


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
