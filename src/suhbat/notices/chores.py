"""Background task: mails notices, and erases addresses and feeds whose owners have no seat any more."""

import asyncio
import logging

from anyio.to_thread import run_sync

from suhbat.acts.app import App
from suhbat.notices.carrier import Carrier

log = logging.getLogger("suhbat.notices")
INTERVAL = 20.0
"""Seconds between runs."""


async def run(app: App) -> None:
    """Look for as long as the server runs. A look that fails is logged and repeated at the next."""
    carrier = Carrier(app)
    while True:
        await asyncio.sleep(INTERVAL)
        try:
            await run_sync(carrier.carry)
        except Exception:
            log.exception("mailing notices failed; the next try is in %.0f seconds", INTERVAL)


CHORES = [run]
