"""The answers for programs as an OpenAPI 3.1 document; the schemas come from the types that the answers are made of."""

from typing import Any

import msgspec

from suhbat.public.facts import Delivery, Format, Meeting, Outcome, Person, Source

_LEDGER = {
    "by": "code of a state that promised or decided", "to": "code of a state it is for", "topic": "topic",
    "state": "announced, in-progress, delivered, dropped or unknown", "kind": "kind of outcome",
    "format": "id of a format", "origin": "held or reported", "money": "named, traced or untraced",
    "since": "first year", "until": "last year", "at_least": "whole units", "in": "currency to convert sums into",
    "page": "page number, from 1",
}  # fmt: skip
PATHS: dict[str, tuple[str, dict[str, str]]] = {
    "/index.json": ("All formats at one look, money by promiser, latest and next meetings", {}),
    "/formats.json": ("All formats", {}),
    "/formats/{format}.json": ("One format: members, meetings by level, rhythm, money, documents, disagreements", {}),
    "/meetings/{format}/{meeting}.json": ("One meeting with its outcomes and what became of them", {}),
    "/outcomes/{format}/{meeting}/{name}.json": ("One outcome: its life, parts and whole, sources", {}),
    "/ledger.json": ("Pledges, decisions, recommendations and projects, forty a page", _LEDGER),
    "/ledger.csv": ("The same, all of them, as a table", _LEDGER),
    "/states/{code}.json": ("What a state was promised, what it promised, who led its delegations", {}),
    "/people/{person}.json": ("Where a person met the others", {}),
    "/topics/{topic}.json": ("A topic through all formats", {}),
    "/compare.json": ("Formats side by side", {"f": "id of a format; may be repeated"}),
    "/search.json": ("Search, twenty-five results a page", {"q": "words and filters, such as by:JP 2017..2020",
                                                            "page": "page number, from 1"}),
    "/changes.json": ("The newest public entries", {"format": "id of a format"}),
    "/changes.atom": ("The same as an Atom feed", {"format": "id of a format"}),
    "/data/public-record.json": ("Everything, nested", {}),
    "/data/{table}.csv": ("One table", {}),
    "/data/{table}.parquet": ("One table as Parquet", {}),
    "/data/iati-activities.xml": ("Pledges with a sum as IATI 2.03 activities", {}),
}  # fmt: skip
"""Addresses, what they answer, and what may be asked of them."""


def described(origin: str) -> bytes:
    """The document. Every answer has an ETag and answers `If-None-Match` with 304."""
    kinds = (Meeting, Outcome, Delivery, Format, Person, Source)
    _refs, schemas = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    return msgspec.json.encode({
        "openapi": "3.1.0",
        "info": {
            "title": "Suhbat: the public record",
            "version": "1",
            "license": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
        },
        "servers": [{"url": origin}],
        "paths": {path: {"get": _asked(path, about, query)} for path, (about, query) in PATHS.items()},
        "components": {"schemas": schemas},
    })  # fmt: skip


def _asked(path: str, about: str, query: dict[str, str]) -> dict[str, Any]:
    named = [part.split("}")[0] for part in path.split("{")[1:]]
    inside = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in named]
    asked = [
        {"name": name, "in": "query", "description": what, "schema": {"type": "string"}} for name, what in query.items()
    ]
    answers = {"200": {"description": about}, "304": {"description": "Nothing changed since the ETag you have."}}
    if named:
        answers["404"] = {"description": "No such thing, or none that anyone may know of."}
    return {"summary": about, "parameters": [*inside, *asked], "responses": answers}
