"""What currencies are called: alone, and behind the figures of a sum.

`currencies.json` holds for each currency and language the `name` for a menu, the word behind figures (`sum`, where it
is not the name; in Russian the forms for 1, for 2 to 4, for 5), and its `source` or the mark "to be confirmed".
Languages other than Russian and English leave a noun after figures as it is.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

_FORMS = {"one": 0, "few": 1, "many": 2}
"""Places of the forms in Russian; a fourth is the genitive of one, where it is not the form for 2 to 4."""


@cache
def _held() -> dict[str, dict[str, dict[str, Any]]]:
    held: dict[str, Any] = json.loads((Path(__file__).parent / "currencies.json").read_text(encoding="utf-8"))
    return held


def currency_name(code: str, language: str) -> str:
    """The name of a currency for menus and labels; its code where the house has none."""
    return str(_held()[code][language]["name"]) if code in _held() else code


def word_of_sum(code: str, value: int, language: str, *, governed: bool = False) -> str:
    """The word behind the figures of a sum; its code where the house has none.

    `governed`: behind a word that asks for a genitive in Russian (около, до, не менее): около 21 иены, до 22 иен.
    """
    if code not in _held():
        return code
    said = _held()[code][language].get("sum") or currency_name(code, language)
    if isinstance(said, str):
        return said
    rule = Locale.parse("ru").plural_form(value)
    if not governed:
        return str(said[_FORMS[rule]])
    return str(said[2] if rule != "one" else said[3] if len(said) > len(_FORMS) else said[1])
