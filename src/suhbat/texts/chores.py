"""The background task of texts: mails to those who wanted to be told how a silence ended."""

import asyncio
import logging

from anyio.to_thread import run_sync

from suhbat.acts.app import App
from suhbat.texts.adoption.silence_mail import mail_outcome, silences_with_addresses
from suhbat.texts.models import Silence, Text

log = logging.getLogger("suhbat.texts")
FIRST, LOOK = 5.0, 30.0
"""Seconds until the first look, and between looks."""


def mail_outcomes(app: App) -> None:
    """Send the mails about silences that have ended. Of several processes one sends each."""
    for silence_id in silences_with_addresses(app.settings):
        with app.database.reading() as session:
            silence = session.get(Silence, silence_id)
            text = session.get(Text, silence.text) if silence is not None else None
            session.expunge_all()
        if silence is None or silence.status != "running":
            mail_outcome(app.settings, silence_id, text, silence)


async def run(app: App) -> None:
    """Look as long as the server runs; a look that fails is logged, and the next one tries again."""
    wait = FIRST
    while True:
        await asyncio.sleep(wait)
        wait = LOOK
        try:
            await run_sync(mail_outcomes, app)
        except Exception:
            log.exception("mailing how silences ended failed; the next look is in %.0f seconds", wait)


CHORES = [run]
