"""Amounts as sources state them: whole units, a currency, and a qualifier. They are never converted here.

English writes the currency's symbol before the number. The other languages write its name after the number, as
ministries do, from our own table (`currencies`). Japanese writes 兆, 億 and 万 within the number.
"""

from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import format_currency, format_decimal, get_currency_symbol

from suhbat.ground.currencies import forms_of_sum, word_of_sum
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
"""Qualifiers that require the genitive in Russian: около, не менее, до; почти does not."""
MOST = 10**15
"""More than any sum that a state has pledged, and less than 2**53, the limit of canonical JSON."""
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
LONG_UNIT_WORDS = UNIT_WORDS | {"en": ("trillion", "billion", "million")}
LARGEST_OF_SHORT = 1_000
"""Up to three decimals are read as one number: 1.898 billion. More is read in parts: 1 billion 234 million 567,891."""
NO_BREAK = "\u00a0"
"""A number and its unit stay on one line."""


def show_money(value: int, currency: str) -> str:
    """A sum with its currency, in full, in the reader's language."""
    return _shown(value, currency, language())


@lru_cache(maxsize=20_000)
def _shown(value: int, currency: str, code: str, *, governed: bool = False) -> str:
    if code == "en":
        return _with_symbol(value, currency)
    word = word_of_sum(currency, value, code, governed=governed)
    if code == "ja":
        return by_myriads(value) + word
    return f"{format_decimal(value, locale=code)}{NO_BREAK}{word}"


def _with_symbol(value: float, currency: str, unit: str = "") -> str:
    """¥2,000 and CHF 2,000: there is a space after a symbol that ends with a letter."""
    gap = NO_BREAK if get_currency_symbol(currency, locale="en")[-1:].isalpha() else ""
    pattern = f"¤{gap}#,##0.#'{unit}'" if unit else f"¤{gap}#,##0"
    return format_currency(value, currency, pattern, locale="en", currency_digits=False, decimal_quantization=False)


def by_myriads(value: int) -> str:
    """A whole number as Japanese papers write it: 3兆277億7,100万."""
    parts = [(value // MYRIAD**power % MYRIAD, MYRIADS[power]) for power in reversed(range(len(MYRIADS)))]
    return "".join(format_decimal(part, locale="ja") + unit for part, unit in parts if part) or "0"


def show_money_short(value: int, currency: str) -> str:
    """A sum in short form: 3 трлн иен, ¥1.9 bn. It is never rounded; if it would be, it is written in full."""
    code = language()
    for word, unit in zip(UNIT_WORDS.get(code, ()), UNITS, strict=False):
        if value < unit or value * 10 % unit:
            continue
        if code == "en":
            return _with_symbol(value / unit, currency, NO_BREAK + word)
        figures = format_decimal(value / unit, locale=code)
        return NO_BREAK.join((figures, word, word_of_sum(currency, unit, code)))
    return show_money(value, currency)


def show_amount(amount: dict[str, Any] | None) -> str:
    """An amount with its qualifier, such as `nearly ¥2,000,000,000`."""
    if not amount:
        return ""
    qualifier = str(amount.get("qualifier") or "exact")
    pattern = QUALIFIERS.get(qualifier, QUALIFIERS["exact"])
    governed = qualifier in GOVERNING
    return str(
        pattern % {"amount": _shown(int(amount["value"]), str(amount["currency"]), language(), governed=governed)}
    )


def show_in_words(amount: dict[str, Any] | None) -> str:
    """An amount as one says it, exactly: `nearly 2 billion yen`, `до 1,5 млрд иен`, `約20億円`."""
    if not amount:
        return ""
    qualifier, code = str(amount.get("qualifier") or "exact"), language()
    value, currency = int(amount["value"]), str(amount["currency"])
    if code == "ja":
        words = by_myriads(value) + word_of_sum(currency, value, code)
    else:
        number, last = _number_in_words(value, code)
        words = f"{number}{NO_BREAK}{word_of_sum(currency, last, code, governed=qualifier in GOVERNING)}"
    return str(QUALIFIERS.get(qualifier, QUALIFIERS["exact"]) % {"amount": words})


def _number_in_words(value: int, code: str) -> tuple[str, int]:
    """A number in trillions, billions, millions and the rest, and the number that the word after it agrees with."""
    parts: list[str] = []
    last = value
    for unit, word in zip(UNITS, LONG_UNIT_WORDS[code], strict=True):
        if value < unit:
            continue
        short = value * LARGEST_OF_SHORT % unit == 0
        figures = Decimal(value) / unit if short else value // unit
        parts.append(f"{format_decimal(figures, locale=code)}{NO_BREAK}{word}")
        value, last = 0 if short else value % unit, unit
    if value or not parts:
        parts.append(format_decimal(value, locale=code))
        last = value
    return " ".join(parts), last


def facts_of_words() -> dict[str, Any]:
    """What a page's script needs to say an amount in words while it is typed, as `show_in_words` does."""
    code = language()
    locale = Locale.parse(code)
    return {
        "units": [[MYRIAD**power, MYRIADS[power]] for power in (3, 2, 1)]
        if code == "ja"
        else [list(pair) for pair in zip(UNITS, LONG_UNIT_WORDS[code], strict=True)],
        "joined": code == "ja",
        "group": locale.number_symbols["latn"]["group"],
        "decimal": locale.number_symbols["latn"]["decimal"],
        "currencies": {currency: forms_of_sum(currency, code) for currency in CURRENCIES},
        "patterns": {name: str(pattern % {"amount": "{}"}) for name, pattern in QUALIFIERS.items()},
        "governing": sorted(GOVERNING),
    }


def show_as_said(amount: dict[str, Any] | None) -> str:
    """An amount in the words of its source; without them, the qualifier and the whole number."""
    return (str(amount.get("as_said") or "") or show_amount(amount)) if amount else ""


def show_number(value: float) -> str:
    """A plain number in the reader's language."""
    return format_decimal(value, locale=language())
