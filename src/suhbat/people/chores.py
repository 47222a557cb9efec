"""What happens to standing seats by time alone: the test twice a year, and the end on their last day.

Every process of an installation looks. The act's own rule lets one of them do it and refuses the others.
"""

import asyncio
import logging

from anyio.to_thread import run_sync
from sqlalchemy import select

from suhbat.acts.app import App
from suhbat.acts.roles_and_seats import SYSTEM, Role
from suhbat.ground.refusals import Refused
from suhbat.people.models import SeatRow
from suhbat.people.standing_seats import is_lapsed, is_test_due

log = logging.getLogger("suhbat.people")
FIRST, LOOK = 20.0, 600.0
"""Seconds until the first look, and between looks."""


def look_after_standing_seats(app: App) -> None:
    """End the seats whose last day has passed, then test those that were not tested for half a year."""
    moment = app.clock()
    with app.database.reading() as session:
        query = select(SeatRow).where(SeatRow.role == Role.STANDING, SeatRow.vacated.is_(False))
        rows = session.scalars(query.order_by(SeatRow.place)).all()
        lapsed = dict.fromkeys(row.place for row in rows if is_lapsed(row, moment))
        due = dict.fromkeys(row.place for row in rows if is_test_due(row, moment) and not is_lapsed(row, moment))
    for act, formats in (("standing.lapsed", lapsed), ("standing.tested", due)):
        for format_ in formats:
            try:
                app.door.perform(SYSTEM, act, {"format": format_})
            except Refused:
                continue  # another process was first


async def run(app: App) -> None:
    """Look for as long as the server runs. A look that fails is logged and repeated at the next."""
    wait = FIRST
    while True:
        await asyncio.sleep(wait)
        wait = LOOK
        try:
            await run_sync(look_after_standing_seats, app)
        except Exception:
            log.exception("looking after standing seats failed; the next look is in %.0f seconds", wait)


CHORES = [run]
