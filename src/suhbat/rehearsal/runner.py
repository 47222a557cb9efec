"""Performs the next move of a rehearsal, when someone clicks for it or when its time has come."""

import asyncio
import logging

from anyio.to_thread import run_sync
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Done
from suhbat.acts.app import App
from suhbat.ground.clock import instant
from suhbat.ground.refusals import Refused
from suhbat.record.models import EntryRow
from suhbat.rehearsal.autopilot import next_move
from suhbat.rehearsal.autopilot_scene import Move, read_scene
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.script import load_script

log = logging.getLogger("suhbat.rehearsal")
INTERVAL = 1.0
"""Seconds between checks for due moves."""
WAIT_SECONDS = {"brisk": 3.0, "real": 8.0}
"""Seconds after the last entry before an absent delegation moves, by pace."""
SPEECH_SECONDS = {"brisk": 5.0, "real": 90.0}
"""Seconds that a played speech lasts, by pace."""


def due_move(session: Session, meeting: str) -> Move | None:
    """The move that is due in a rehearsal; None when all is done or it was put away."""
    staged = session.get(Rehearsal, meeting)
    if staged is None or staged.away:
        return None
    return next_move(read_scene(session, load_script(staged.script), meeting))


def step(app: App, meeting: str, *, for_humans: bool) -> Done | None:
    """Perform the due move; a human's move only with `for_humans`. Returns None if nothing was done."""
    with app.database.reading() as session:
        move = due_move(session, meeting)
    if move is None or (move.yours and not for_humans):
        return None
    return app.door.perform(move.actor, move.act, move.inputs)


def _is_time(session: Session, staged: Rehearsal, move: Move, now: float) -> bool:
    last_entry_time = session.scalar(
        select(EntryRow.time).where(EntryRow.meeting == staged.meeting).order_by(EntryRow.number.desc()).limit(1)
    )
    wait = (SPEECH_SECONDS if move.act == "floor.ended" else WAIT_SECONDS)[staged.pace]
    return last_entry_time is None or now - instant(last_entry_time).timestamp() >= wait


def play_due_moves(app: App) -> None:
    """Perform one move in every rehearsal that runs by itself and whose time has come."""
    now = app.clock().timestamp()
    moves: list[Move] = []
    with app.database.reading() as session:
        for staged in session.scalars(select(Rehearsal).where(Rehearsal.pace != "hand", Rehearsal.away.is_(False))):
            move = due_move(session, staged.meeting)
            if move is not None and not move.yours and _is_time(session, staged, move, now):
                moves.append(move)
    for move in moves:
        try:
            app.door.perform(move.actor, move.act, move.inputs)
        except Refused as refusal:  # someone else was first; the next check is in a second
            log.info("%s was refused: %s", move.act, refusal.why)


async def run(app: App) -> None:
    """Play the absent participants until the application stops; ends at once if rehearsals are disabled."""
    while app.settings.rehearsal:
        await asyncio.sleep(INTERVAL)
        await run_sync(play_due_moves, app)
