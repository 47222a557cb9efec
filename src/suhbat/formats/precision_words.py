"""Words that say how exactly an amount is meant, in the languages of the product: "up to", "почти", "約", "gacha".

A sentence that says "up to 5 million" beside the choice "exactly" contradicts it, and its writer is asked. The words
count beside a number only, so that "a seminar about water" or "until 2027" says nothing about an amount.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

BEFORE: dict[str, tuple[str, ...]] = {
    "about": (
        "about", "around", "approximately", "approx", "roughly", "circa", "some", "an estimated", "in the region of",
        "около", "примерно", "приблизительно", "порядка", "ориентировочно",
        "шамамен", "болжол менен", "болжолдуу", "чамалап", "тақрибан", "тахминан", "ҳудуди",
        "takmynan", "taxminan", "chamasi",
    ),
    "nearly": (
        "nearly", "almost", "close to", "just under", "just short of", "почти", "без малого", "дээрлик", "қариб",
        "наздик ба", "tas", "qariyb", "deyarli",
    ),
    "at-least": (
        "at least", "not less than", "no less than", "no fewer than", "not fewer than", "a minimum of", "minimum",
        "more than", "over", "in excess of", "exceeding",
        "не менее", "не меньше", "как минимум", "по меньшей мере", "минимум", "свыше", "более", "больше",
        "кемінде", "кем дегенде", "кеминде", "жок дегенде", "на камтар аз", "ҳадди ақал", "камаш", "зиёда аз",
        "беш аз", "бештар аз", "azyndan", "iň azyndan", "kamida",
    ),
    "up-to": (
        "up to", "at most", "not exceeding", "not to exceed", "no more than", "not more than", "a maximum of",
        "maximum", "less than", "до", "не более", "не больше", "не свыше", "не превышающая", "не превышающий",
        "не превышающую", "не превышает", "максимум", "в пределах", "менее", "ең көбі", "эң көп", "то", "на бештар аз",
        "на зиёда аз", "ҳадди аксар", "iň köp", "ko'pi bilan",
    ),
}  # fmt: skip
"""Words that stand before the number."""
AFTER: dict[str, tuple[str, ...]] = {
    "about": ("or so", "or thereabouts", "чамасы", "чамасында", "töweregi", "çemesi", "atrofida", "чамалуу"),
    "nearly": ("жуық", "жуыг", "дерлік", "жакын", "жакыны", "golaý", "yaqin"),
    "at-least": (
        "or more", "and more", "at the least", "at least", "и более", "и больше", "астам", "артық", "ашык", "ашуун",
        "gowrak", "köpräk", "ortiq", "ziyod",
    ),
    "up-to": (
        "or less", "at the most", "at most", "дейін", "аспайтын", "аспайды", "чейин", "ашпаган", "ашпайт", "çenli",
        "geçmeýän", "köp bolmadyk", "gacha", "oshmaydigan", "oshmagan",
    ),
}  # fmt: skip
"""Words that stand after the number, or after its currency; some are written together with it: dollargacha."""
JAPANESE_BEFORE: dict[str, tuple[str, ...]] = {
    "about": ("約", "およそ", "おおよそ", "概ね"),
    "nearly": ("ほぼ",),
    "at-least": ("少なくとも", "最低"),
    "up-to": ("最大", "最高", "上限"),
}
JAPANESE_AFTER: dict[str, tuple[str, ...]] = {
    "about": ("程度", "前後", "ほど", "くらい", "ぐらい"),
    "nearly": ("近く", "弱"),
    "at-least": ("以上", "超", "強"),
    "up-to": ("以内", "以下", "未満", "まで", "を上限", "を超えない", "を限度"),
}

_SCALES = (
    "hundred|thousand|million|billion|trillion|сто|тыс|миллион|миллиард|триллион|млн|млрд|трлн|мың|миң|ҳазор|"
    "million|milliard|trillion|mln|mlrd|trln|müň|ming"
)
_YEAR = rf"(?:19|20)\d\d(?!\d|[.,\s]\d{{3}}|\s*(?:{_SCALES}))"
_NUMBER = rf"(?:(?<!\d)(?!{_YEAR})\d|(?<!\w)(?:{_SCALES}))"
_NEXT_NUMBER = re.compile(rf"(?P<figures>\d[\d.,]*(?:\s\d{{3}})*)\s*(?P<scale>{_SCALES}|[万億兆])?|(?:{_SCALES})")
_FIGURES = "[0-9一二三四五六七八九十百千]"


@dataclass(frozen=True)
class Hint:
    """What the words say, and the words."""

    qualifier: str
    words: str


def hints(text: str, value: int | None = None) -> list[Hint]:
    """All words in a text that say how exactly an amount beside them is meant.

    With a `value`, only those beside its figures, or beside a number of thousands, millions or more: "over 3 years"
    says nothing about 5 million.
    """
    left = _plain(text)
    found: list[Hint] = []
    for qualifier, words, pattern in _patterns():
        matches = [match for match in pattern.finditer(left) if value is None or _is_beside(match, value)]
        for match in matches:
            left = left[: match.start()] + " " * len(match[0]) + left[match.end() :]
        if matches:
            found.append(Hint(qualifier, words))
    return found


def contradiction(qualifier: str, value: int, as_said: str, texts: Iterable[str]) -> Hint | None:
    """The first words that say something else than the qualifier, unless other words there say the same."""
    found = [*hints(as_said), *(hint for text in texts for hint in hints(text, value))]
    if any(hint.qualifier == qualifier for hint in found):
        return None
    return next(iter(found), None)


def _is_beside(match: re.Match[str], value: int) -> bool:
    """Whether the number beside the words is this amount, or too large to count anything but money."""
    number = _NEXT_NUMBER.search(match.string, match.start())
    if number is None or not number["figures"] or number["scale"]:
        return True
    return re.sub(r"\D", "", number["figures"]).strip("0") == str(value).strip("0")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub("[ʻʼ’‘`]", "'", folded)


@cache
def _patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    """The longest words first: "не более" is not "более". What was found is not searched again."""
    patterns: list[tuple[str, str, str]] = []
    for table, make in (
        (BEFORE, _before), (AFTER, _after), (JAPANESE_BEFORE, _japanese_before), (JAPANESE_AFTER, _japanese_after),
    ):  # fmt: skip
        patterns += [(qualifier, words, make(_plain(words))) for qualifier in table for words in table[qualifier]]
    patterns.sort(key=lambda pattern: -len(pattern[1]))
    return [(qualifier, words, re.compile(pattern)) for qualifier, words, pattern in patterns]


def _before(words: str) -> str:
    return rf"(?<!\w){re.escape(words)}\W+(?=(?:[^\W\d]+\W+){{0,2}}?{_NUMBER})"


def _after(words: str) -> str:
    return rf"{_NUMBER}[\w.,]*(?:\W+\w+){{0,4}}?(?:\W+|\w*){re.escape(words)}(?!\w)"


def _japanese_before(words: str) -> str:
    return rf"{words}(?:[^\W\d]{{0,2}}|\W)(?={_FIGURES})"


def _japanese_after(words: str) -> str:
    return rf"{_FIGURES}[\d,.万億兆千百]*[^\s、。年月日]{{0,7}}?{words}"
