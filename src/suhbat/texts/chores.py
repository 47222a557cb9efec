"""The background task of texts: reminders before a silence ends, and the adoption at its deadline.

Every process of an installation looks; the act's rule lets one of them act, and refuses the others. There is no timer
that a restart would lose: what is due is read from the tables at every look.
"""

import asyncio
import logging

from anyio.to_thread import run_sync
from sqlalchemy import select

from suhbat.acts.app import App
from suhbat.acts.roles_and_seats import SYSTEM
from suhbat.ground.clock import stamp
from suhbat.ground.refusals import Refused
from suhbat.texts.adoption.silence_mail import mail_outcome, mail_reminder, silences_with_addresses
from suhbat.texts.adoption.silence_reminders import next_due, reminders_due
from suhbat.texts.models import Silence, Text

log = logging.getLogger("suhbat.texts")
FIRST, LOOK = 5.0, 30.0
"""Seconds until the first look, and at most between two looks; sooner where something is due sooner."""


def do_what_is_due(app: App) -> float:
    """End silences whose deadline has passed, remind of running ones, and send the mails of both.

    Returns the seconds until the next look.
    """
    end_silences(app)
    _remind(app)
    for silence_id in silences_with_addresses(app.settings):
        with app.database.reading() as session:
            silence = session.get(Silence, silence_id)
            text = session.get(Text, silence.text) if silence is not None else None
            session.expunge_all()
        if silence is None or silence.status != "running":
            mail_outcome(app.settings, silence_id, text, silence)
    with app.database.reading() as session:
        soon = next_due(session, now := app.clock())
    return LOOK if soon is None else min(LOOK, max(0.0, (soon - now).total_seconds()))


def end_silences(app: App) -> None:
    """End the silences whose deadline has passed: each text is agreed as of its deadline, however late this is done."""
    moment = stamp(app.clock())
    with app.database.reading() as session:
        query = (
            select(Text.meeting, Text.name, Silence.id)
            .join(Text, Text.id == Silence.text)
            .where(Silence.status == "running", Silence.deadline <= moment)
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
        due = reminders_due(session, app.clock())
        session.expunge_all()
    for text, silence, stage in due:
        inputs = {"meeting": text.meeting, "text": text.name, "silence": silence.id, "stage": stage}
        try:
            app.door.perform(SYSTEM, "silence.reminded", inputs)
        except Refused:
            continue  # another process was first
        mail_reminder(app.settings, text, silence)


async def run(app: App) -> None:
    """Look as long as the server runs; a look that fails is logged, and the next one tries again."""
    wait = FIRST
    while True:
        await asyncio.sleep(wait)
        try:
            wait = await run_sync(do_what_is_due, app)
        except Exception:
            wait = LOOK
            log.exception("looking after silences failed; the next look is in %.0f seconds", wait)


CHORES = [run]
