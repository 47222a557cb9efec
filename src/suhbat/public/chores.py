"""What the public pages do by themselves: a large record is gathered at the start, before a reader waits for it."""

import gc
import logging

from anyio.to_thread import run_sync

from suhbat.acts.app import App
from suhbat.public.read_model.almanac import almanac
from suhbat.public.search.query import index_of
from suhbat.record.reading import head_number

log = logging.getLogger("suhbat.public")
LARGE = 200
"""Entries from which on gathering is begun at the start; less is gathered in no time by who asks first."""


def warm_up(app: App) -> None:
    """Gather the almanac, what pages count over all of it, and the index of the search."""
    with app.database.reading() as session:
        if head_number(session) < LARGE:
            return
        known = almanac(app.database, session)
    known.work_out()
    index_of(app.database, known)
    gc.freeze()  # as in `almanac`: what stands now stays, and is not looked through for circles again and again


async def run(app: App) -> None:
    """Once, while requests are answered already; whoever comes sooner than it is done waits for the rest only."""
    try:
        await run_sync(warm_up, app)
    except Exception:
        log.exception("the public record could not be gathered at the start; the first reader will wait for it")


CHORES = [run]
