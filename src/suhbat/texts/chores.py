"""What texts do by themselves: reminders before a silence ends, and the adoption at its deadline.

Every process of a house looks; the act's own rule lets one of them do it, and refuses the others. Nothing rests on a
timer that a restart would lose: what is due is read from the tables at every look.
"""

import asyncio
import logging

from anyio.to_thread import run_sync
from sqlalchemy import select

from suhbat.acts.app import App
from suhbat.acts.roles_and_seats import SYSTEM
from suhbat.ground.clock import stamp
from suhbat.ground.refusals import Refused
from suhbat.texts.adoption.silence_mail import mail_reminder, mail_the_end, waiting
from suhbat.texts.adoption.silence_reminders import next_due, reminders_due
from suhbat.texts.models import Silence, Text

log = logging.getLogger("suhbat.texts")
FIRST, LOOK = 5.0, 30.0
"""Seconds until the first look, and between looks at most; what is due sooner is looked at when it is due."""


def do_what_is_due(app: App) -> float:
    """Adopt what no delegation spoke against, remind of what still runs, and send the letters of both.

    Returns the seconds until something is due again, as far as can be told now.
    """
    end_silences(app)
    _remind(app)
    for silence in waiting(app.settings):
        with app.database.reading() as session:
            found = session.get(Silence, silence)
            text = session.get(Text, found.text) if found is not None else None
            session.expunge_all()
        if found is None or found.state != "running":
            mail_the_end(app.settings, silence, text, found)
    with app.database.reading() as session:
        soon = next_due(session, now := app.door.clock())
    return LOOK if soon is None else min(LOOK, max(0.0, (soon - now).total_seconds()))


def end_silences(app: App) -> None:
    """End the silences whose deadline has passed: each text is agreed as of its deadline, however late this is done."""
    moment = stamp(app.door.clock())
    with app.database.reading() as session:
        query = (
            select(Text.meeting, Text.name, Silence.id)
            .join(Text, Text.id == Silence.text)
            .where(Silence.state == "running", Silence.deadline <= moment)
            .order_by(Silence.deadline, Silence.id)
        )
        due = session.execute(query).all()
    for meeting, name, silence in due:
        try:
            app.door.perform(SYSTEM, "silence.held", {"meeting": meeting, "text": name, "silence": silence})
        except Refused:
            continue  # another process was first


def _remind(app: App) -> None:
    with app.database.reading() as session:
        due = reminders_due(session, app.door.clock())
        session.expunge_all()
    for text, silence, stage in due:
        inputs = {"meeting": text.meeting, "text": text.name, "silence": silence.id, "stage": stage}
        try:
            app.door.perform(SYSTEM, "silence.reminded", inputs)
        except Refused:
            continue  # another process was first
        mail_reminder(app.settings, text, silence)


async def run(app: App) -> None:
    """Look for as long as the house stands; a look that fails is told to the log and tried again at the next."""
    wait = FIRST
    while True:
        await asyncio.sleep(wait)
        try:
            wait = await run_sync(do_what_is_due, app)
        except Exception:
            wait = LOOK
            log.exception("looking after silences failed; the next look is in %.0f seconds", wait)


CHORES = [run]
