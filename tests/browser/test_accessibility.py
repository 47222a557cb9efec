"""Every kind of page of the server, as each who can see it: axe-core finds nothing wrong, in any light or size."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from tests.browser.axe import violations_in_every_light
from tests.browser.conftest import start_server

from suhbat.people.rehearsal_seats import sit_down
from suhbat.rehearsal import runner, staging

pytestmark = pytest.mark.browser

MOST_PAGES = 80
LINKS = "[...document.querySelectorAll('a[href]')].map((each) => new URL(each.getAttribute('href'), location).href)"
OTHER = re.compile(r"\.\w+$|^/(static|data/|ru|ja|kk|ky|tg|tk|uz|api)\b|/seats/")
"""Files, other languages, and what changes who one is."""
PARTS = ("room", "room/check", "desk", "outcomes", "texts", "agenda", "papers")
BEGINNINGS = (
    "/",
    "/formats",
    "/ledger",
    "/compare",
    "/search?q=water",
    "/data",
    "/terms",
    "/ja/terms",
    "/sign-in",
    "/rehearse",
    "/acts",
    "/me",
)


def kind_of(address: str) -> str:
    """Pages of one kind are looked at once: their names and numbers are left out."""
    path = urlsplit(address).path
    path = re.sub(r"^/meetings/[^/]+/[^/]+", "/meetings/…", path)
    path = re.sub(r"/as/[^/]+", "/as/…", path)
    path = re.sub(r"^/outcomes/.+", "/outcomes/…", path)
    return re.sub(r"^/(formats|states|people|topics|record|acts|invitations)/[^/]+", r"/\1/…", path)


@pytest.fixture(scope="module")
def played(request, tmp_path_factory, record_folder):
    """A server with the conference of 2020 in it, after so many moves of its script."""
    server = start_server(tmp_path_factory.mktemp("played"), record_folder)
    meeting = staging.stage(server.app, "2020-08-11")
    for _ in range(request.param):
        if runner.step(server.app, meeting, for_humans=True) is None:
            break
    yield server, meeting
    server.close()


def every_kind(page, url, beginnings) -> Iterator[str]:
    """Walk the server by its links, one page of each kind, and stop at each."""
    waiting, known = list(beginnings), {kind_of(each) for each in beginnings}
    for _ in range(MOST_PAGES):
        if not waiting:
            return
        address = waiting.pop(0)
        answer = page.goto(url + address)
        if not answer or "text/html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.status < 500, address
        yield f"{address} ({answer.status})"
        for link in page.evaluate(LINKS):
            address = link.removeprefix(url).partition("#")[0]
            is_page = address.startswith("/") and not OTHER.search(urlsplit(address).path)
            if is_page and kind_of(address) not in known:
                known.add(kind_of(address))
                waiting.append(address)
    raise AssertionError(f"more kinds of pages than expected; still waiting: {waiting}")


@pytest.mark.parametrize(
    ("seat", "played"),
    [
        ("JP", 30),
        ("", 1_000),
        pytest.param("secretariat", 30, marks=pytest.mark.long),
        pytest.param("UZ", 1_000, marks=pytest.mark.long),
    ],
    indirect=["played"],
)
def test_axe_finds_nothing_wrong(played, chromium, seat):
    served, meeting = played
    here = f"/meetings/{meeting}"
    context = chromium.new_context(reduced_motion="reduce")
    context.add_init_script("""localStorage.setItem('suhbat.media', '{"mode": "none"}')""")
    beginnings = [here, *BEGINNINGS, f"{here}/minutes"]
    if seat:
        served.sign_in(context, sit_down(served.app.door, meeting, seat).id)
        beginnings += [
            f"{here}/{part}" for part in ("room", "room/check", "desk", "outcomes", "texts", "agenda", "papers")
        ]
        beginnings += [
            f"/acts/{act}?meeting={meeting}" for act in ("pledge.made", "floor.requested")[:1] if seat == "JP"
        ]
    page = context.new_page()
    found = {}
    for address in every_kind(page, served.url, beginnings):
        if wrong := violations_in_every_light(page):
            found[address] = wrong
    context.close()
    assert not found, "\n".join(f"{address}\n  " + "\n  ".join(wrong) for address, wrong in found.items())
