"""Work of a size that nobody knows beforehand: done in a process of its own, which is ended when its time is over.

A thread cannot be ended, and while it works everyone waits for it. What is brought from outside and has to be compared
or unpacked is therefore worked on apart, a few pieces at a time, with a limit of seconds and of memory.
"""

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import BoundedSemaphore
from typing import Any, TypeVar, cast

Result = TypeVar("Result")

MOST_BYTES = 2 * 1024**3
"""Memory of such a process."""
AT_ONCE = 2
"""Processes at work at the same time; who comes later waits for a place."""

_processes = multiprocessing.get_context("forkserver")
_places = BoundedSemaphore(AT_ONCE)
_known: list[str] = []


class TooMuchWorkError(Exception):
    """The work was ended: it took more time or memory than it may."""


def known_beforehand(*modules: str) -> None:
    """Name modules with work of this kind, so that they are not read anew for each piece of it."""
    _known.extend(modules)
    _processes.set_forkserver_preload(_known)


def within(seconds: float, work: Callable[..., Result], *arguments: Any) -> Result:
    """Do work apart; what it raises is raised here.

    Work, arguments and result travel between processes: a function of a module, and values that can be pickled.
    """
    if not _places.acquire(timeout=seconds):
        raise TooMuchWorkError
    try:
        return _done(seconds, work, arguments)
    finally:
        _places.release()


def _done(seconds: float, work: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
    receiving, sending = _processes.Pipe(duplex=False)
    process = _processes.Process(target=_at_work, args=(sending, seconds, work, arguments), daemon=True)
    process.start()
    sending.close()
    try:
        if not receiving.poll(seconds):
            raise TooMuchWorkError
        result, fault = receiving.recv()
    except EOFError:  # ended by its limits
        raise TooMuchWorkError from None
    finally:
        receiving.close()
        process.kill()
        process.join()
    if isinstance(fault, MemoryError):
        raise TooMuchWorkError from fault
    if fault is not None:
        raise fault
    return cast("Result", result)


def _at_work(sending: Connection, seconds: float, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    whole = max(1, round(seconds))
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    try:
        sending.send((work(*arguments), None))
    except Exception as fault:  # noqa: BLE001  (whatever it is, it is told to who waits)
        sending.send((None, fault))
