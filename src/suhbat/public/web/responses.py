"""Content negotiation: the same facts as a page for people, and as JSON and CSV for programs.

`/ledger` is the page, `/ledger.json` the same facts for a program, `/ledger.csv` the page's table. A program may also
send `Accept: application/json`.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.page_cache import cacheable
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.refusals import not_found
from suhbat.public.exports.csv_file import Table, as_csv
from suhbat.public.web.schema_org import json_ld
from suhbat.public.web.social_card import card_of, render_png

SECONDS = 900
"""How long a response may be cached. A page that counts days may be wrong for this time."""


def requested_form(request: AnyRequest) -> str:
    """The requested form: `html`, `json`, `csv`, `atom`, or `png` for the page's preview card."""
    suffix = request.scope.get("suhbat_as")
    if suffix:
        return str(suffix)
    return "json" if request.headers.get("accept", "").startswith("application/json") else "html"


def answer(
    app: App, request: AnyRequest, actor: Viewer, template: str, facts: dict[str, Any], *,
    tables: Mapping[str, Table] | None = None, **more: Any,
) -> Response[Any]:  # fmt: skip
    """Return the facts in the requested form. `more` is for the page only.

    A page may have several tables: `/compare.csv?table=chairs`. Without a name, the first table is returned.
    """
    form = requested_form(request)
    if form == "json":
        return cacheable(Response(msgspec.json.encode(facts), media_type="application/json"), SECONDS)
    if form == "csv" and tables:
        table = tables.get(str(request.query_params.get("table", next(iter(tables)))))
        if table is None:
            raise not_found()
        return cacheable(Response(as_csv(*table), media_type="text/csv"), SECONDS)
    card = card_of(template, facts) if form in {"html", "png"} else None
    if form == "png" and card:
        return cacheable(Response(render_png(card), media_type="image/png"), SECONDS)
    if form != "html":
        raise not_found()
    ld = json_ld(template, facts, app.settings.origin)
    return cacheable(app.page(request, actor, template, **facts, card=card, ld=ld, **more), SECONDS)
