"""Interface texts through gettext, and the language of the one who is reading.

Templates write `_("…")`, `ngettext(…)` and `pgettext("context", "…")`. Python writes the same inside a request, and
`lazy("…")` for sentences that are made once and read by many, such as refusals and the labels of acts.

A context tells apart the meanings of one English word, which other languages say in different words: the name of a
person and the name of a format. It is written in English, for translators: it says of what the word is said.
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
    """Say a message whose English word has several meanings, in the one that the context names."""
    return _catalogue(language()).pgettext(context, message)


def npgettext(context: str, one: str, many: str, count: int) -> str:
    """Say a counted message in one of several meanings."""
    return _catalogue(language()).npgettext(context, one, many, count)


_ = gettext


class Lazy:
    """A message that is translated when read, not when written: `str(lazy)` in the reader's language."""

    def __init__(self, message: str, values: dict[str, Any] | None = None, *, context: str = "") -> None:
        self.message, self.values, self.context = message, values or {}, context

    def __str__(self) -> str:
        said = said_in(self.context, self.message)
        return said % self.values if self.values else said

    def __mod__(self, values: dict[str, Any]) -> "Lazy":
        return Lazy(self.message, values, context=self.context)

    def __html__(self) -> str:
        from markupsafe import escape  # noqa: PLC0415  (only pages ask)

        return str(escape(str(self)))


def lazy(message: str, *, context: str = "") -> Lazy:
    """Mark a message for translation at reading time."""
    return Lazy(message, context=context)


def said_in(context: str, message: str) -> str:
    """A message in the present reader's language, in its context if it has one."""
    return pgettext(context, message) if context else gettext(message)
