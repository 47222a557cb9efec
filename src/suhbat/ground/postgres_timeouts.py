"""Connections to PostgreSQL and their time limits: if a server disappears, requests wait for seconds, not for hours.

Three limits end a wait. The server ends a statement that runs too long or waits too long for a lock. The operating
system ends a connection whose other end no longer answers (keep-alives and `tcp_user_timeout`; at both ends, so that
a server releases the locks of a client that has disappeared). This process ends a wait that neither notices: a
connection that accepts everything and answers nothing, as behind some load balancers.

Parameters in the database address override the values here.
"""

from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import errors
from sqlalchemy import URL, create_engine, event, make_url
from sqlalchemy.engine import Engine

CONNECTING = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""libpq's parameters of a connection; seconds, and milliseconds for the last (libpq, 34.1.2)."""
LIMITS = {
    "statement_timeout": "15s",
    "lock_timeout": "8s",
    "idle_in_transaction_session_timeout": "5min",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "20s",
}
"""Settings of each session on the server (PostgreSQL, 19.3 and 19.11)."""
PATIENCE = 20.0
"""Seconds to wait for one answer: longer than the server's own limit, whose error message says more."""
QUEUE = 10.0
"""Seconds to wait for a connection while all are in use."""
GREETING = 3.0
"""Seconds to wait for the check of an idle connection."""

_SET = "SELECT set_config(name, value, false) FROM unnest(%s::text[], %s::text[]) AS ours (name, value)"


class PatientConnection(psycopg.Connection[Any]):
    """A connection that is closed if one answer takes longer than `patience` seconds."""

    patience: float = PATIENCE

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        """Wait for the server; see `psycopg.Connection.wait`."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, self.patience)
        except errors._WaitTimeout as fault:  # noqa: SLF001  (psycopg has no public name for it)
            self.pgconn.finish()  # a late answer must not be taken for the answer to a later query
            raise psycopg.OperationalError(f"the database gave no answer for {self.patience:g} s") from fault


def postgres_engine(url: str) -> Engine:
    """An engine whose connections have the limits of this module."""
    engine = create_engine(
        url, pool_pre_ping=True, pool_size=20, max_overflow=40, pool_timeout=QUEUE, connect_args=connecting(url)
    )

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, arguments: Any, parameters: Any) -> PatientConnection:
        connection = PatientConnection.connect(*arguments, **parameters)
        options = str(parameters.get("options") or "")
        ours = [(name, limit) for name, limit in LIMITS.items() if name not in options]
        try:
            connection.execute(_SET, ([name for name, _ in ours], [limit for _, limit in ours]))
            connection.commit()
        except BaseException:
            connection.close()
            raise
        return connection

    # An idle connection of the pool is checked before it is used (`pool_pre_ping`): that is answered at once.
    event.listen(engine, "checkin", _patience(GREETING))
    event.listen(engine, "checkout", _patience(PATIENCE))
    return engine


def connecting(url: str | URL) -> dict[str, Any]:
    """The parameters of a connection that its address does not set."""
    parameters = make_url(url).query
    return {name: value for name, value in CONNECTING.items() if name not in parameters}


def _patience(seconds: float) -> Callable[..., None]:
    def set_patience(connection: PatientConnection | None, *_: Any) -> None:
        if connection is not None:
            connection.patience = seconds

    return set_patience
