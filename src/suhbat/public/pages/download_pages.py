"""The record for other programs: the whole of it in several forms, and how to ask for parts."""

from collections.abc import Callable
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.acts.downloads import saved_as
from suhbat.acts.page_cache import lasting
from suhbat.ground.refusals import not_found
from suhbat.public.exports.csv_file import as_csv
from suhbat.public.exports.entry_schemas import entry_schemas
from suhbat.public.exports.iati import activities
from suhbat.public.exports.openapi import described
from suhbat.public.exports.parquet import as_parquet
from suhbat.public.exports.tables import TABLES, as_csv_files, as_json, as_sqlite, rows_of
from suhbat.public.read_model.almanac import Almanac, almanac
from suhbat.public.web.responses import Asked, answer

Maker = Callable[[Almanac, str], bytes]
FILES: dict[str, tuple[str, Maker]] = {
    "public-record.json": ("application/json", lambda known, _origin: as_json(known)),
    "public-record-csv.zip": ("application/zip", lambda known, _origin: as_csv_files(known)),
    "public-record.sqlite": ("application/vnd.sqlite3", lambda known, _origin: as_sqlite(known)),
    "iati-activities.xml": ("application/xml", activities),
    "openapi.json": ("application/json", lambda _known, origin: described(origin)),
    "entries.json": ("application/json", lambda _known, _origin: entry_schemas()),
}
"""Whole files by name: media type, and what makes them."""


@get("/data", sync_to_thread=True)
def data(request: Asked, app: App, actor: Viewer) -> Response[Any]:
    """What can be had, and how."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
    facts = {
        "files": list(FILES),
        "tables": {table: list(columns) for table, columns in TABLES.items()},
        "counts": known.remember("counts", lambda: _counts(known)),
        "years": [known.meetings[0].year, known.meetings[-1].year] if known.meetings else [],
        "as_of_entry": known.number,
    }
    return answer(app, request, actor, "public/data.html", facts)


def _counts(known: Almanac) -> dict[str, int]:
    return {
        "formats": len(known.formats), "meetings": len(known.meetings), "outcomes": len(known.outcomes),
        "deliveries": sum(len(each.deliveries) for each in known.outcomes), "people": len(known.people),
        "sources": sum(len(m.sources) for m in known.meetings),
    }  # fmt: skip


@get("/data/{name:str}", sync_to_thread=True)
def download(app: App, name: str) -> Response[Any]:
    """One file: the whole record, or one table as CSV or Parquet."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
    table, _dot, form = name.rpartition(".")
    if name in FILES:
        media_type, make = FILES[name]
        content = make(known, app.settings.origin)
    elif table in TABLES and form == "csv":
        media_type, content = "text/csv", as_csv(TABLES[table], rows_of(known, table))
    elif table in TABLES and form == "parquet":
        media_type, content = "application/vnd.apache.parquet", as_parquet(TABLES[table], rows_of(known, table))
    else:
        raise not_found()
    headers = saved_as(name) if form in {"sqlite", "zip", "parquet"} else {}
    return lasting(Response(content, media_type=media_type, headers=headers), 900)
