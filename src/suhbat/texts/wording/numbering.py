"""Numbers of paragraphs, which follow their places, and references, which follow their paragraphs.

A reference is kept as `§{id}` and typed and shown by number: `§3`, `§3(a)`, `§PP2`, `§Table 1`, `§Annex 2`. A
proposed paragraph that stands after paragraph 3 is 3 bis, 3 ter and so on until it comes into the text. Annexes,
tables and preambular paragraphs may be typed by their names in any language of the house, and are shown by their names
in the language of the wording.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

NAMED = {
    "Annex": {"en": "Annex", "ru": "Приложение", "ja": "附属書", "kk": "Қосымша", "ky": "Тиркеме", "tg": "Замима",
              "tk": "Goşundy", "uz": "Ilova"},
    "Table": {"en": "Table", "ru": "Таблица", "ja": "表", "kk": "Кесте", "ky": "Таблица", "tg": "Ҷадвал",
              "tk": "Jedwel", "uz": "Jadval"},
}  # fmt: skip
"""How annexes and tables are called."""
PREAMBULAR = {"ru": "ПП", "ja": "前文", "kk": "ПП", "ky": "ПП", "tg": "ПП"}
"""What stands before the number of a preambular paragraph, where it is not PP. ПП outside Russian: to be confirmed."""
FORMERLY = {"Table": {"tk": "Tablisa"}}
"""Names that a later word has taken the place of; texts adopted with them keep them, as they are hashed."""
_KIND_OF = {
    word.casefold(): kind for named in (NAMED, FORMERLY) for kind, words in named.items() for word in words.values()
}
_BEFORE_NUMBER = "|".join(sorted(map(re.escape, _KIND_OF), reverse=True))
_PREAMBLE = "|".join(sorted({*PREAMBULAR.values(), "PP"}))
KEPT = re.compile(r"§\{([0-9a-z]+)\}")
TYPED = re.compile(
    rf"§((?:(?i:{_BEFORE_NUMBER})[ \u00a0]?\d+|(?:{_PREAMBLE})\d+|[0-9A-Za-z]+(?:\([a-z]+\))?)"
    r"(?: (?:bis|ter|quater|quinquies))?)"
)
AT_THE_BEGINNING = re.compile(
    rf"^(?:(?:{_PREAMBLE})\d+|\d+(?:\([a-z]+\))?|[IVXL]+|(?i:{_BEFORE_NUMBER}) ?\d+)(?: [a-z+0-9]+)?[.)]?\t"
)
"""A number at the head of a paragraph in a file that went out from here."""
_NAMED = re.compile(rf"^({_BEFORE_NUMBER})[ \u00a0]?(\d.*)$", re.IGNORECASE)
_PP = re.compile(r"PP\d")
_PREAMBULAR_TYPED = re.compile(rf"^(?:{_PREAMBLE})(?=\d)")
_WITH_NUMBER = re.compile(rf"\b((?i:{_BEFORE_NUMBER})) (\d)")
TITLE = "Title"
"""The label of the title, to which no paragraph refers."""
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
    counts = {"title": 0, "section": 0, "preambular": 0, "operative": 0, "sub": 0, "annex": 0, "table": 0}
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
    if kind == "title":
        return TITLE
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
    ids = {label: paragraph for paragraph, label in labels.items() if label != TITLE}

    def keep(found: re.Match[str]) -> str:
        label = _in_english(found[1])
        if label in ids:
            return f"§{{{ids[label]}}}"
        short, _, rest = label.partition(" ")
        return f"§{{{ids[short]}}} {rest}" if rest and short in ids else found[0]

    return TYPED.sub(keep, text)


def typed(text: str, labels: Mapping[str, str]) -> str:
    """References as a person edits them."""
    return KEPT.sub(lambda found: "§" + labels.get(found[1], "?"), text)


def shown(text: str, labels: Mapping[str, str], language: str = "en", *, formerly: bool = False) -> str:
    """References as a reader reads them: the present number of the paragraph; `[…]` where it is no longer there."""
    return KEPT.sub(lambda found: said(labels.get(found[1], "[…]"), language, formerly=formerly), text)


def said(label: str, language: str, *, formerly: bool = False) -> str:
    """A label in a language: Table 1, Таблица 1, 表1; ПП1, 前文1. `formerly`: as the house called it before."""
    kind, _, rest = label.partition(" ")
    if kind not in NAMED:
        return label if formerly or not _PP.match(label) else PREAMBULAR.get(language, "PP") + label[2:]
    name = NAMED[kind].get(language, kind)
    if formerly:
        name = FORMERLY.get(kind, {}).get(language, name)
    return name + ("" if language == "ja" else " ") + rest


def tied(text: str) -> str:
    """The text with the names of annexes and tables kept on one line with their numbers."""
    return _WITH_NUMBER.sub("\\1\u00a0\\2", text)


def _in_english(label: str) -> str:
    """A label as numbers are given here, from its name in whatever language."""
    if found := _NAMED.match(label):
        return f"{_KIND_OF[found[1].casefold()]} {found[2]}"
    return _PREAMBULAR_TYPED.sub("PP", label)


def references_in(text: str) -> list[str]:
    """The ids of the paragraphs that a wording refers to."""
    return KEPT.findall(text) if "§{" in text else []
