"""Playing: the next move is looked up and performed, when someone presses for it or when its time has come."""

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
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.scene import Move, scene
from suhbat.rehearsal.script import script

log = logging.getLogger("suhbat.rehearsal")
LOOK = 1.0
"""Seconds between looks at what is due."""
WAIT = {"brisk": 3.0, "real": 8.0}
"""Seconds after the last entry before an absent delegation moves, by pace."""
SPEECH = {"brisk": 5.0, "real": 90.0}
"""Seconds that a played speech lasts, by pace."""


def due(session: Session, meeting: str) -> Move | None:
    """What is due in a rehearsal; None when all is done or it was put away."""
    staged = session.get(Rehearsal, meeting)
    if staged is None or staged.away:
        return None
    return next_move(scene(session, script(staged.script), meeting))


def step(app: App, meeting: str, *, for_humans: bool) -> Done | None:
    """Perform what is due; a human's move only where the human asks that it be played. None if nothing was done."""
    with app.database.reading() as session:
        move = due(session, meeting)
    if move is None or (move.yours and not for_humans):
        return None
    return app.door.perform(move.actor, move.act, move.inputs)


def _ready(session: Session, staged: Rehearsal, move: Move, now: float) -> bool:
    last = session.scalar(
        select(EntryRow.time).where(EntryRow.meeting == staged.meeting).order_by(EntryRow.number.desc()).limit(1)
    )
    wait = (SPEECH if move.act == "floor.ended" else WAIT)[staged.pace]
    return last is None or now - instant(last).timestamp() >= wait


def play_what_is_due(app: App) -> None:
    """Move once in every rehearsal that runs by itself and whose time has come."""
    now = app.door.clock().timestamp()
    moves: list[Move] = []
    with app.database.reading() as session:
        for staged in session.scalars(select(Rehearsal).where(Rehearsal.pace != "hand", Rehearsal.away.is_(False))):
            move = due(session, staged.meeting)
            if move is not None and not move.yours and _ready(session, staged, move, now):
                moves.append(move)
    for move in moves:
        try:
            app.door.perform(move.actor, move.act, move.inputs)
        except Refused as refusal:  # someone else was first: look again in a second
            log.info("%s was refused: %s", move.act, refusal.why)


async def run(app: App) -> None:
    """Play the absent for as long as the house stands; nothing to do where there are no rehearsals."""
    while app.settings.rehearsal:
        await asyncio.sleep(LOOK)
        await run_sync(play_what_is_due, app)
