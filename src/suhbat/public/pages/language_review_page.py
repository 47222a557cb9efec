"""The page of terms: who reviewed a language, the sources of its terms, and which terms need confirmation.

In English, the language of the source texts, the page shows all other languages.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.dates import show_date
from suhbat.ground.language import FOLDER, LANGUAGES, language, lazy
from suhbat.ground.name_lists import sentences
from suhbat.public.web.responses import answer

OPEN = "to be confirmed"
"""The value in the table where a term has no source."""
READ_BY = {
    "machine": lazy("Translated by machine."),
    "reader": lazy("Corrected by a reader with sources: %(date)s."),
    "native": lazy("Read by a native speaker: %(date)s."),
    "ministry": lazy("Read by a ministry: %(date)s."),
}
NOT_BY_A_MINISTRY = lazy("Not yet read by a ministry.")
COLUMNS = ("english", "language", "word", "source", "to_confirm", "choice", "also", "note")


@get("/terms", sync_to_thread=True)
def terms_page(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """The terms of the reader's language with their sources, and who reviewed the language."""
    codes = [code for code in LANGUAGES if code != "en"] if language() == "en" else [language()]
    terms = [
        {"english": term["english"], "words": {code: _word(term["words"][code]) for code in codes}} for term in _terms()
    ]
    facts = {"languages": [_language_row(code, terms) for code in codes], "terms": terms}
    return answer(app, request, actor, "public/terms.html", facts, tables={"terms": (COLUMNS, _rows(terms))})


def _word(entry: dict[str, Any]) -> dict[str, Any]:
    """A term in one language. It needs confirmation if it has no source, or if two words are to choose from."""
    source = "" if entry["source"] == OPEN else entry["source"]
    choice = entry.get("choice", [])
    return {
        "word": entry["word"], "source": source, "to_confirm": not source or bool(choice), "choice": choice,
        "also": entry.get("also", ""), "note": entry.get("note", ""),
    }  # fmt: skip


def _language_row(code: str, terms: list[dict[str, Any]]) -> dict[str, Any]:
    readings = _readings()[code]
    return {
        "language": code,
        "name": LANGUAGES[code],
        "readings": readings,
        "said": _readings_sentence(readings),
        "terms": len(terms),
        "to_confirm": sum(term["words"][code]["to_confirm"] for term in terms),
    }


def _readings_sentence(readings: list[dict[str, str]]) -> str:
    """Who reviewed a language, in a sentence in the reader's language."""
    texts = [str(READ_BY[reading["by"]] % {"date": show_date(reading.get("on"))}) for reading in readings]
    by_a_ministry = any(reading["by"] == "ministry" for reading in readings)
    return sentences([*texts, "" if by_a_ministry else str(NOT_BY_A_MINISTRY)])


def _rows(terms: list[dict[str, Any]]) -> Iterator[list[Any]]:
    for term in terms:
        for code, word in term["words"].items():
            row = word | {
                "english": term["english"],
                "language": code,
                "choice": " / ".join(word["choice"]),
            }
            yield [row[column] for column in COLUMNS]


@cache
def _terms() -> list[dict[str, Any]]:
    """The table of terms; `scripts/translation_terms.py` describes its fields."""
    terms: list[dict[str, Any]] = json.loads((FOLDER / "terms.json").read_text("utf-8"))
    return terms


@cache
def _readings() -> dict[str, list[dict[str, str]]]:
    """The reviews of each language, in order: by whom, and the date if it is known."""
    readings: dict[str, list[dict[str, str]]] = json.loads((FOLDER / "readers.json").read_text("utf-8"))
    return readings
