"""One answer in three forms: a page for people, JSON and CSV for programs, at one address.

`/ledger` is the page, `/ledger.json` the same facts for a program, `/ledger.csv` the page's table. A program may also
ask with `Accept: application/json`.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.acts.page_cache import lasting
from suhbat.ground.refusals import not_found
from suhbat.public.exports.csv_file import Table, as_csv
from suhbat.public.web.schema_org import linked
from suhbat.public.web.social_card import card_of, drawn

Asked = Request[Any, Any, Any]
SECONDS = 900
"""A page that counts days is wrong for so long at most."""


def wanted(request: Asked) -> str:
    """In which form: `html`, `json`, `csv`, `atom` or `png`, the page's card."""
    named = request.scope.get("suhbat_as")
    if named:
        return str(named)
    return "json" if request.headers.get("accept", "").startswith("application/json") else "html"


def answer(
    app: App, request: Asked, actor: Viewer, template: str, facts: dict[str, Any], *,
    tables: Mapping[str, Table] | None = None, **more: Any,
) -> Response[Any]:  # fmt: skip
    """The facts in the form that was asked for. `more` is for the page alone.

    A page may have several tables: `/compare.csv?table=chairs`; the first is given where none is named.
    """
    form = wanted(request)
    if form == "json":
        return lasting(Response(msgspec.json.encode(facts), media_type="application/json"), SECONDS)
    if form == "csv" and tables:
        table = tables.get(str(request.query_params.get("table", next(iter(tables)))))
        if table is None:
            raise not_found()
        return lasting(Response(as_csv(*table), media_type="text/csv"), SECONDS)
    card = card_of(template, facts) if form in {"html", "png"} else None
    if form == "png" and card:
        return lasting(Response(drawn(card), media_type="image/png"), SECONDS)
    if form != "html":
        raise not_found()
    ld = linked(template, facts, app.settings.origin)
    return lasting(app.page(request, actor, template, **facts, card=card, ld=ld, **more), SECONDS)
