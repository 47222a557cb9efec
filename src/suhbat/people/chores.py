"""Background task: erases the addresses of letters that are not needed any more."""

import asyncio
import logging

from anyio.to_thread import run_sync

from suhbat.acts.app import App
from suhbat.acts.place_finders import find_place
from suhbat.people.mailed_letters import forget_letter, mailed_letters
from suhbat.people.models import SeatRow

log = logging.getLogger("suhbat.people")
INTERVAL = 600.0
"""Seconds between runs."""


def erase_addresses(app: App) -> int:
    """Erase the address of each seat that is taken or given up, or whose meeting is over; returns how many."""
    kept = mailed_letters(app.settings)
    if not kept:
        return 0
    with app.database.reading() as session:
        needless = []
        for seat, letter in kept.items():
            row, place = session.get(SeatRow, seat), find_place(session, letter.place)
            if row is None or row.person or row.vacated or place is None or place.over or place.reported:
                needless.append(seat)
    for seat in needless:
        forget_letter(app.settings, seat)
    return len(needless)


async def run(app: App) -> None:
    """Erase what is not needed until the application stops."""
    while True:
        try:
            await run_sync(erase_addresses, app)
        except Exception:
            log.exception("erasing addresses of letters failed; the next try is in %.0f seconds", INTERVAL)
        await asyncio.sleep(INTERVAL)


CHORES = [run]
