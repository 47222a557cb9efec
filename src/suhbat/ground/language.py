"""Interface texts through gettext, and the language of the reader.

Templates write `_("…")`, `ngettext(…)` and `pgettext("context", "…")`. Python writes the same inside a request, and
`lazy("…")` for texts that are written once and translated for each reader, such as refusals and the labels of acts.

A context distinguishes the meanings of one English word that has several translations: the name of a person and the
name of a format. It is written in English, for translators.
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
"""Codes and own names of the interface languages, the main one first."""

FOLDER = Path(__file__).parent.parent / "locale"
_current: ContextVar[str] = ContextVar("language", default="en")


def language() -> str:
    """The code of the present reader's language."""
    return _current.get()


@contextmanager
def reading_in(code: str) -> Iterator[None]:
    """Use this language inside a `with` block."""
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
    """A message in the present reader's language. Without a translation it stays English."""
    return _catalogue(language()).gettext(message) if message else ""


def ngettext(singular: str, plural: str, count: int) -> str:
    """A counted message, with the plural rule of the reader's language."""
    return _catalogue(language()).ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """A message whose English words have several meanings, in the meaning that the context names."""
    return _catalogue(language()).pgettext(context, message)


def npgettext(context: str, singular: str, plural: str, count: int) -> str:
    """A counted message in the meaning that the context names."""
    return _catalogue(language()).npgettext(context, singular, plural, count)


_ = gettext


class Lazy:
    """A message that is translated when it is read, not when it is written: `str(lazy)` is in the reader's language."""

    def __init__(self, message: str, values: dict[str, Any] | None = None, *, context: str = "") -> None:
        self.message, self.values, self.context = message, values or {}, context

    def __str__(self) -> str:
        translation = translated(self.context, self.message)
        return translation % self.values if self.values else translation

    def __mod__(self, values: dict[str, Any]) -> "Lazy":
        return Lazy(self.message, values, context=self.context)

    def __html__(self) -> str:
        from markupsafe import escape  # noqa: PLC0415  (only pages need it)

        return str(escape(str(self)))


def lazy(message: str, *, context: str = "") -> Lazy:
    """Mark a message for translation when it is read."""
    return Lazy(message, context=context)


def translated(context: str, message: str) -> str:
    """A message in the present reader's language, with its context if it has one."""
    return pgettext(context, message) if context else gettext(message)
