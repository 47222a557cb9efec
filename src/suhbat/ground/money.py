"""Amounts as they were said: whole units, a currency, and the word that qualified them. Never converted here."""

import re
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.numbers import format_currency, format_decimal

from suhbat.ground.language import language, lazy

CURRENCIES = ("JPY", "USD", "EUR", "CNY", "KZT", "KGS", "TJS", "TMT", "UZS", "KRW", "INR", "RUB", "GBP", "CHF")
QUALIFIERS = {
    "exact": lazy("%(amount)s"),
    "about": lazy("about %(amount)s"),
    "nearly": lazy("nearly %(amount)s"),
    "at-least": lazy("at least %(amount)s"),
    "up-to": lazy("up to %(amount)s"),
}
MOST = 10**15
"""Above every sum a state has ever pledged, below 2**53 where canonical JSON stops."""


def show_money(value: int, currency: str) -> str:
    """A sum with its currency sign, in full, in the reader's language."""
    return _shown(value, currency, language())


@lru_cache(maxsize=20_000)
def _shown(value: int, currency: str, locale: str) -> str:
    pattern = "¤#,##0" if locale in {"en", "ja"} else _whole(locale)
    return format_currency(value, currency, pattern, locale=locale, currency_digits=False, decimal_quantization=False)


@lru_cache(maxsize=16)
def _whole(locale: str) -> str:
    """How a language sets a sum, without the hundredths that nobody pledged."""
    return re.sub(r"\.0+", "", Locale.parse(locale).currency_formats["standard"].pattern)


def show_amount(amount: dict[str, Any] | None) -> str:
    """An amount with its qualifier: `nearly ¥2,000,000,000` stays that."""
    if not amount:
        return ""
    said = QUALIFIERS.get(str(amount.get("qualifier") or "exact"), QUALIFIERS["exact"])
    return str(said % {"amount": show_money(int(amount["value"]), str(amount["currency"]))})


def show_as_said(amount: dict[str, Any] | None) -> str:
    """An amount in the words in which it was said; where nobody wrote them down, its qualifier and all its figures."""
    return (str(amount.get("as_said") or "") or show_amount(amount)) if amount else ""


def show_number(value: float) -> str:
    """A plain number in the reader's language."""
    return format_decimal(value, locale=language())
