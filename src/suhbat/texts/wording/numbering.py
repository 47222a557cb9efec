"""Numbers of paragraphs, which follow their places, and references, which follow their paragraphs.

A reference is kept as `§{id}` and typed and shown by number: `§3`, `§3(a)`, `§PP2`. A proposed paragraph that stands
after paragraph 3 is 3 bis, 3 ter and so on until it comes into the text.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

KEPT = re.compile(r"§\{([0-9a-z]+)\}")
TYPED = re.compile(r"§([0-9A-Za-z]+(?:\([a-z]+\))?(?: (?:bis|ter|quater|quinquies))?)")
_LATIN = ("bis", "ter", "quater", "quinquies", "sexies", "septies", "octies")


class Placed(Protocol):
    """What numbering has to know of a paragraph."""

    @property
    def id(self) -> str:
        """Its lasting name."""

    @property
    def kind(self) -> str:
        """What it is."""

    @property
    def wording(self) -> str:
        """Empty where it is not in the text."""


def numbers(paragraphs: Iterable[Placed]) -> dict[str, str]:
    """The label of every paragraph, in their order: `PP1`, `1`, `1(a)`, `I`, `A`; `1 bis` for a proposed one."""
    made: dict[str, str] = {}
    counts = {"section": 0, "preambular": 0, "operative": 0, "sub": 0, "annex": 0, "table": 0}
    proposed: dict[str, int] = {}
    for each in paragraphs:
        if each.wording:
            counts[each.kind] += 1
            if each.kind in {"operative", "section"}:
                counts["sub"] = 0
            made[each.id] = _label(each.kind, counts)
            proposed.clear()
            continue
        proposed[each.kind] = proposed.get(each.kind, 0) + 1
        made[each.id] = f"{_label(each.kind, counts)} {_latin(proposed[each.kind])}"
    return made


def _label(kind: str, counts: Mapping[str, int]) -> str:
    n = counts[kind]
    if kind == "section":
        return roman(n)
    if kind == "preambular":
        return f"PP{n}"
    if kind == "sub":
        return f"{counts['operative']}({letter(n)})"
    if kind in {"annex", "table"}:
        return f"{'Annex' if kind == 'annex' else 'Table'} {n}"
    return str(n)


def _latin(n: int) -> str:
    return _LATIN[n - 1] if n <= len(_LATIN) else f"+{n}"


def letter(n: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    made = ""
    while n > 0:
        n, rest = divmod(n - 1, 26)
        made = chr(ord("a") + rest) + made
    return made or "–"


def roman(n: int) -> str:
    """A Roman numeral; a dash for none."""
    made = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= value:
            made, n = made + sign, n - value
    return made or "–"


def kept(text: str, labels: Mapping[str, str]) -> str:
    """Turn references as typed into references that follow their paragraph; what names no paragraph stays as typed."""
    ids = {label: paragraph for paragraph, label in labels.items()}

    def keep(found: re.Match[str]) -> str:
        label = found[1]
        if label in ids:
            return f"§{{{ids[label]}}}"
        short, _, rest = label.partition(" ")
        return f"§{{{ids[short]}}} {rest}" if rest and short in ids else found[0]

    return TYPED.sub(keep, text)


def typed(text: str, labels: Mapping[str, str]) -> str:
    """References as a person edits them."""
    return KEPT.sub(lambda found: "§" + labels.get(found[1], "?"), text)


def shown(text: str, labels: Mapping[str, str]) -> str:
    """References as a reader reads them: the present number of the paragraph; `[…]` where it is no longer there."""
    return KEPT.sub(lambda found: labels.get(found[1], "[…]"), text)
