"""Ordinal numbers: `16th`, `16-й`, `16-njy`, `16-ум`.

Turkmen and Tajik write an ending after the number; it depends on the last word of the spoken number. Kazakh, Kyrgyz and
Uzbek write only a hyphen, and the noun follows directly: `16-кездесу`.
"""

from suhbat.ground.language import language as present_language

HARD = {6, 9, 10, 30, 40, 60, 90}
"""Turkmen numbers whose last word has a back vowel: alty, dokuz, on, otuz, kyrk, altmyş, togsan."""
MILLION = 1_000_000
HUNDREDS, TENS = 100, 10
GENDERS = {"m": "й", "f": "я", "n": "е"}


def ordinal(number: int, language: str = "", gender: str = "m") -> str:
    """An ordinal number before its noun; `gender` (m, f, n) matters only in Russian.

    Japanese gives 第16: the counter (回, 版) follows. Kazakh, Kyrgyz and Uzbek give `16-`: the noun follows.
    """
    code = language or present_language()
    if code == "en":
        return f"{number}{_english(number)}"
    if code == "ru":
        return f"{number}-{GENDERS[gender]}"
    if code == "ja":
        return f"第{number}"
    if code == "tg":
        return f"{number}-{_tajik(number)}"
    if code == "tk":
        return f"{number}-{_turkmen(number)}"
    return f"{number}-"


def _english(number: int) -> str:
    if number % HUNDREDS in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % TENS, "th")


def _tajik(number: int) -> str:
    """-юм after a vowel: ду, се, сӣ; but дувоздаҳ and сездаҳ end as даҳ does."""
    last = number % HUNDREDS
    ends_in_vowel = last == 30 or (last % TENS in {2, 3} and last not in {12, 13})  # noqa: PLR2004
    return "юм" if ends_in_vowel else "ум"


def _turkmen(number: int) -> str:
    """-njy after a back vowel in the last spoken word, else -nji; hundreds (ýüz) and thousands (müň) are front."""
    return "njy" if _last_word(number) in HARD | {0, MILLION} else "nji"


def _last_word(number: int) -> int:
    """The last spoken part of a number: 2016 → 6, 2010 → 10, 2000 → 1000; million and milliard have a back vowel."""
    last = number % HUNDREDS
    if last % TENS:
        return last % TENS
    if last or number == 0:
        return last
    return next((word for word in (MILLION, 1000) if number % word == 0), HUNDREDS)
