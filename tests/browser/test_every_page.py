"""Every page that the router knows, as everyone to whom it looks different: axe-core finds nothing wrong.

The pages are those of the walk over all rights (`tests/rights_world.py`), so that a new page cannot be forgotten. A
page that is built of nothing but what was looked at before on the same route is not looked at again.
"""

import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
import uvicorn
from tests.browser.axe import violations
from tests.browser.page_weight_and_fit import LARGE, SMALL, WATCH, costs, narrow
from tests.rights_visitors import addresses, routes
from tests.rights_world import World

from suhbat.application import front_of
from suhbat.ground.clock import now
from suhbat.people.session_cookie import COOKIE, sign_in_cookie

pytestmark = [pytest.mark.browser, pytest.mark.alone]

ROLES = ("public", "secretariat", "chair", "head", "delegate", "interpreter", "observer", "editor", "administrator")
"""The head of Kazakhstan is its organiser too."""
PAGES = 85
"""Routes of which a page was looked at: whoever adds one counts it here, and no walk ends early unseen."""
TAG = re.compile(r"<([a-z][a-z0-9]*)(?:[^>]*?\sclass=\"([^\"]*)\")?")


@dataclass
class Open:
    """The world of the walk, served."""

    world: World
    url: str

    def cookie(self, role: str) -> str:
        person = self.world.people.get(role)
        return sign_in_cookie(self.world.settings, person, now()) if person else ""

    def page(self, role: str, path: str) -> httpx.Response:
        cookies = {COOKIE: self.cookie(role)} if self.cookie(role) else {}
        return httpx.get(self.url + path, cookies=cookies, headers={"accept": "text/html"}, timeout=20)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    world = World(tmp_path_factory.mktemp("pages"))
    server = uvicorn.Server(uvicorn.Config(front_of(world.app), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Open(world, f"http://localhost:{port}")
    server.should_exit = True
    thread.join(10)
    world.app.database.close()


def makings(html: str) -> set[tuple[str, str]]:
    """Which elements of which classes a page is made of."""
    return {(tag, kind) for tag, kind in TAG.findall(html)}


def worth_a_look(opened: Open) -> Iterator[tuple[str, str, str]]:
    """Route, role and address of every page that has something on it that was not on those before."""
    for route in routes(opened.world):
        seen: set[tuple[str, str]] = set()
        for role in ROLES:
            for path in addresses(opened.world, route)[:3]:
                answer = opened.page(role, path)
                if "<html" not in answer.text:  # a file, or a part of a page
                    continue
                if not (made := makings(answer.text)) <= seen:
                    seen |= made
                    yield route, role, path


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of pages in a minute: this is about their faces, not about haste."""

    async def let_through(_limit: object, request: object) -> bool:
        return False

    monkeypatch.setattr("litestar.middleware.rate_limit.RateLimitMiddleware.should_check_request", let_through)


def test_every_page_is_accessible_fits_a_small_phone_and_holds_still(opened, chromium):
    found: list[str] = []
    windows = {}
    for scheme in ("light", "dark"):
        windows[scheme] = chromium.new_context(reduced_motion="reduce", color_scheme=scheme, viewport=SMALL)
        windows[scheme].add_init_script(WATCH)
    pages = {scheme: window.new_page() for scheme, window in windows.items()}
    looked: set[str] = set()
    for number, (route, role, path) in enumerate(worth_a_look(opened)):
        scheme = "dark" if number % 2 else "light"
        page, window = pages[scheme], windows[scheme]
        window.clear_cookies()
        if cookie := opened.cookie(role):
            window.add_cookies([{"name": COOKIE, "value": cookie, "url": opened.url}])
        page.set_viewport_size(LARGE if number % 4 > 1 else SMALL)
        page.goto(opened.url + path)
        if role == "public":
            found += [f"{path}: {each}" for each in costs(page)]
        found += [f"{path}, as {role}, {scheme}: {each}" for each in [*violations(page), *narrow(page)]]
        looked.add(route)
    for window in windows.values():
        window.close()
    assert len(looked) == PAGES, sorted(looked)
    assert not found, "\n".join(found)
