"""Helpers for the captions of charts: lists of names, and the largest of several numbers with all who have it."""

from collections.abc import Iterable, Sequence

from suhbat.ground.language import gettext as _
from suhbat.ground.language import language
from suhbat.ground.name_lists import in_a_row, listed

NAMED = 4
"""Names that are listed, at most; of the rest only the number is given."""
BETWEEN_CLAUSES = {"ja": "；"}
"""The separator of clauses that contain commas, in languages that do not use a semicolon and a space."""


def together(names: Sequence[str]) -> str:
    """Join names as a sentence does in the reader's language: `A, B, and C`."""
    if len(names) > NAMED:
        return _("%(names)s and %(n)s more") % {"names": in_a_row(names[:NAMED]), "n": len(names) - NAMED}
    return listed(names)


def clauses(texts: Iterable[str]) -> str:
    """Join the clauses of one sentence; a clause may contain commas."""
    return BETWEEN_CLAUSES.get(language(), "; ").join(texts)


def most(counts: Iterable[tuple[str, int]]) -> tuple[list[str], int]:
    """Return the names with the largest number, in the given order, and this number; ([], 0) if none is above zero."""
    rows = list(counts)
    highest = max((n for _name, n in rows), default=0)
    return ([name for name, n in rows if n == highest], highest) if highest > 0 else ([], 0)
