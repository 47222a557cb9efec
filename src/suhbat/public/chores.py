"""Background task of the public pages: load a large record at the start, before a reader must wait for it."""

import gc
import logging

from anyio.to_thread import run_sync

from suhbat.acts.app import App
from suhbat.public.read_model.almanac import current_almanac
from suhbat.public.search.search_query import index_of
from suhbat.record.reading import head_number

log = logging.getLogger("suhbat.public")
LARGE = 200
"""Entries from which on the record is loaded at the start. A smaller one loads fast enough at the first request."""


def warm_up(app: App) -> None:
    """Build the almanac, the totals that pages need, and the search index."""
    with app.database.reading() as session:
        if head_number(session) < LARGE:
            return
        almanac = current_almanac(app.database, session)
    almanac.work_out()
    index_of(app.database, almanac)
    gc.freeze()  # as in `current_almanac`: these objects stay, so the garbage collector need not scan them again


async def run(app: App) -> None:
    """Run once, while requests are already answered. An early request waits only for the rest of the work."""
    try:
        await run_sync(warm_up, app)
    except Exception:
        log.exception("the public record could not be loaded at the start; the first reader will wait for it")


CHORES = [run]
