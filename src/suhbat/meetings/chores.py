"""What convening does by itself: calendar invitations go out by mail, and follow what changes."""

import asyncio
import logging

from anyio.to_thread import run_sync

from suhbat.acts.app import App
from suhbat.meetings.calendar_mail import post

log = logging.getLogger("suhbat.meetings")
LOOK = 60.0
"""Seconds between looks; nobody's calendar needs it sooner."""


async def run(app: App) -> None:
    """Look for as long as the house stands, where it has a mail server at all."""
    while app.settings.smtp:
        try:
            await run_sync(post, app)
        except Exception:
            log.exception("mailing calendar invitations failed; the next look is in %.0f seconds", LOOK)
        await asyncio.sleep(LOOK)


CHORES = [run]
