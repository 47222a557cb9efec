"""How a language was read: by whom, which terms are decided on what ground, and which a native speaker has to confirm.

In English, which is the texts themselves, the page tells of all languages.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.house import House
from suhbat.ground.dates import show_date
from suhbat.ground.language import FOLDER, LANGUAGES, language, lazy
from suhbat.ground.lists import sentences
from suhbat.public.answers import Asked, answer

OPEN = "to be confirmed"
"""Stands in the table in the place of a source."""
READ_BY = {
    "machine": lazy("Translated by machine."),
    "reader": lazy("Corrected by a reader with sources: %(date)s."),
    "native": lazy("Read by a native speaker: %(date)s."),
    "ministry": lazy("Read by a ministry: %(date)s."),
}
NOT_BY_A_MINISTRY = lazy("Not yet read by a ministry.")
COLUMNS = ("english", "language", "word", "source", "to_confirm", "choice", "also", "note")


@get("/terms", sync_to_thread=True)
def terms_page(request: Asked, house: House, actor: Viewer) -> Response[Any]:
    """The terms of the reader's language with their sources, and who has read it."""
    codes = [code for code in LANGUAGES if code != "en"] if language() == "en" else [language()]
    terms = [
        {"english": term["english"], "words": {code: _word(term["words"][code]) for code in codes}} for term in _terms()
    ]
    facts = {"languages": [_state(code, terms) for code in codes], "terms": terms}
    return answer(house, request, actor, "public/terms.html", facts, tables={"terms": (COLUMNS, _rows(terms))})


def _word(told: dict[str, Any]) -> dict[str, Any]:
    """A term in a language; to be confirmed is one without a source, and one of two words."""
    source = "" if told["source"] == OPEN else told["source"]
    choice = told.get("choice", [])
    return {
        "word": told["word"], "source": source, "to_confirm": not source or bool(choice), "choice": choice,
        "also": told.get("also", ""), "note": told.get("note", ""),
    }  # fmt: skip


def _state(code: str, terms: list[dict[str, Any]]) -> dict[str, Any]:
    readings = _readings()[code]
    return {
        "language": code,
        "name": LANGUAGES[code],
        "readings": readings,
        "said": _said(readings),
        "terms": len(terms),
        "to_confirm": sum(term["words"][code]["to_confirm"] for term in terms),
    }


def _said(readings: list[dict[str, str]]) -> str:
    """Who has read a language, in the reader's."""
    said = [str(READ_BY[each["by"]] % {"date": show_date(each.get("on"))}) for each in readings]
    by_a_ministry = any(each["by"] == "ministry" for each in readings)
    return sentences([*said, "" if by_a_ministry else str(NOT_BY_A_MINISTRY)])


def _rows(terms: list[dict[str, Any]]) -> Iterator[list[Any]]:
    for term in terms:
        for code, word in term["words"].items():
            told = word | {"english": term["english"], "language": code, "choice": " / ".join(word["choice"])}
            yield [told[column] for column in COLUMNS]


@cache
def _terms() -> list[dict[str, Any]]:
    """The table of terms, as `scripts/text_terms.py` tells what is in it."""
    terms: list[dict[str, Any]] = json.loads((FOLDER / "terms.json").read_text("utf-8"))
    return terms


@cache
def _readings() -> dict[str, list[dict[str, str]]]:
    """By language, its readings in their order: by whom, and when if that is known."""
    readings: dict[str, list[dict[str, str]]] = json.loads((FOLDER / "readers.json").read_text("utf-8"))
    return readings
