"""Background task: mails notices, and erases addresses and feeds whose owners have no seat any more."""

import asyncio
import logging

from anyio.to_thread import run_sync

from suhbat.acts.app import App
from suhbat.notices.carrier import Carrier

log = logging.getLogger("suhbat.notices")
FIRST, INTERVAL = 8.0, 20.0
"""Seconds until the first run, and between runs."""


async def run(app: App) -> None:
    """Look for as long as the server runs. A look that fails is logged and repeated at the next."""
    carrier, wait = Carrier(app), FIRST
    while True:
        await asyncio.sleep(wait)
        wait = INTERVAL
        try:
            await run_sync(carrier.carry)
        except Exception:
            log.exception("mailing notices failed; the next try is in %.0f seconds", INTERVAL)


CHORES = [run]
