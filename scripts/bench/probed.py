"""`suhbat serve` with a probe on its event loop; the rest is as ever: `python -m bench.probed serve --port 8000`.

The probe is a task that wakes every five milliseconds and notes how late it is: as late as everyone else who waits for
the loop just then. That is told as it passed on the clock, and as what the loop's own thread worked meanwhile. Where
the second is much less, the loop waited for a core or for the interpreter, which one thread has at a time; it has it
for long where it collects garbage, so that is told too.
"""

import asyncio
import gc
import json
import sys
import time
from typing import Any

from suhbat import command
from suhbat.ground.front import App
from suhbat.ground.statics import answer

HELD = "/held-so-far"
STEP = 0.005
"""Seconds that the probe sleeps."""
serve_unprobed = command.application


class Probe:
    """The longest hold of the loop, and the longest collection of garbage, since it was asked last; in seconds."""

    def __init__(self) -> None:
        self._held, self._worked, self._collected, self._began = 0.0, 0.0, 0.0, 0.0
        self._watching: asyncio.Task[None] | None = None

    async def taken(self) -> bytes:
        """What was noted; it begins anew."""
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())
            gc.callbacks.append(self._note_collection)
        await asyncio.sleep(3 * STEP)  # a hold that has just ended is noted by then
        told = {"held": self._held, "worked": self._worked, "collected": self._collected}
        self._held = self._worked = self._collected = 0.0
        return json.dumps(told).encode()

    async def _watch(self) -> None:
        while True:
            slept, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(STEP)
            late = time.perf_counter() - slept - STEP
            if late > self._held:
                self._held, self._worked = late, min(late, time.thread_time() - worked)

    def _note_collection(self, phase: str, _info: dict[str, int]) -> None:
        now = time.perf_counter()
        if phase == "start":
            self._began = now
        else:
            self._collected = max(self._collected, now - self._began)


def probed() -> App:
    """The application that is served, and one address more."""
    served: App = serve_unprobed()  # type: ignore[assignment]
    probe = Probe()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] == HELD:
            await answer(send, 200, await probe.taken())
        else:
            await served(scope, receive, send)

    return application


if __name__ == "__main__":
    command.application = probed
    raise SystemExit(command.main(sys.argv[1:]))
