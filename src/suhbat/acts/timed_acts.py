"""Acts that time alone brings about: the system performs each as soon as it is due, once.

A package says what is due, and when: `@timed("silence.held")` beside the act's rule. One loop in every process looks,
and sleeps until the next of them is due. All processes look; the rule of the act lets the first perform it, and refuses
the others. There is no timer that a restart would lose: what is due is read from the tables at every look.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import SYSTEM
from suhbat.ground.refusals import Refused
from suhbat.ground.register import Register
from suhbat.record.entries import Entry

if TYPE_CHECKING:
    from suhbat.acts.app import App

log = logging.getLogger("suhbat.acts")
FIRST, LOOK = 5.0, 30.0
"""Seconds until the first look, and at most between two looks; sooner where something is due sooner."""
TOGETHER = 1.0
"""Seconds until a look that was asked for, so that many who ask at once are one look."""


@dataclass(frozen=True)
class Due:
    """An act that is due at a moment: now, or soon."""

    at: datetime
    inputs: dict[str, Any]


WhatIsDue = Callable[[Session, datetime], Iterable[Due]]
"""What is due of one act at this moment, and when it is due next. Acts that are due later are not performed yet."""
TIMED: Register[WhatIsDue] = Register("timed acts")
"""By act."""
CHANGES: set[str] = set()
"""Acts after which something may be due sooner than was known."""


def timed(act: str, *, after: Iterable[str] = ()) -> Callable[[WhatIsDue], WhatIsDue]:
    """Register when an act is due. `after` names the acts that may change that."""

    def register(function: WhatIsDue) -> WhatIsDue:
        TIMED[act] = function
        CHANGES.update(after)
        return function

    return register


def perform_due(app: "App") -> float:
    """Perform every act that is due. Returns the seconds until the next look."""
    moment = app.clock()
    with app.database.reading() as session:
        all_due = [(each, act) for act, what in TIMED.items() for each in what(session, moment)]
    all_due.sort(key=lambda due: due[0].at)
    now = {(act, tuple(due.inputs.items())): due for due, act in all_due if due.at <= moment}
    if sum(_perform(app, act, due.inputs) for (act, _), due in now.items()):
        return 0.0  # something more may be due after that
    soon = next((due.at for due, _act in all_due if due.at > moment), None)
    return LOOK if soon is None else min(LOOK, max(0.0, (soon - app.clock()).total_seconds()))


def _perform(app: "App", act: str, inputs: dict[str, Any]) -> bool:
    try:
        app.door.perform(SYSTEM, act, inputs)
    except Refused:
        return False  # another process was first
    except Exception:
        log.exception("%s was due and failed; the next look is in %.0f seconds at most", act, LOOK)
        return False
    return True


class TimedActs:
    """The loop of this process. Its methods run on the event loop."""

    def __init__(self) -> None:
        self._bell: asyncio.Event | None = None

    def note(self, entry: Entry) -> None:
        """Look again after an entry that changes what is due."""
        if entry.act in CHANGES:
            self.look_soon()

    def look_soon(self) -> None:
        """Look again now, because something may be due sooner than was known."""
        if self._bell is not None:
            self._bell.set()

    async def run(self, app: "App") -> None:
        """Look for as long as the server runs. A look that fails is logged and repeated."""
        self._bell = asyncio.Event()
        wait = FIRST
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._bell.wait()
                await asyncio.sleep(TOGETHER)
            self._bell.clear()
            try:
                if lines := app.tail.peers():
                    await run_sync(app.lines.pulse, lines)  # after a sleep of the server nobody here has left
                wait = await run_sync(perform_due, app)
            except Exception:
                wait = LOOK
                log.exception("looking for what is due failed; the next look is in %.0f seconds", wait)
