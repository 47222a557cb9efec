"""The OpenAPI 3.1 document of the public pages for programs. Its schemas come from the types of the facts."""

from typing import Any

import msgspec

from suhbat.public.exports.openapi_schemas import ANSWERS, all_schemas

_PAGE = "page number, from 1; one beyond the last is empty, and `faults` says so"
_LEDGER = {
    "by": "code of a state that promised or decided", "to": "code of a state it is for", "topic": "topic",
    "state": "announced, in-progress, delivered, dropped or unknown", "kind": "kind of outcome",
    "format": "id of a format", "origin": "held or reported", "money": "named, traced or untraced",
    "since": "first year", "until": "last year", "currency": "sums of this currency alone, such as JPY",
    "at_least": "least sum, in whole units; needs a currency", "at_most": "greatest sum; needs a currency",
    "in": "currency to convert sums into",
    "page": _PAGE,
}  # fmt: skip
_WHOLE = {"since", "until", "at_least", "at_most", "page"}
_TABLE = {"table": "which of the page's tables; the first where none is named"}
PATHS: dict[str, tuple[str, dict[str, str]]] = {
    "/index.json": ("All formats, money by promiser, latest and next meetings", {}),
    "/formats.json": ("All formats", {}),
    "/formats/{format}.json": ("One format: members, meetings by level, rhythm, money, documents, disagreements", {}),
    "/formats/{format}.csv": ("Its meetings, or its money, as a table", _TABLE),
    "/meetings/{format}/{meeting}.json": ("One meeting with its outcomes and what became of them", {}),
    "/outcomes/{format}/{meeting}/{name}.json": ("One outcome: its life, parts and whole, sources", {}),
    "/outcomes/{format}/{meeting}/{name}.csv": ("Its life as a table", {}),
    "/ledger.json": ("Pledges, decisions, recommendations and projects, forty a page", _LEDGER),
    "/ledger.csv": ("The same, all of them, as a table; 422 where a filter fits nothing",
                    {name: about for name, about in _LEDGER.items() if name != "page"}),
    "/states/{code}.json": ("What a state was promised, what it promised, who led its delegations", {}),
    "/states/{code}.csv": ("Who led its delegations, as a table", {}),
    "/people/{person}.json": ("Where a person met the others", {}),
    "/people/{person}.csv": ("The same as a table", {}),
    "/topics/{topic}.json": ("A topic through all formats", {}),
    "/topics/{topic}.csv": ("Its outcomes as a table", {}),
    "/compare.json": ("Formats side by side", {"f": "id of a format; may be repeated"}),
    "/compare.csv": ("One of the pictures as a table", {"f": "id of a format; may be repeated", **_TABLE}),
    "/search.json": ("Search, twenty-five results a page", {"q": "words and filters, such as by:JP 2017..2020",
                                                            "page": _PAGE}),
    "/changes.json": ("The public entries, the newest first, sixty a page",
                      {"format": "id of a format", "page": _PAGE}),
    "/changes.atom": ("The newest of them as an Atom feed", {"format": "id of a format"}),
    "/data.json": ("The downloads: files, tables and their columns, counts", {}),
    "/terms.json": ("Terms of a language with their sources, and who has read it; of all languages in English", {}),
    "/terms.csv": ("The terms as a table", {}),
    "/editors.json": ("What readers report as wrong; for editors who are signed in", {}),
    "/data/public-record.json": ("Everything, nested", {}),
    "/data/public-record-csv.zip": ("All tables as CSV", {}),
    "/data/public-record.sqlite": ("All tables as a SQLite file", {}),
    "/data/{table}.csv": ("One table", {}),
    "/data/{table}.parquet": ("One table as Parquet", {}),
    "/data/iati-activities.xml": ("Pledges with a sum as IATI 2.03 activities", {}),
    "/calendars/all.ics": ("All meetings as a calendar", {}),
    "/calendars/{format}.ics": ("The meetings of a format as a calendar", {}),
    "/formats/{format}.png": ("A card, 1200×630, for previews of links; every page has one at its address", {}),
}  # fmt: skip
"""Addresses, with the summary of the answer and the query parameters."""
TYPES = {
    "json": "application/json", "csv": "text/csv", "atom": "application/atom+xml", "parquet":
    "application/vnd.apache.parquet", "xml": "application/xml", "ics": "text/calendar", "png": "image/png",
    "zip": "application/zip", "sqlite": "application/vnd.sqlite3",
}  # fmt: skip
_ETAG = {"ETag": {"description": "Tag of this answer, to send as `If-None-Match`.", "schema": {"type": "string"}}}
_ABOUT = """Every page of the public record is at the same address for programs: with `.json` behind it, or with the
header `Accept: application/json`; its tables with `.csv`. Texts come in the language of the address (`/ru/…`). Nothing
needs a key. Every answer has an ETag; ask with `If-None-Match`, and 304 says in a few bytes that nothing has changed.
Lists come in pages: `found` is how many there are, `pages` the last page. Codes of states are ISO 3166 (and EU, GCC),
days may be a month or a year, sums are whole units of the currency they were said in, and null is not known."""


def openapi_document(origin: str) -> bytes:
    """Build the OpenAPI document."""
    return msgspec.json.encode({
        "openapi": "3.1.0",
        "info": {
            "title": "Suhbat: the public record",
            "version": "1",
            "description": " ".join(_ABOUT.split()),
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": origin}],
        "paths": {path: {"get": _operation(path, about, query)} for path, (about, query) in PATHS.items()},
        "components": {"schemas": all_schemas()},
    })  # fmt: skip


def _operation(path: str, about: str, query: dict[str, str]) -> dict[str, Any]:
    path_names = [part.split("}")[0] for part in path.split("{")[1:]]
    path_parameters = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in path_names
    ]
    query_parameters = [
        {"name": name, "in": "query", "description": meaning, "schema": _kind(name)} for name, meaning in query.items()
    ]
    content: dict[str, Any] = {"schema": ANSWERS[path]} if path in ANSWERS else {}
    answers: dict[str, Any] = {
        "200": {"description": about, "headers": _ETAG, "content": {TYPES[path.rpartition(".")[2]]: content}},
        "304": {"description": "Nothing changed since the ETag you have.", "headers": _ETAG},
    }
    if path_names or path == "/editors.json":
        answers["404"] = {"description": "It does not exist, or it is not public."}
    if path == "/editors.json":
        del answers["304"], answers["200"]["headers"]
    operation = "".join(part for part in path.title() if part.isalnum())
    return {
        "operationId": f"get{operation}",
        "summary": about,
        "parameters": [*path_parameters, *query_parameters],
        "responses": answers,
    }


def _kind(name: str) -> dict[str, Any]:
    if name in _WHOLE:
        return {"type": "integer", "minimum": 1 if name == "page" else 0}
    return {"type": "array", "items": {"type": "string"}} if name == "f" else {"type": "string"}
