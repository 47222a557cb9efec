"""Everything that is offered on the way from the first page: links, forms and acts, followed as one role."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import lxml.html
from tests.asgi_requests import Answer
from tests.rights_visitors import Visitors

from suhbat.ground.language import LANGUAGES

ACT = "/acts/"
NOT_FOLLOWED = ("/static/", "/live/")
"""Built files have a test of their own; live streams do not end."""
SENT = ("action", "formaction", "data-challenge", "data-answer", "data-preview", "data-news", "data-sign")
"""Attributes with an address to which a form, or the script of a form, sends something."""
ACTS_OF_ROUTES = {
    "/editors/file": {"archive.format_reported", "archive.meeting_reported", "archive.people_reported"},
    "/me/passkeys": {"passkey.kept"},
    "/me/passkeys/remove": {"passkey.revoked"},
    "/me/sign-out-everywhere": {"person.signed_out"},
    "/rehearse/seats/{format_id:str}/{slug:str}/{seat:str}": {"rehearsal.seat_taken"},
    "/rehearse/{name:str}/stage": {"rehearsal.staged", "rehearsal.put_away"},
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}/sign": {"text.signed"},
    "/meetings/{format_:str}/{slug:str}/texts/{name:str}/languages/machine": {"version.drafted"},
}
"""The acts that have an address of their own to be sent to, by this address."""
SAME_FOR_ALL = (
    "/api", "/calendars", "/changes", "/compare", "/data", "/index", "/ledger", "/record", "/search", "/states",
    "/terms",
)  # fmt: skip
"""The beginnings of pages that show everyone the same: the public follows the links to them, for all."""
FILES = re.compile(r"\.(atom|csv|docx|ics|json|md|parquet|pdf|txt|xlsx|xml)$")
"""One file of a route is enough."""
PARAMETER = re.compile(r"\{\w+:(str|int)\}")
MOST, MOST_QUERIES = 5, 2
"""Addresses of one route that a role follows, without a query and with each set of names in it, at most: the world
holds each state of things once. Forms of acts are all followed."""


class Routes:
    """The routes of an installation, found by an address."""

    def __init__(self, patterns: list[str]) -> None:
        ordered = sorted(set(patterns), key=lambda pattern: (len(PARAMETER.findall(pattern)), pattern))
        self._forms = [(re.compile(PARAMETER.sub("[^/]+", pattern) + "/?"), pattern) for pattern in ordered]
        self._found: dict[str, str] = {}

    def of(self, path: str) -> str:
        """The route of an address; the address itself if there is none."""
        if path not in self._found:
            self._found[path] = next((route for form, route in self._forms if form.fullmatch(path)), path)
        return self._found[path]


@dataclass
class Way:
    """What one role reached, and where it was refused."""

    role: str
    routes: set[str] = field(default_factory=set)
    acts: set[str] = field(default_factory=set)
    """The acts whose form, or a link to whose form, was on a page."""
    faults: list[str] = field(default_factory=list)
    found_on: dict[str, str] = field(default_factory=dict)
    """Every address followed, and the page on which it was found."""


class Walker:
    """Follows links and forms in one installation."""

    def __init__(self, visitors: Visitors, routes: Routes) -> None:
        self.visitors, self.routes = visitors, routes

    def within(self, visitors: Visitors) -> "Walker":
        """A walker through another copy of the same world."""
        return Walker(visitors, self.routes)

    async def follow(self, role: str, first: str = "/", within: tuple[str, ...] = (), until: str = "") -> Way:
        """Follow every link and every form that is sent by GET, from one page on.

        `within` are the beginnings of the addresses to follow, all if there are none; the walk ends when the act
        `until` is offered.
        """
        way, counts, waiting = Way(role, found_on={first: ""}), Counter[tuple[str, str]](), deque([first])
        while waiting and until not in way.acts:
            here = waiting.popleft()
            answer = await self.visitors.ask(role, "GET", here, headers={"accept": "text/html"})
            way.routes.add(self.routes.of(urlsplit(here).path))
            if answer.status_code >= 400:
                way.faults.append(f"{way.found_on[here]} offers {here}, which answers {answer.status_code}")
                continue
            for address in self._offered(way, answer):
                if address.startswith(SAME_FOR_ALL) and role != "public":
                    way.routes.add(self.routes.of(urlsplit(address).path))
                elif within and not address.startswith(within):
                    continue
                elif address not in way.found_on and self._is_new(address, counts):
                    way.found_on[address] = here
                    waiting.append(address)
        return way

    def _offered(self, way: Way, answer: Answer) -> Iterator[str]:
        """The addresses to which a page leads; the acts that it offers, and where its forms are sent, are noted."""
        if address := own_address(answer.headers.get("location", "")):
            yield address
        if not answer.text.startswith("<!doctype"):
            return
        tree: Any = lxml.html.document_fromstring(answer.text)
        for form in tree.iter("form"):
            if form.get("method", "get") == "get" and (address := own_address(form.get("action", ""))):
                yield f"{address.partition('?')[0]}?{urlencode(form.form_values())}"
        for link in tree.iter("a"):
            if address := own_address(link.get("href", "")):
                self._note(way, address)
                yield address
        for part in tree.iter("form", "button", "div"):
            for address in filter(None, (own_address(part.get(name, "")) for name in SENT)):
                self._note(way, address)
                way.routes.add(self.routes.of(urlsplit(address).path))

    def _note(self, way: Way, address: str) -> None:
        path = urlsplit(address).path
        way.acts |= ACTS_OF_ROUTES.get(self.routes.of(path), set())
        if act := path.removeprefix(ACT) if path.startswith(ACT) else "":
            way.acts.add(act)

    def _is_new(self, address: str, counts: Counter[tuple[str, str]]) -> bool:
        """Whether an address is not like too many that were followed already."""
        path, _, query = address.partition("?")
        if path.startswith(ACT) and path != "/acts/error.reported":
            return True
        kind = self.routes.of(path), ",".join(sorted(name for name, _ in parse_qsl(query, keep_blank_values=True)))
        counts[kind] += 1
        return counts[kind] <= (1 if FILES.search(path) else MOST_QUERIES if query else MOST)


def own_address(link: str) -> str:
    """The address within this site and in English; empty if the link leads elsewhere or only down the page."""
    parts = urlsplit(link)
    path = parts.path
    if parts.netloc or parts.scheme or not path.startswith("/") or path.startswith(NOT_FOLLOWED):
        return ""
    if path.split("/")[1] in LANGUAGES:
        return ""
    return f"{path}?{parts.query}" if parts.query else path
