"""Offices of state in the reader's language, as far as the house has words for them; others stay as they are spelt.

The record spells offices in English. A title of several offices is told where each of them is known. The titles here
are borne at two thirds of the places in the record where an office is named.
"""

from suhbat.ground.language import Lazy, language, lazy

OFFICES: dict[str, Lazy] = {
    each.message: each
    for each in (
        lazy("President"),
        lazy("Former President"),
        lazy("Vice President"),
        lazy("Prime Minister"),
        lazy("Deputy Prime Minister"),
        lazy("First Deputy Prime Minister"),
        lazy("Chancellor"),
        lazy("Deputy Chairman of the Cabinet of Ministers"),
        lazy("Chairman of the Halk Maslahaty"),
        lazy("State Councilor"),
        lazy("Minister of Foreign Affairs"),
        lazy("Acting Minister of Foreign Affairs"),
        lazy("Deputy Minister of Foreign Affairs"),
        lazy("First Deputy Minister of Foreign Affairs"),
        lazy("Parliamentary Vice-Minister for Foreign Affairs"),
        lazy("Minister of External Affairs"),
        lazy("Secretary of State"),
        lazy("Deputy Secretary of State"),
        lazy("High Representative"),
        lazy("Vice-President of the European Commission"),
        lazy("President of the European Council"),
        lazy("Commissioner for International Partnerships"),
        lazy("Special Representative for Central Asia"),
        lazy("Secretary General"),
        lazy("Minister of Transport"),
        lazy("Minister of Internal Affairs"),
        lazy("Minister of Energy and Water Resources"),
        lazy("Minister of Trade and Integration"),
        lazy("Minister of Investment, Industry and Trade"),
        lazy("Minister of Economy, Trade and Industry"),
    )
}


def office_in_words(title: str) -> str | None:
    """A title in the reader's language; None where one of its offices is not known."""
    if title in OFFICES:
        return str(OFFICES[title])
    parts = title.split(", ")
    if not all(part in OFFICES for part in parts):
        return None
    first, *others = (str(OFFICES[part]) for part in parts)
    return ("、" if language() == "ja" else ", ").join([first, *(each[0].lower() + each[1:] for each in others)])
