"""Waiting for what happens in another process: bounded, and saying what was waited for."""

import time
from collections.abc import Callable
from typing import Any


def until(what: str, holds: Callable[[], Any], seconds: float = 30, every: float = 0.25) -> Any:
    """Wait until something holds; a test fails with what it waited for, and what it saw last."""
    end = time.monotonic() + seconds
    while True:
        seen = holds()
        if seen:
            return seen
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain: {what}")
        time.sleep(every)
