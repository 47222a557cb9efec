"""Work whose size is not known beforehand: it runs in a process of its own, which is ended when its time is over.

A thread cannot be ended, and a long one delays everyone. Files from outside that must be compared or unpacked are
therefore processed in separate processes, a few at a time, with limits of time and memory.
"""

import multiprocessing
import resource
from collections.abc import Callable
from multiprocessing.connection import Connection
from threading import BoundedSemaphore
from typing import Any, TypeVar, cast

Result = TypeVar("Result")

MOST_BYTES = 2 * 1024**3
"""Bytes of memory of such a process."""
AT_ONCE = 2
"""Processes at the same time; further work waits for a free one."""

_processes = multiprocessing.get_context("forkserver")
_slots = BoundedSemaphore(AT_ONCE)
_preloaded: list[str] = []


class TooMuchWorkError(Exception):
    """The work was ended: it took more time or memory than it may."""


def preload(*modules: str) -> None:
    """Name modules that contain such work, so that they are not imported again for each piece."""
    _preloaded.extend(modules)
    _processes.set_forkserver_preload(_preloaded)


def run_within(seconds: float, work: Callable[..., Result], *arguments: Any) -> Result:
    """Do work in a separate process. An exception that it raises is raised here.

    Work, arguments and result are sent between processes: a function of a module, and values that can be pickled.
    """
    if not _slots.acquire(timeout=seconds):
        raise TooMuchWorkError
    try:
        return _run(seconds, work, arguments)
    finally:
        _slots.release()


def _run(seconds: float, work: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
    receiving, sending = _processes.Pipe(duplex=False)
    process = _processes.Process(target=_work_in_process, args=(sending, seconds, work, arguments), daemon=True)
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


def _work_in_process(sending: Connection, seconds: float, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    limit = max(1, round(seconds))
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    try:
        sending.send((work(*arguments), None))
    except Exception as fault:  # noqa: BLE001  (every exception is sent to the caller)
        sending.send((None, fault))
