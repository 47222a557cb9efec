"""Names of formats for sentences, charts and choices: in the reader's language, or in English if it has none.

Data for programs have the English name of the public record; pages take the name from here.
"""

from collections.abc import Iterable
from typing import TypeVar

from suhbat.formats.format_names import format_language, format_name, format_sort_key, short_format_name
from suhbat.formats.models import Format as FormatRow
from suhbat.ground.language import language
from suhbat.public.read_model.fact_types import REPORTED, Format

Titles = dict[str, str]
"""Names in the reader's language, by id of the format."""


Named = Format | FormatRow
N = TypeVar("N", Format, FormatRow)


def title_of(format_: Named) -> str:
    """A format's name for this reader."""
    return format_name(format_.id, format_.name, format_.native_names)


def short_title_of(format_: Named) -> str:
    """A name that fits a column: in English the format's short name, else the usual short name in the language."""
    if language() == "en":
        return format_.short_name or format_.name
    return short_format_name(format_.id, format_.short_name or format_.name, format_.native_names)


def titles_of(formats: Iterable[Format]) -> Titles:
    """The names of these formats for this reader."""
    return {format_.id: title_of(format_) for format_ in formats}


def is_foreign(format_: Named) -> bool:
    """Whether a reported format has no name in the reader's language; pages then mark the language of the name."""
    return format_.origin == REPORTED and format_language(format_.id, format_.native_names) != language()


def by_title(formats: Iterable[N]) -> list[N]:
    """Formats in the alphabetical order of the reader's language."""
    return sorted(formats, key=lambda format_: format_sort_key(format_.id, format_.name, format_.native_names))
