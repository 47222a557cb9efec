"""`suhbat serve` with a probe on its event loop: `python -m bench.probed_server serve --port 8000`.

The probe is a task that wakes every five milliseconds and notes how late it is: as late as everyone else who waits for
the loop at that moment. It reports the delay by the clock, and how long the loop's own thread worked in it. Where the
second is much less, the loop waited for a core or for the interpreter, which only one thread has at a time. Garbage
collection holds the interpreter for long, so that is reported too.
"""

import asyncio
import gc
import json
import sys
import time
from typing import Any

from suhbat import command
from suhbat.ground.middleware import AsgiApp
from suhbat.ground.static_files import answer

HOLDS_PATH = "/held-so-far"
STEP = 0.005
"""Seconds that the probe sleeps."""
serve_unprobed = command.application


class Probe:
    """The longest hold of the loop and the longest garbage collection since the last request for them; in seconds."""

    def __init__(self) -> None:
        self._held, self._worked, self._collected, self._began = 0.0, 0.0, 0.0, 0.0
        self._watching: asyncio.Task[None] | None = None

    async def take(self) -> bytes:
        """What was measured, as JSON; measuring starts again."""
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())
            gc.callbacks.append(self._note_collection)
        await asyncio.sleep(3 * STEP)  # a hold that has just ended is noted by then
        measured = {"held": self._held, "worked": self._worked, "collected": self._collected}
        self._held = self._worked = self._collected = 0.0
        return json.dumps(measured).encode()

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


def probed() -> AsgiApp:
    """The application that is served, with one more address for the probe."""
    served: AsgiApp = serve_unprobed()  # type: ignore[assignment]
    probe = Probe()

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http" and scope["path"] == HOLDS_PATH:
            await answer(send, 200, await probe.take())
        else:
            await served(scope, receive, send)

    return application


if __name__ == "__main__":
    command.application = probed
    raise SystemExit(command.main(sys.argv[1:]))
