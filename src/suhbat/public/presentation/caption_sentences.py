"""Pieces of the sentences that pictures say: names side by side, the largest of some numbers with all that share it."""

from collections.abc import Iterable, Sequence

from suhbat.ground.language import gettext as _
from suhbat.ground.language import language
from suhbat.ground.name_lists import in_a_row, listed

NAMED = 4
"""Names said one by one; of more it is said how many there are."""
BETWEEN_CLAUSES = {"ja": "；"}
"""What parts clauses that have commas of their own, where it is not a semicolon and a blank."""


def together(names: Sequence[str]) -> str:
    """Names as a sentence joins them in the reader's language: `A, B, and C`."""
    if len(names) > NAMED:
        return _("%(names)s and %(n)s more") % {"names": in_a_row(names[:NAMED]), "n": len(names) - NAMED}
    return listed(names)


def clauses(said: Iterable[str]) -> str:
    """Clauses of one sentence, each of which may have commas."""
    return BETWEEN_CLAUSES.get(language(), "; ").join(said)


def most(counted: Iterable[tuple[str, int]]) -> tuple[list[str], int]:
    """The largest number and everyone who has it, in the given order; nobody where there is nothing above zero."""
    rows = list(counted)
    top = max((n for _name, n in rows), default=0)
    return ([name for name, n in rows if n == top], top) if top > 0 else ([], 0)
