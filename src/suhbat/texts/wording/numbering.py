"""Numbers of paragraphs, which follow their places, and references, which follow their paragraphs.

A reference is stored as `§{id}` and typed and shown by number: `§3`, `§3(a)`, `§PP2`, `§Table 1`, `§Annex 2`. A
proposed paragraph that stands after paragraph 3 is 3 bis, 3 ter and so on until it comes into the text. Annexes,
tables and preambular paragraphs may be typed by their names in any language of `NAMED`, and are shown by their names
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
"""Former names. Texts adopted with them keep them, because the adopted words are hashed."""
_KIND_OF = {
    word.casefold(): kind for named in (NAMED, FORMERLY) for kind, words in named.items() for word in words.values()
}
_BEFORE_NUMBER = "|".join(sorted(map(re.escape, _KIND_OF), reverse=True))
_PREAMBLE = "|".join(sorted({*PREAMBULAR.values(), "PP"}))
REFERENCE = re.compile(r"§\{([0-9a-z]+)\}")
TYPED_REFERENCE = re.compile(
    rf"§((?:(?i:{_BEFORE_NUMBER})[ \u00a0]?\d+|(?:{_PREAMBLE})\d+|[0-9A-Za-z]+(?:\([a-z]+\))?)"
    r"(?: (?:bis|ter|quater|quinquies))?)"
)
AT_THE_BEGINNING = re.compile(
    rf"^(?:(?:{_PREAMBLE})\d+|\d+(?:\([a-z]+\))?|[IVXL]+|(?i:{_BEFORE_NUMBER}) ?\d+)(?: [a-z+0-9]+)?[.)]?\t"
)
"""A number at the head of a paragraph, as the files that we export have it."""
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
        """Its id, which never changes."""

    @property
    def kind(self) -> str:
        """Such as `operative`, `sub` or `annex`."""

    @property
    def wording(self) -> str:
        """Empty where it is not in the text."""


def numbers(paragraphs: Iterable[Placed]) -> dict[str, str]:
    """The label of every paragraph, in their order: `PP1`, `1`, `1(a)`, `I`, `A`; `1 bis` for a proposed one."""
    labels: dict[str, str] = {}
    counts = {"title": 0, "section": 0, "preambular": 0, "operative": 0, "sub": 0, "annex": 0, "table": 0}
    proposed: dict[str, int] = {}
    for paragraph in paragraphs:
        kind = paragraph.kind
        if paragraph.wording:
            counts[kind] += 1
            if kind in {"operative", "section"}:
                counts["sub"] = 0
            labels[paragraph.id] = _label(kind, counts)
            proposed.clear()
            continue
        proposed[kind] = proposed.get(kind, 0) + 1
        labels[paragraph.id] = f"{_label(kind, counts)} {_latin(proposed[kind])}"
    return labels


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
    letters = ""
    while n > 0:
        n, rest = divmod(n - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters or "–"


def roman(n: int) -> str:
    """A Roman numeral; a dash for none."""
    numeral = ""
    for value, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while n >= value:
            numeral, n = numeral + sign, n - value
    return numeral or "–"


def with_ids(text: str, labels: Mapping[str, str]) -> str:
    """References by number turned into references by id; what names no paragraph stays as typed."""
    ids = {label: paragraph for paragraph, label in labels.items() if label != TITLE}

    def with_id(reference: re.Match[str]) -> str:
        label = _in_english(reference[1])
        if label in ids:
            return f"§{{{ids[label]}}}"
        short, _, rest = label.partition(" ")
        return f"§{{{ids[short]}}} {rest}" if rest and short in ids else reference[0]

    return TYPED_REFERENCE.sub(with_id, text)


def typed(text: str, labels: Mapping[str, str]) -> str:
    """References by number with their sign, as a person edits them: `§3`."""
    return REFERENCE.sub(lambda reference: "§" + labels.get(reference[1], "?"), text)


def with_numbers(text: str, labels: Mapping[str, str], language: str = "en", *, formerly: bool = False) -> str:
    """References as a reader reads them: the present number of the paragraph; `[…]` where it is no longer there."""
    return REFERENCE.sub(lambda reference: label_in(labels.get(reference[1], "[…]"), language, formerly=formerly), text)


def label_in(label: str, language: str, *, formerly: bool = False) -> str:
    """A label in a language: Table 1, Таблица 1, 表1; ПП1, 前文1. `formerly`: by its former name."""
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
    """A label as `numbers` writes it, from its name in any language."""
    if named := _NAMED.match(label):
        return f"{_KIND_OF[named[1].casefold()]} {named[2]}"
    return _PREAMBULAR_TYPED.sub("PP", label)


def references_in(text: str) -> list[str]:
    """The ids of the paragraphs that a wording refers to."""
    return REFERENCE.findall(text) if "§{" in text else []
