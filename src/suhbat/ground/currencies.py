"""The names of currencies: alone, and after the number of a sum.

`currencies.json` has for each currency and language the `name` for a menu, the word after a number (`sum`, if it is not
the name; in Russian the forms for 1, for 2 to 4, for 5), and its `source` or the mark "to be confirmed". Only Russian
and English change a noun after a number.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

ENGLISH = ("one", "other")
"""English has a form for 1 and one for all other numbers; the languages with one form have the last alone."""
_FORMS = {"one": 0, "few": 1, "many": 2}
"""Positions of the forms in Russian. A fourth form is the genitive singular, if it is not the form for 2 to 4."""


@cache
def _currencies() -> dict[str, dict[str, dict[str, Any]]]:
    currencies: dict[str, Any] = json.loads((Path(__file__).parent / "currencies.json").read_text(encoding="utf-8"))
    return currencies


def currency_name(code: str, language: str) -> str:
    """The name of a currency for menus and labels; its code if the table has no name."""
    return str(_currencies()[code][language]["name"]) if code in _currencies() else code


def forms_of_sum(code: str, language: str) -> list[str]:
    """All forms of the word after a sum: one; in English two; in Russian for 1, 2 to 4, 5, and maybe a fourth."""
    if code not in _currencies():
        return [code]
    forms = _currencies()[code][language].get("sum") or currency_name(code, language)
    return [forms] if isinstance(forms, str) else [str(form) for form in forms]


def word_of_sum(code: str, value: int, language: str, *, governed: bool = False) -> str:
    """The word after the number of a sum; the currency's code if the table has no word.

    `governed`: after a word that requires the genitive in Russian (около, до, не менее): около 21 иены, до 22 иен.
    """
    forms = forms_of_sum(code, language)
    if len(forms) <= len(ENGLISH):
        return forms[0] if value == 1 else forms[-1]
    plural_form = Locale.parse("ru").plural_form(value)
    if not governed:
        return forms[_FORMS[plural_form]]
    return forms[2] if plural_form != "one" else forms[3] if len(forms) > len(_FORMS) else forms[1]
