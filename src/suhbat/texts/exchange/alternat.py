"""The alternat: in the copy that a party keeps, it is named before the others, wherever all of them are named.

An enumeration is put in another order only where there is no doubt that it is one: the names of all parties, as the
server knows them in the language of the copy (short or formal; in Russian also in the genitive and the instrumental),
one after another in the order of the text, separated only by commas and conjunctions, with no other state before or
behind them. Each name keeps its own article; commas and conjunctions stay where they stand. A list of some of the
parties, one in another order, or one whose names are inflected in ways the server does not know is left as it is: a
guess could change what was signed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from suhbat.formats.state_names import formal_name, register, state_name

_CONJUNCTIONS = (
    "and", "as well as", "и", "а также", "және", "жана", "ва", "ҳамда", "we", "şeýle hem", "va", "hamda",
)  # fmt: skip
_CONJUNCTION = "|".join(re.escape(word) for word in _CONJUNCTIONS)
_SEPARATOR = (
    rf"(?:\s*[,;，]\s*(?:(?:{_CONJUNCTION})\s+)?|\s+(?:{_CONJUNCTION})\s+"
    r"|\s*\n\s*|\s*[、・]\s*|及び|および|並びに|ならびに|と)"
)
_ARTICLE = r"(?:the\s+)?"
_STEM = 4
"""Letters of a name that have to agree at least for a party to count as mentioned, whatever the ending."""
_SENTENCE_ENDS = (".", "!", "?", "。", ":")


@dataclass(frozen=True)
class Reordered:
    """Words of a copy, and the enumerations in them that were put in another order: as they were, as they are."""

    words: str
    moved: tuple[tuple[str, str], ...] = ()


INFLECTED: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {
    "ru": {
        "genitive": {
            "JP": ("Японии",), "KZ": ("Казахстана", "Республики Казахстан"),
            "KG": ("Кыргызстана", "Кыргызской Республики"), "TJ": ("Таджикистана", "Республики Таджикистан"),
            "TM": ("Туркменистана",), "UZ": ("Узбекистана", "Республики Узбекистан"),
            "CN": ("Китая", "Китайской Народной Республики"), "KR": ("Кореи", "Республики Корея"),
            "IN": ("Индии", "Республики Индия"), "DE": ("Германии", "Федеративной Республики Германия"),
            "IT": ("Италии", "Итальянской Республики"), "RU": ("России", "Российской Федерации"),
            "US": ("США", "Соединённых Штатов Америки"), "EU": ("ЕС", "Европейского союза", "Европейского Союза"),
        },
        "instrumental": {
            "JP": ("Японией",), "KZ": ("Казахстаном", "Республикой Казахстан"),
            "KG": ("Кыргызстаном", "Кыргызской Республикой"), "TJ": ("Таджикистаном", "Республикой Таджикистан"),
            "TM": ("Туркменистаном",), "UZ": ("Узбекистаном", "Республикой Узбекистан"),
            "CN": ("Китаем", "Китайской Народной Республикой"), "KR": ("Кореей", "Республикой Корея"),
            "IN": ("Индией", "Республикой Индия"), "DE": ("Германией", "Федеративной Республикой Германия"),
            "IT": ("Италией", "Итальянской Республикой"), "RU": ("Россией", "Российской Федерацией"),
            "US": ("США", "Соединёнными Штатами Америки"), "EU": ("ЕС", "Европейским союзом", "Европейским Союзом"),
        },
    }
}  # fmt: skip
"""Names as they stand within a sentence, by language, case and code. All names of an enumeration are in one case."""


def _forms(code: str, language: str, case: str = "") -> set[str]:
    """The names of a state in a language; in a case, where the server knows that form."""
    if case:
        return set(INFLECTED[language][case].get(code, ()))
    names = register().get(code, {}).get("names", {})
    if language not in names:
        return set()
    former = names[language].get("former")  # texts exist from the time when the server used this name
    return {state_name(code, language), formal_name(code, language), *([former] if former else [])}


@cache
def _any_state(language: str) -> str:
    forms = {form for code in register() for form in _forms(code, language)}
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True)) or r"(?!)"


@cache
def _enumeration(order: tuple[str, ...], language: str, case: str = "") -> re.Pattern[str] | None:
    """All parties in this order; None where the server lacks a name in this language or case."""
    units = []
    for n, code in enumerate(order):
        forms = sorted(_forms(code, language, case), key=len, reverse=True)
        if not forms:
            return None
        article = _ARTICLE if language == "en" else ""
        units.append(rf"(?P<u{n}>{article}(?:{'|'.join(re.escape(form) for form in forms)}))")
    before, behind = (r"(?<!\w)", r"(?![\w’'ʼ‘\-‑])")
    if language == "ja":  # no spaces: a particle may stand beside a name, but not more of a name
        before, behind = (r"(?<![\u30a0-\u30ff\u4e00-\u9fff])", r"(?![\u30a0-\u30ff\u4e00-\u9fff])")
    separators = [rf"(?P<p{n}>{_SEPARATOR})" for n in range(len(order) - 1)] + [""]
    body = "".join(unit + part for unit, part in zip(units, separators, strict=True))
    return re.compile(before + body + behind, re.IGNORECASE)


def reordered(words: str, order: Sequence[str], keeper: str, language: str) -> Reordered:
    """The words as the copy of this party has them."""
    moved: list[tuple[str, str]] = []
    cases = ("", *INFLECTED.get(language, ())) if keeper in order and len(order) > 1 else ()
    for case in cases:
        pattern = _enumeration(tuple(order), language, case)
        if pattern is None:
            continue

        def replace(match: re.Match[str], case: str = case) -> str:
            if _is_part_of_more(match, language, case):
                return match[0]
            replacement = _put_first(match, len(order), list(order).index(keeper))
            if replacement != match[0]:
                moved.append((match[0], replacement))
            return replacement

        words = pattern.sub(replace, words)
    return Reordered(words, tuple(moved))


def _is_part_of_more(match: re.Match[str], language: str, case: str) -> bool:
    """Whether another state is named directly before or behind, in the same enumeration.

    Inflected, any word with a capital letter may be one.
    """
    if case:
        before, behind = match.string[: match.start()], match.string[match.end() :]
        separator = rf"(?i:{_SEPARATOR})"
        return bool(
            re.search(rf"[^\W\d_]*[А-ЯЁӘҒҚҢӨҰҮҺІ]\w*{separator}\Z", before) or re.match(rf"{separator}[А-ЯЁ]", behind)
        )
    states = rf"{_ARTICLE}(?:{_any_state(language)})"
    before, behind = match.string[: match.start()], match.string[match.end() :]
    return bool(
        re.search(rf"(?:{states}){_SEPARATOR}\Z", before, re.IGNORECASE)
        or re.match(rf"{_SEPARATOR}(?:{states})", behind, re.IGNORECASE)
    )


def _put_first(match: re.Match[str], count: int, keeper: int) -> str:
    units = [match[f"u{n}"] for n in range(count)]
    lead = match.string[: match.start()].rstrip()
    begins = not lead or lead.endswith(_SENTENCE_ENDS) or "\n" in match.string[len(lead) : match.start()]
    if begins and units[0].startswith("The "):
        units[0] = "t" + units[0][1:]
    units = [units[keeper], *units[:keeper], *units[keeper + 1 :]]
    if begins and units[0].startswith("the "):
        units[0] = "T" + units[0][1:]
    separators = [match[f"p{n}"] for n in range(count - 1)]
    return "".join(unit + part for unit, part in zip(units, [*separators, ""], strict=True))


def names_all(words: str, order: Sequence[str], language: str) -> bool:
    """Whether all parties seem to be named here, in whatever order and with whatever endings."""
    folded = words.casefold()

    def named(code: str) -> bool:
        return any(form.casefold()[: max(_STEM, len(form) - 3)] in folded for form in _forms(code, language))

    return len(order) > 1 and all(named(code) for code in order)
