"""Interface texts through gettext, and the language of the one who is reading.

Templates write `_("…")` and `ngettext(…)`. Python writes `_("…")` inside a request and `lazy("…")` for
sentences that are made once and read by many, such as refusals and the labels of acts.
"""

import gettext as gettext_module
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES: dict[str, str] = {
    "en": "English",
    "ru": "Русский",
    "ja": "日本語",
    "kk": "Қазақша",
    "ky": "Кыргызча",
    "tg": "Тоҷикӣ",
    "tk": "Türkmençe",
    "uz": "Oʻzbekcha",
}
"""Codes and own names of the interface languages, the leading one first."""

FOLDER = Path(__file__).parent.parent / "locale"
_current: ContextVar[str] = ContextVar("language", default="en")


def language() -> str:
    """The language of the present reader."""
    return _current.get()


@contextmanager
def reading_in(code: str) -> Iterator[None]:
    """Read in this language for a while."""
    token = _current.set(code if code in LANGUAGES else "en")
    try:
        yield
    finally:
        _current.reset(token)


def set_language(code: str) -> None:
    """Set the language for the rest of this task (one request)."""
    _current.set(code if code in LANGUAGES else "en")


@cache
def _catalogue(code: str) -> gettext_module.NullTranslations:
    return gettext_module.translation("suhbat", FOLDER, [code], fallback=True)


def gettext(message: str) -> str:
    """Say a message in the present reader's language; an untranslated one stays English."""
    return _catalogue(language()).gettext(message) if message else ""


def ngettext(one: str, many: str, count: int) -> str:
    """Say a counted message with the plural rule of the reader's language."""
    return _catalogue(language()).ngettext(one, many, count)


def pgettext(context: str, message: str) -> str:
    """Say a message whose English word has two meanings."""
    return _catalogue(language()).pgettext(context, message)


_ = gettext


class Lazy:
    """A message that is translated when read, not when written: `str(lazy)` in the reader's language."""

    def __init__(self, message: str, values: dict[str, Any] | None = None) -> None:
        self.message, self.values = message, values or {}

    def __str__(self) -> str:
        said = gettext(self.message)
        return said % self.values if self.values else said

    def __mod__(self, values: dict[str, Any]) -> "Lazy":
        return Lazy(self.message, values)

    def __html__(self) -> str:
        from markupsafe import escape  # noqa: PLC0415  (only pages ask)

        return str(escape(str(self)))


def lazy(message: str) -> Lazy:
    """Mark a message for translation at reading time."""
    return Lazy(message)
