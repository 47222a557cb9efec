"""Server time of the pages of a text for a delegate, as they are drawn one after another and right after an act."""

import asyncio
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import Row, part, percentile
from bench.page_times import fetch, measure_page
from bench.proposal_latency import Opened, large, small
from bench.served_process import MEETING, STATES, seat_everyone
from suhbat.acts.app import App
from suhbat.application import front_of, make_app
from suhbat.ground.clock import now
from suhbat.ground.migrations import bring_up_to_date
from suhbat.ground.settings import Settings
from suhbat.people.queries import actor_for
from suhbat.people.session_cookie import COOKIE, sign_in_cookie

READER = "person-1"


@contextmanager
def app_with(opened: Opened) -> Iterator[App]:
    """An installation of its own with the text in it."""
    folder = Path(tempfile.mkdtemp(prefix="suhbat-bench-"))
    settings = Settings(data=folder, rehearsal=True)
    bring_up_to_date(settings.url)
    app = make_app(settings)
    try:
        seat_everyone(app)
        opened.prepare(app)
        yield app
    finally:
        app.database.close()
        shutil.rmtree(folder, ignore_errors=True)


def pages_of(opened: Opened, size: str) -> Iterator[Row]:
    """Each page many times; then the text's own page right after each of thirty proposals."""
    with app_with(opened) as app:
        application = front_of(app)
        at = opened.address
        for title, path in (
            ("the text", at),
            ("a paragraph", f"{at}/p/{opened.to_propose[0].paragraph}"),
            ("the board", f"{at}/board"),
            ("the conference room", f"/meetings/{MEETING}/room"),
        ):
            measured = asyncio.run(measure_page(app, application, path, READER))
            p50, p95 = (percentile(measured.times, share) * 1000 for share in (0.5, 0.95))
            note = (
                f"{measured.processor * 1000:.1f} ms of processor"
                f", {measured.queries} queries, {measured.size / 1000:.0f} kB"
            )
            yield Row(f"{title}, {size}, p50 / p95", f"{p50:.1f} / {p95:.1f} ms", "", f"{note} compressed")
        times = asyncio.run(_after_acts(app, application, opened))
        p50, p95 = (percentile(times, share) * 1000 for share in (0.5, 0.95))
        yield Row(f"the text right after a proposal, {size}, p50 / p95", f"{p50:.1f} / {p95:.1f} ms")


async def _after_acts(app: App, application: Callable[..., object], opened: Opened) -> list[float]:
    times = []
    cookie = f"{COOKIE}={sign_in_cookie(app.settings, READER, now())}"
    with app.database.reading() as session:
        people = {state: actor_for(session, f"person-{n}") for n, state in enumerate(STATES)}
    for proposal in opened.to_propose:
        inputs = {"meeting": MEETING, "text": opened.name, "paragraph": proposal.paragraph, "revision": 1}
        await asyncio.to_thread(
            app.door.perform, people[proposal.by], "proposal.made", inputs | {"wording": proposal.wording}
        )
        times.append((await fetch(application, opened.address, cookie))[1])
    return times


@part("text-pages", "Pages of a text for a delegate", order=32)
def text_pages() -> Iterator[Row]:
    """The action plan of 60 paragraphs with 200 proposals, and a text of 400 with 2,000."""
    yield from pages_of(small(), "60 × 200")
    yield from pages_of(large(), "400 × 2,000")
