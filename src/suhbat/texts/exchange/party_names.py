"""Parties as a copy names them: whose copy it is, and over the places for their signatures.

Russian puts the name into the case that the words before it ask for. A party whose name in that case the server does
not know is named after a colon.
"""

import re

from suhbat.formats.state_names import formal_name
from suhbat.ground.language import gettext, pgettext
from suhbat.texts.exchange.alternat import INFLECTED

ACCUSATIVE = {
    "ru": {
        "JP": "Японию", "KZ": "Республику Казахстан", "KG": "Кыргызскую Республику", "TJ": "Республику Таджикистан",
        "TM": "Туркменистан", "UZ": "Республику Узбекистан", "CN": "Китайскую Народную Республику",
        "KR": "Республику Корея", "IN": "Республику Индия", "DE": "Федеративную Республику Германия",
        "IT": "Итальянскую Республику", "RU": "Российскую Федерацию", "US": "Соединённые Штаты Америки",
        "EU": "Европейский союз",
    }
}  # fmt: skip
"""Formal names as they stand over a signature: за Республику Казахстан."""


def signing_for(code: str, language: str) -> str:
    """What stands over the place for a party's signature. To be called in that language."""
    if inflected := ACCUSATIVE.get(language, {}).get(code):
        return pgettext("over a signature, the party in the accusative", "For %(party)s") % {"party": inflected}
    return gettext("For %(party)s") % {"party": within_a_sentence(code, language)}


def copy_kept_by(code: str, language: str) -> str:
    """Whose copy it is. To be called in that language."""
    if forms := INFLECTED.get(language, {}).get("genitive", {}).get(code):
        return pgettext("the party in the genitive", "Copy of %(party)s") % {"party": forms[-1]}
    return gettext("Copy of %(party)s") % {"party": within_a_sentence(code, language)}


def within_a_sentence(code: str, language: str) -> str:
    """A party within a sentence; English gives an article to republics, unions and the like."""
    name = formal_name(code, language)
    described = language == "en" and re.search(r"\b(Republic|Union|Kingdom|States|Federation|Organi[sz]ation)\b", name)
    return f"the {name}" if described else name
