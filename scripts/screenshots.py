"""Screenshots of the running server: those of the README, and of any page on a phone (390×844) and a desk (1440×900).

python scripts/screenshots.py readme                      room and public page into docs/pictures
python scripts/screenshots.py page /formats /ledger       each on a phone and a desk, light and dark, into shots/
python scripts/screenshots.py page /meetings/…/room --seat JP     from a seat of the rehearsal

A server with rehearsals switched on has to be running (`make run`); `--at` is its address.
"""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
SIZES = {"phone": (390, 844), "desk": (1440, 900)}
SCRIPT = "2020-08-11"
STATES = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
MOST_MOVES = 400
OUTCOMES = 5
"""The live record shows so many outcomes when the picture of the room is taken."""


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium; it is closed at the end, also after a fault."""
    with sync_playwright() as playwright:
        path = CHROMIUM if CHROMIUM.exists() else None
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


def context_of(opened: Browser, size: str = "desk", scheme: Any = "light") -> BrowserContext:
    """A browser window of a size, light or dark, that joins the meeting with sound only."""
    width, height = SIZES[size]
    context = opened.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.add_init_script("""localStorage.setItem('suhbat.media', '{"mode": "sound"}')""")
    context.set_default_timeout(30_000)
    return context


def meeting_of(page: Page, at: str) -> str:
    """The address of the rehearsed meeting; a rehearsal is started if there is none."""
    page.goto(f"{at}/rehearse")
    if not page.locator(".seats").count():
        page.locator(f"form[action$='/rehearse/{SCRIPT}/stage'] button").click()
    action = page.locator("form[action*='/rehearse/seats/'], a[href*='/rehearse/seats/']").first
    address = action.get_attribute("action") or action.get_attribute("href") or ""
    match = re.search(r"/rehearse/seats/([^/]+/[^/]+)/", address)
    if not match:
        sys.exit("screenshots: no rehearsal is running on this server, and none could be started.")
    return match.group(1)


def sit(page: Page, at: str, meeting: str, seat: str, then: str) -> None:
    """Take a seat of the rehearsal and go to a page."""
    page.goto(f"{at}/rehearse/seats/{meeting}/{seat}?then={then}")


def quiet(page: Page) -> None:
    """Wait until the page is drawn. A page with a live stream never has an idle network."""
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(400)


def pages(options: argparse.Namespace) -> None:
    """Take each page four times: phone and desk, light and dark."""
    options.out.mkdir(parents=True, exist_ok=True)
    with browser() as opened:
        for size in SIZES:
            for scheme in ("light", "dark"):
                window = context_of(opened, size, scheme)
                page = window.new_page()
                if options.seat:
                    sit(page, options.at, meeting_of(page, options.at), options.seat, "/")
                for address in options.addresses:
                    page.goto(options.at + address)
                    quiet(page)
                    name = re.sub(r"[^a-z0-9]+", "-", address.lower()).strip("-") or "home"
                    target = options.out / f"{name}-{size}-{scheme}.png"
                    page.screenshot(path=target, full_page=options.whole)
                    print(target)
                window.close()


def readme(options: argparse.Namespace) -> None:
    """Take the room in the middle of the conference, and the public page at its end."""
    options.out.mkdir(parents=True, exist_ok=True)
    with browser() as opened:
        first = context_of(opened).new_page()
        first.goto(f"{options.at}/rehearse")
        first.locator(f"form[action$='/rehearse/{SCRIPT}/stage'] button").click()
        meeting = meeting_of(first, options.at)
        room = f"/meetings/{meeting}/room"
        windows = []
        for state in STATES:
            page = context_of(opened).new_page()
            sit(page, options.at, meeting, state, room)
            windows.append(page)
        japan = windows[0]
        moves(first, options.at, lambda: japan.locator("[data-thread] .deed").count() >= OUTCOMES and speaks(japan))
        japan.wait_for_timeout(3000)
        japan.screenshot(path=options.out / "room.png")
        print(options.out / "room.png")
        for page in windows:
            page.context.close()
        moves(first, options.at, lambda: False)
        first.goto(f"{options.at}/meetings/{meeting}")
        quiet(first)
        first.screenshot(path=options.out / "public-page.png")
        print(options.out / "public-page.png")


def speaks(page: Page) -> bool:
    """Whether someone has the floor."""
    return page.locator(".tile.has-floor").count() == 1


def moves(page: Page, at: str, enough: Any) -> None:
    """Perform the moves of the rehearsal, one by one, until `enough()` or the end."""
    for _ in range(MOST_MOVES):
        page.goto(f"{at}/rehearse")
        if enough() or not page.locator(".play form[action$='/step']").count():
            return
        form, headers = {"for_humans": "1"}, {"origin": at, "accept": "text/html"}
        page.request.post(f"{at}/rehearse/{SCRIPT}/step", form=form, headers=headers, max_redirects=0)


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the requested screenshots."""
    parser = argparse.ArgumentParser("screenshots", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--at", default="http://localhost:8000", help="the address of the running server")
    kinds = parser.add_subparsers(required=True)
    page = kinds.add_parser("page", help="any page, four times")
    page.add_argument("addresses", nargs="+")
    page.add_argument("--seat", default="", help="a seat of the rehearsal, such as JP or secretariat")
    page.add_argument("--out", type=Path, default=Path("shots"))
    page.add_argument("--whole", action="store_true", help="the whole length of the page")
    page.set_defaults(work=pages)
    pictures = kinds.add_parser("readme", help="the pictures of the README; starts the rehearsal again")
    pictures.add_argument("--out", type=Path, default=Path("docs/pictures"))
    pictures.set_defaults(work=readme)
    options = parser.parse_args(arguments)
    options.work(options)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
