"""What the operator reads: each fault once a minute, however often it comes up, and no password in it.

A database that is away for a minute would else fill a disk with tracebacks that all say the same.
"""

import logging
import os
import re
import time
from typing import Any
from urllib.parse import unquote

WINDOW = 60.0
"""Seconds in which the same fault is written once."""
MOST = 500
"""Kinds of fault that are remembered at most."""
HIDDEN = "•••"
WITH_PASSWORDS = ("SUHBAT_DATABASE_URL", "SUHBAT_SMTP", "SUHBAT_ICE_SERVERS", "SUHBAT_TRANSLATION")
SECRETS = ("SUHBAT_TURN_SECRET", "SUHBAT_TRANSLATION_KEY", "PGPASSWORD")
_PASSWORD = [re.compile(rf"\s*[\w+.-]+:(?://)?[^:@/]*:({some})@") for some in (".+?", ".+")]
"""`scheme:user:password@…`, with `//` or without; a sign @ that should have been written as %40 may stand in it."""
SHORTEST = 3
"""Signs of a password that is looked for; a shorter one would be found in every other word."""


class OncePerWindow(logging.Filter):
    """Lets the first of its kind pass, then one a minute, which tells how many were left out."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[tuple[object, ...], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written; where others were left out before it, it says so."""
        kind = _kind(record)
        moment = time.monotonic()
        since, left_out = self._seen.get(kind, (0.0, 0))
        if kind in self._seen and moment - since < WINDOW:
            self._seen[kind] = since, left_out + 1
            return False
        if len(self._seen) >= MOST:
            self._seen.clear()
        self._seen[kind] = moment, 0
        if left_out:
            record.msg = f"{record.getMessage()} (and {left_out} more of this kind since it was last written)"
            record.args = None
        return True


class WithoutSecrets(logging.Formatter):
    """Writes a record with every password and secret of the settings left out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, and the traceback where there is one."""
        return without_secrets(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802  (logging's own name)
        """The traceback; of a database that is away one line says all."""
        return _line(ei[1]) if _is_away(ei[1]) else super().formatException(ei)


def without_secrets(text: str) -> str:
    """A text in which no password of the settings stands."""
    for secret in _secrets():
        text = text.replace(secret, HIDDEN)
    return text


def keep_log() -> None:
    """Let everything the house and its server say come through one filter, to standard error."""
    handler = logging.StreamHandler()
    handler.addFilter(OncePerWindow())
    handler.setFormatter(WithoutSecrets("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for name in ("suhbat", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False  # the framework has a handler of its own at the root


def _kind(record: logging.LogRecord) -> tuple[object, ...]:
    """What makes two records the same: what is said (not of whom), and where the fault came up."""
    fault = record.exc_info[1] if record.exc_info else None
    trace = fault.__traceback__ if fault else None
    if _is_away(fault):
        trace = None  # wherever it is noticed
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else ()
    return record.name, record.levelno, str(record.msg), type(fault), place


def _is_away(fault: BaseException | None) -> bool:
    """Whether the database did not answer, by SQLAlchemy's word or its driver's: no place in our code is to blame."""
    kinds = {kind.__name__ for kind in type(fault).__mro__}
    return bool(kinds & {"OperationalError", "InterfaceError", "TimeoutError"})


def _line(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {str(fault).partition(chr(10))[0]}"


def _secrets() -> list[str]:
    """Every secret of the settings, as it stands there and as it is used; the longest first."""
    held = [os.environ.get(name, "") for name in SECRETS]
    for name in WITH_PASSWORDS:
        for address in os.environ.get(name, "").split(","):
            held += [found[1] for form in _PASSWORD if (found := form.match(address))]
    both = {form for secret in held for form in (secret, unquote(secret)) if len(form) >= SHORTEST}
    return sorted(both, key=len, reverse=True)
