"""Every kind of page of the house, as each who can see it: axe-core finds nothing wrong, in any light or size."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from tests.browser.axe import violations_in_every_light

from suhbat.archive.folder_load import SHIPPED, load
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
    path = re.sub(r"^/outcomes/.+", "/outcomes/…", path)
    return re.sub(r"^/(formats|states|people|topics|record|acts|invitations)/[^/]+", r"/\1/…", path)


def played(served, moves):
    """The conference of 2020, so many moves into its script."""
    load(served.app.door, SHIPPED)
    meeting = staging.stage(served.app, "2020-08-11")
    for _ in range(moves):
        if runner.step(served.app, meeting, for_humans=True) is None:
            break
    return meeting


def every_kind(page, url, beginnings) -> Iterator[str]:
    """Walk the house by its links, one page of each kind, and stop at each."""
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


@pytest.mark.parametrize(("seat", "moves"), [("", 1_000), ("JP", 30), ("secretariat", 30), ("UZ", 1_000)])
def test_axe_finds_nothing_wrong(served, chromium, seat, moves):
    meeting = played(served, moves)
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
