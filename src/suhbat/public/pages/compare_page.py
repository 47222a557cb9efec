"""Formats side by side."""

from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.actors import Viewer
from suhbat.acts.app import App
from suhbat.public.charts import format_comparison
from suhbat.public.charts.attendance import rooms
from suhbat.public.charts.chairs_and_hosts import chairs
from suhbat.public.charts.pledge_totals import MONEY_COLUMNS, money_rows, money_table
from suhbat.public.charts.pledges_by_format import pledged
from suhbat.public.pages.home_page import format_rows
from suhbat.public.presentation.format_titles import is_foreign
from suhbat.public.read_model.almanac import Almanac, almanac
from suhbat.public.read_model.facts import Format
from suhbat.public.template_helpers import names_of
from suhbat.public.web.responses import Asked, answer

AT_FIRST, AT_MOST = 8, 16
"""Formats shown where the reader names none, and at most."""


@get("/compare", sync_to_thread=True)
def compare(request: Asked, app: App, actor: Viewer) -> Response[Any]:
    """Any formats side by side; which ones is in the address, so that the comparison can be sent to someone."""
    with app.database.reading() as session:
        known = almanac(app.database, session)
    asked = request.query_params.getall("f", [])
    formats = [known.formats[id_] for id_ in dict.fromkeys(asked) if id_ in known.formats][:AT_MOST]
    unknown = [id_ for id_ in asked if id_ not in known.formats][:5]
    order = [about["id"] for about, _meetings in format_rows(known)]
    formats = formats or [known.formats[id_] for id_ in order[:AT_FIRST]]
    facts = compare_facts(known, formats, app.door.clock().year)
    facts["unknown"] = [id_[:40] for id_ in unknown]
    tables = {name: (made["columns"], made["table"]) for name, made in facts["pictures"].items()}
    chaired = facts["pictures"]["chairs"]
    tables["chair-states"] = (chaired["state_columns"], chaired["state_table"])
    tables["money"] = (list(MONEY_COLUMNS), money_table(facts["money"]))
    query = "&".join(f"f={f.id}" for f in formats)
    return answer(app, request, actor, "public/compare.html", facts, tables=tables, choices=order[:60], query=query,
                  chosen={f.id for f in formats}, name_of=names_of(known),
                  foreign={f.id for f in formats if is_foreign(f)})  # fmt: skip


def compare_facts(known: Almanac, formats: list[Format], this_year: int) -> dict[str, Any]:
    """All pictures of a comparison."""
    meetings = [m for f in formats for m in known.of_format.get(f.id, [])]
    years = format_comparison.first_years({m.year for m in meetings}, this_year)
    every_year = format_comparison.first_years(known.years, this_year)
    return {
        "formats": [{"id": f.id, "name": f.name, "path": f.path} for f in formats],
        "pictures": {
            "years": format_comparison.meetings_by_year(known, formats, years),
            "rooms": rooms(known, every_year),
            "levels": format_comparison.levels(known, formats),
            "chairs": chairs(known, formats),
            "topics": format_comparison.topics(known, formats),
            "pledged": pledged(known, formats),
            "delays": format_comparison.delays(known, formats),
            "next": format_comparison.next_meetings(known, formats),
            "overlap": format_comparison.overlap(formats, years),
        },
        "money": money_rows(known, [o for m in meetings for o in m.outcomes]),
    }
