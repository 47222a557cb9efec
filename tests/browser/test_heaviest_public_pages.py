"""The record as shipped, in a browser: of every kind of public page the heaviest, at first load.

Which is the heaviest is not written down but found: every page of the record is asked for and weighed.
"""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from tests.browser.axe import violations
from tests.browser.page_weight_and_fit import LARGE, MOST_BYTES, SMALL, WATCH, costs, narrow
from tests.loaded_public_record import TODAY

from suhbat.application import front_of, make_app
from suhbat.archive.folder_load import SHIPPED, load
from suhbat.formats.state_names import is_known
from suhbat.formats.topics import TOPICS
from suhbat.ground.settings import Settings
from suhbat.public.read_model.almanac import current_almanac

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path) -> Iterator[Any]:
    """A server with the whole public record."""
    folder = tmp_path_factory.mktemp("shipped")
    shutil.copy(empty_sqlite, folder / "suhbat.sqlite3")
    opened = make_app(Settings(data=folder))
    assert not load(opened.door, SHIPPED, TODAY).faults
    yield opened
    opened.database.close()


@pytest.fixture(scope="module")
def url(app) -> Iterator[str]:
    """Where it is served."""
    server = uvicorn.Server(uvicorn.Config(front_of(app), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    yield f"http://localhost:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand pages in a minute: this is about their weight, not about haste."""

    async def let_through(_limit: object, request: object) -> bool:
        return False

    monkeypatch.setattr("litestar.middleware.rate_limit.RateLimitMiddleware.should_check_request", let_through)


def kinds(known: Any) -> dict[str, list[str]]:
    """The addresses of every page of the record, by kind."""
    formats = list(known.formats)
    return {
        "home": ["/"],
        "formats": ["/formats"],
        "format": [each.path for each in known.formats.values()],
        "meeting": [each.path for each in known.meetings],
        "outcome": [each.path for each in known.outcomes],
        "state": [f"/states/{code}" for code in sorted({*known.by_state, *known.promised_to}) if is_known(code)],
        "person": [each.path for each in known.people.values()],
        "topic": [f"/topics/{code}" for code in TOPICS],
        "ledger": ["/ledger", "/ledger?page=2", "/ledger?in=USD", "/ledger?by=JP", "/ledger?kind=pledge&money=traced"],
        "compare": ["/compare", "/compare?" + "&".join(f"f={each}" for each in formats)],
        "search": ["/search", "/search?q=japan", "/search?q=by:JP+water", "/search?q=zzzz"],
        "data": ["/data"],
        "terms": ["/terms", "/ru/terms", "/ja/terms", "/tg/terms"],
        "changes": ["/changes"],
        "entry": ["/record/1", "/record/200"],
        "language": ["/ru", "/ja/formats/ca-japan", "/kk/ledger", "/tg/states/TJ"],
        "others": ["/acts/error.reported?page=/ledger", "/reported", "/api"],
    }


def heaviest(url: str, paths: list[str]) -> tuple[str, int]:
    """The page of these that is the most to send, packed."""
    sizes: dict[str, int] = {}
    with httpx.Client(base_url=url, headers={"accept": "text/html"}, timeout=60, follow_redirects=True) as client:
        for path in paths:
            with client.stream("GET", path) as answer:
                assert answer.status_code == 200, path
                sizes[path] = sum(len(each) for each in answer.iter_raw())
    return max(sizes.items(), key=lambda each: each[1])


def test_the_heaviest_page_of_every_kind_is_light_still_accessible_and_fits_a_small_phone(app, url, chromium):
    with app.database.reading() as session:
        known = current_almanac(app.database, session)
    found: list[str] = []
    for number, (kind, paths) in enumerate(kinds(known).items()):
        path, size = heaviest(url, paths)
        assert size < MOST_BYTES, path
        scheme = "dark" if number % 2 else "light"
        window = chromium.new_context(
            reduced_motion="reduce", color_scheme=scheme, viewport=LARGE if number % 4 > 1 else SMALL
        )
        window.add_init_script(WATCH)
        page = window.new_page()
        page.goto(url + path)
        wrong = [*costs(page), *violations(page), *narrow(page)]
        found += [f"{kind}, {path[:80]}, {size} bytes packed, {scheme}: {each}" for each in wrong]
        window.close()
    assert not found, "\n".join(found)
