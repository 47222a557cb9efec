"""The log for the operator: each fault at most once a minute, and without passwords.

Otherwise a database that is unreachable for a minute would fill the disk with equal tracebacks.
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
"""Kinds of faults that are remembered at most."""
HIDDEN = "•••"
WITH_PASSWORDS = ("SUHBAT_DATABASE_URL", "SUHBAT_SMTP", "SUHBAT_ICE_SERVERS", "SUHBAT_TRANSLATION")
SECRETS = ("SUHBAT_TURN_SECRET", "SUHBAT_TRANSLATION_KEY", "PGPASSWORD")
_PASSWORD = [re.compile(rf"\s*[\w+.-]+:(?://)?[^:@/]*:({password})@") for password in (".+?", ".+")]
"""`scheme:user:password@…`, with or without `//`. The password may contain an @ that should have been %40."""
SHORTEST = 3
"""Characters of a password that is removed from the log; a shorter one would be found in many words."""


class OncePerWindow(logging.Filter):
    """Lets the first record of a kind pass, then one a minute, which says how many were left out."""

    def __init__(self) -> None:
        super().__init__()
        self._seen: dict[tuple[object, ...], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is written. If others were left out before it, their number is added to it."""
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
    """Writes a record without the passwords and secrets of the settings."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, with its traceback if there is one."""
        return without_secrets(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802  (logging's own name)
        """The traceback; only one line if the database is unreachable."""
        return _line(ei[1]) if _is_unreachable(ei[1]) else super().formatException(ei)


def without_secrets(text: str) -> str:
    """The text without the passwords and secrets of the settings."""
    for secret in _secrets():
        text = text.replace(secret, HIDDEN)
    return text


def configure_logging() -> None:
    """Send all log records of the application and of uvicorn through one filter, to standard error."""
    handler = logging.StreamHandler()
    handler.addFilter(OncePerWindow())
    handler.setFormatter(WithoutSecrets("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    for name in ("suhbat", "uvicorn"):
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False  # the framework has a handler of its own at the root


def _kind(record: logging.LogRecord) -> tuple[object, ...]:
    """The kind of a record: logger, level, message (without its arguments), and the place of the fault in the code."""
    fault = record.exc_info[1] if record.exc_info else None
    trace = fault.__traceback__ if fault else None
    if _is_unreachable(fault):
        trace = None  # the place does not matter
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else ()
    return record.name, record.levelno, str(record.msg), type(fault), place


def _is_unreachable(fault: BaseException | None) -> bool:
    """Whether the exception of SQLAlchemy or the driver says that the database did not answer."""
    kinds = {kind.__name__ for kind in type(fault).__mro__}
    return bool(kinds & {"OperationalError", "InterfaceError", "TimeoutError"})


def _line(fault: BaseException) -> str:
    return f"{type(fault).__name__}: {str(fault).partition(chr(10))[0]}"


def _secrets() -> list[str]:
    """Every secret of the settings, as it is written there and as it is used; the longest first."""
    secrets = [os.environ.get(name, "") for name in SECRETS]
    for name in WITH_PASSWORDS:
        for address in os.environ.get(name, "").split(","):
            secrets += [match[1] for pattern in _PASSWORD if (match := pattern.match(address))]
    forms = {form for secret in secrets for form in (secret, unquote(secret)) if len(form) >= SHORTEST}
    return sorted(forms, key=len, reverse=True)
