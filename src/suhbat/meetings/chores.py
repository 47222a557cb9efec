"""Background task: sends calendar invitations by mail, and their updates."""

import asyncio
import logging

from anyio.to_thread import run_sync

from suhbat.acts.app import App
from suhbat.meetings.calendar_mail import post

log = logging.getLogger("suhbat.meetings")
INTERVAL = 60.0
"""Seconds between runs."""


async def run(app: App) -> None:
    """Send due mails until the application stops; ends at once without a mail server."""
    while app.settings.smtp:
        try:
            await run_sync(post, app)
        except Exception:
            log.exception("mailing calendar invitations failed; the next try is in %.0f seconds", INTERVAL)
        await asyncio.sleep(INTERVAL)


CHORES = [run]
