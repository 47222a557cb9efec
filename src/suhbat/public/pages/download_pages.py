"""Downloads for other programs: the whole public record in several forms, and single tables."""

from collections.abc import Callable
from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.page_cache import cacheable
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.acts.stored_file_responses import download_headers
from suhbat.ground.refusals import not_found
from suhbat.public.exports.csv_file import as_csv
from suhbat.public.exports.entry_schemas import entry_schemas
from suhbat.public.exports.export_tables import TABLES, as_csv_files, as_json, as_sqlite, rows_of
from suhbat.public.exports.iati import iati_activities
from suhbat.public.exports.openapi import openapi_document
from suhbat.public.exports.parquet import as_parquet
from suhbat.public.read_model.almanac import Almanac, current_almanac
from suhbat.public.web.responses import answer

FileBuilder = Callable[[Almanac, str], bytes]
FILES: dict[str, tuple[str, FileBuilder]] = {
    "public-record.json": ("application/json", lambda almanac, _origin: as_json(almanac)),
    "public-record-csv.zip": ("application/zip", lambda almanac, _origin: as_csv_files(almanac)),
    "public-record.sqlite": ("application/vnd.sqlite3", lambda almanac, _origin: as_sqlite(almanac)),
    "iati-activities.xml": ("application/xml", iati_activities),
    "openapi.json": ("application/json", lambda _almanac, origin: openapi_document(origin)),
    "entries.json": ("application/json", lambda _almanac, _origin: entry_schemas()),
}
"""Files with the whole record, by name: the media type, and the function that builds the file."""


@get("/data", sync_to_thread=True)
def data(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """The page that lists the files and tables for download."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    facts = {
        "files": list(FILES),
        "tables": {table: list(columns) for table, columns in TABLES.items()},
        "counts": almanac.remember("counts", lambda: _counts(almanac)),
        "years": [almanac.meetings[0].year, almanac.meetings[-1].year] if almanac.meetings else [],
        "as_of_entry": almanac.number,
    }
    return answer(app, request, actor, "public/data.html", facts)


def _counts(almanac: Almanac) -> dict[str, int]:
    return {
        "formats": len(almanac.formats), "meetings": len(almanac.meetings), "outcomes": len(almanac.outcomes),
        "deliveries": sum(len(outcome.deliveries) for outcome in almanac.outcomes), "people": len(almanac.people),
        "sources": sum(len(m.sources) for m in almanac.meetings),
    }  # fmt: skip


@get("/data/{name:str}", sync_to_thread=True)
def download(app: App, name: str) -> Response[Any]:
    """One file: the whole record, or a table as CSV or Parquet."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    table, _dot, form = name.rpartition(".")
    if name in FILES:
        media_type, build = FILES[name]
        content = build(almanac, app.settings.origin)
    elif table in TABLES and form == "csv":
        media_type, content = "text/csv", as_csv(TABLES[table], rows_of(almanac, table))
    elif table in TABLES and form == "parquet":
        media_type, content = "application/vnd.apache.parquet", as_parquet(TABLES[table], rows_of(almanac, table))
    else:
        raise not_found()
    headers = download_headers(name) if form in {"sqlite", "zip", "parquet"} else {}
    return cacheable(Response(content, media_type=media_type, headers=headers), 900)
