"""The write queue (the clerk): writes acts one after another, and commits all acts that wait together.

A durable commit waits for the disk. Acts that come in meanwhile wait together and share the next commit. Each has its
own savepoint, so that a refused act does not affect the others. No act is reported as done before its commit.

No act waits for ever. The time of one answer of the database is limited (`ground.postgres_timeouts`). An act that has
waited `PATIENCE` seconds behind one that hangs is refused, if it has not been started.
"""

import contextvars
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from suhbat.ground.database import PATIENCE, Database, NoTurnError, intact, savepoint_session
from suhbat.record.writing import Pen

Result = TypeVar("Result")
Work = Callable[[Session, Pen], Result]

MOST = 100
"""Acts in one commit at most: the first should not wait long for the last."""
IDLE = 2.0
"""Seconds without an act after which the clerk's thread ends."""


class Order(Generic[Result]):
    """One piece of work that waits for the clerk, with the context (the language) of the request."""

    def __init__(self, work: Work[Result]) -> None:
        self.work = work
        self.context = contextvars.copy_context()
        self.future: Future[Result] = Future()
        self.result: Any = None
        self.fault: BaseException | None = None
        self.until = time.monotonic() + PATIENCE


class Clerk:
    """The writer of this process. `committed` is called after each commit with the results, in order."""

    def __init__(self, database: Database, committed: Callable[[list[Any]], None]) -> None:
        self._database, self._committed = database, committed
        self._waiting: deque[Order[Any]] = deque()
        self._bell = threading.Condition()
        self._at_work: threading.Thread | None = None
        self._watch: threading.Thread | None = None

    def submit(self, work: Work[Result]) -> "Future[Result]":
        """Add work to the queue. The future has its result after the commit, or the refusal."""
        if threading.current_thread() is self._at_work:
            raise RuntimeError("an act cannot perform an act from within; see `follow`")
        order = Order(work)
        with self._bell:
            self._waiting.append(order)
            if self._at_work is None:
                self._at_work = threading.Thread(target=self._serve, name="clerk", daemon=True)
                self._at_work.start()
            if self._watch is None:
                self._watch = threading.Thread(target=self._refuse_late, name="clerk's watch", daemon=True)
                self._watch.start()
            self._bell.notify()
        return order.future

    def _serve(self) -> None:
        while (batch := self._next()) is not None:
            if batch:
                self._write(batch)

    def _refuse_late(self) -> None:
        """Refuse work that has waited too long. Sleeps until then, and ends when the clerk ends."""
        while True:
            with self._bell:
                now = time.monotonic()
                late = [order for order in self._waiting if order.until <= now]
                for order in late:
                    self._waiting.remove(order)
                if self._at_work is None:
                    self._watch = None
                    return
                soonest = min((order.until for order in self._waiting), default=now + PATIENCE)
            for order in late:
                if order.future.set_running_or_notify_cancel():
                    order.future.set_exception(NoTurnError())
            time.sleep(max(0.0, min(soonest - now, IDLE)))

    def _next(self) -> list[Order[Any]] | None:
        with self._bell:
            if not self._waiting and not self._bell.wait_for(lambda: self._waiting, IDLE):
                self._at_work = None
                return None
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]
        return [order for order in batch if order.future.set_running_or_notify_cancel()]

    def _write(self, batch: list[Order[Any]]) -> None:
        try:
            with self._database.transaction() as connection:
                pen = Pen(connection)
                for order in batch:
                    position = pen.position
                    try:
                        with savepoint_session(connection) as session:
                            order.result = order.context.run(order.work, session, pen)
                    except Exception as fault:
                        if not intact(connection):
                            raise
                        order.fault = fault
                        pen.position = position
                pen.lay_down()
        except BaseException as fault:  # noqa: BLE001  (nothing was committed, or perhaps it was: `UncertainCommitError`)
            for order in batch:
                order.future.set_exception(order.fault or fault)
            return
        self._committed([order.result for order in batch if order.fault is None])
        for order in batch:
            if order.fault is None:
                order.future.set_result(order.result)
            else:
                order.future.set_exception(order.fault)
