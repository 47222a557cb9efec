"""Amounts as they were said: whole units, a currency, and the word that qualified them. Never converted here.

English sets the sign of the currency before the figures. The other languages set its own word behind them, as
ministries do, from the house's table (`currencies`); Japanese writes 兆, 億 and 万 between the figures.
"""

from functools import lru_cache
from typing import Any

from babel.numbers import format_currency, format_decimal, get_currency_symbol

from suhbat.ground.currencies import word_of_sum
from suhbat.ground.language import language, lazy

CURRENCIES = ("JPY", "USD", "EUR", "CNY", "KZT", "KGS", "TJS", "TMT", "UZS", "KRW", "INR", "RUB", "GBP", "CHF")
QUALIFIERS = {
    "exact": lazy("%(amount)s"),
    "about": lazy("about %(amount)s"),
    "nearly": lazy("nearly %(amount)s"),
    "at-least": lazy("at least %(amount)s"),
    "up-to": lazy("up to %(amount)s"),
}
GOVERNING = {"about", "at-least", "up-to"}
"""Qualifiers that ask for a genitive in Russian: около, не менее, до; почти does not."""
MOST = 10**15
"""Above every sum a state has ever pledged, below 2**53 where canonical JSON stops."""
MYRIADS = ("", "万", "億", "兆")
"""Japanese counts by ten thousands."""
MYRIAD = 10_000
UNITS = (10**12, 10**9, 10**6)
UNIT_WORDS = {
    "en": ("trn", "bn", "m"),
    "ru": ("трлн", "млрд", "млн"),
    "kk": ("трлн", "млрд", "млн"),
    "ky": ("трлн", "млрд", "млн"),
    "tg": ("трлн", "млрд", "млн"),
    "tk": ("trln", "mlrd", "mln"),
    "uz": ("trln", "mlrd", "mln"),
}
NO_BREAK = "\u00a0"
"""A number and its unit stay on one line."""


def show_money(value: int, currency: str) -> str:
    """A sum with its currency, in full, in the reader's language."""
    return _shown(value, currency, language())


@lru_cache(maxsize=20_000)
def _shown(value: int, currency: str, spoken: str, *, governed: bool = False) -> str:
    if spoken == "en":
        return _with_sign(value, currency)
    word = word_of_sum(currency, value, spoken, governed=governed)
    if spoken == "ja":
        return by_myriads(value) + word
    return f"{format_decimal(value, locale=spoken)}{NO_BREAK}{word}"


def _with_sign(value: float, currency: str, unit: str = "") -> str:
    """¥2,000 and CHF 2,000: a sign that is letters keeps away from the figures."""
    apart = NO_BREAK if get_currency_symbol(currency, locale="en")[-1:].isalpha() else ""
    pattern = f"¤{apart}#,##0.#'{unit}'" if unit else f"¤{apart}#,##0"
    return format_currency(value, currency, pattern, locale="en", currency_digits=False, decimal_quantization=False)


def by_myriads(value: int) -> str:
    """A whole number as Japanese papers write it: 3兆277億7,100万."""
    parts = [(value // MYRIAD**place % MYRIAD, MYRIADS[place]) for place in reversed(range(len(MYRIADS)))]
    return "".join(format_decimal(part, locale="ja") + mark for part, mark in parts if part) or "0"


def show_money_short(value: int, currency: str) -> str:
    """A sum in few signs where room is short: 3 трлн иен, ¥1.9 bn. Never rounded: else it is written in full."""
    spoken = language()
    for word, unit in zip(UNIT_WORDS.get(spoken, ()), UNITS, strict=False):
        if value < unit or value * 10 % unit:
            continue
        if spoken == "en":
            return _with_sign(value / unit, currency, NO_BREAK + word)
        figures = format_decimal(value / unit, locale=spoken)
        return NO_BREAK.join((figures, word, word_of_sum(currency, unit, spoken)))
    return show_money(value, currency)


def show_amount(amount: dict[str, Any] | None) -> str:
    """An amount with its qualifier: `nearly ¥2,000,000,000` stays that."""
    if not amount:
        return ""
    qualifier = str(amount.get("qualifier") or "exact")
    said = QUALIFIERS.get(qualifier, QUALIFIERS["exact"])
    governed = qualifier in GOVERNING
    return str(said % {"amount": _shown(int(amount["value"]), str(amount["currency"]), language(), governed=governed)})


def show_as_said(amount: dict[str, Any] | None) -> str:
    """An amount in the words in which it was said; where nobody wrote them down, its qualifier and all its figures."""
    return (str(amount.get("as_said") or "") or show_amount(amount)) if amount else ""


def show_number(value: float) -> str:
    """A plain number in the reader's language."""
    return format_decimal(value, locale=language())
