"""Formats side by side."""

from typing import Any

from litestar import get
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.public.charts import format_comparison
from suhbat.public.charts.attendance import rooms
from suhbat.public.charts.chairs_and_hosts import chairs
from suhbat.public.charts.pledge_totals import MONEY_COLUMNS, money_rows, money_table
from suhbat.public.charts.pledges_by_format import pledged
from suhbat.public.pages.home_page import format_rows
from suhbat.public.presentation.format_titles import is_foreign
from suhbat.public.read_model.almanac import Almanac, current_almanac
from suhbat.public.read_model.fact_types import Format
from suhbat.public.template_helpers import names_of
from suhbat.public.web.responses import answer

AT_FIRST, AT_MOST = 8, 16
"""Formats that are shown if the reader chooses none, and at most."""


@get("/compare", sync_to_thread=True)
def compare(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """Formats side by side. The choice is in the address, so that the comparison can be sent to someone."""
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    ids = request.query_params.getall("f", [])
    formats = [almanac.formats[id_] for id_ in dict.fromkeys(ids) if id_ in almanac.formats][:AT_MOST]
    unknown = [id_ for id_ in ids if id_ not in almanac.formats][:5]
    order = [about["id"] for about, _meetings in format_rows(almanac)]
    formats = formats or [almanac.formats[id_] for id_ in order[:AT_FIRST]]
    facts = compare_facts(almanac, formats, app.clock().year)
    facts["unknown"] = [id_[:40] for id_ in unknown]
    tables = {name: (chart["columns"], chart["table"]) for name, chart in facts["pictures"].items()}
    chair_chart = facts["pictures"]["chairs"]
    tables["chair-states"] = (chair_chart["state_columns"], chair_chart["state_table"])
    tables["money"] = (list(MONEY_COLUMNS), money_table(facts["money"]))
    query = "&".join(f"f={f.id}" for f in formats)
    return answer(app, request, actor, "public/compare.html", facts, tables=tables, choices=order[:60], query=query,
                  chosen={f.id for f in formats}, name_of=names_of(almanac),
                  foreign={f.id for f in formats if is_foreign(f)})  # fmt: skip


def compare_facts(almanac: Almanac, formats: list[Format], this_year: int) -> dict[str, Any]:
    """All charts of a comparison."""
    meetings = [m for f in formats for m in almanac.of_format.get(f.id, [])]
    years = format_comparison.first_years({m.year for m in meetings}, this_year)
    every_year = format_comparison.first_years(almanac.years, this_year)
    return {
        "formats": [{"id": f.id, "name": f.name, "path": f.path} for f in formats],
        "pictures": {
            "years": format_comparison.meetings_by_year(almanac, formats, years),
            "rooms": rooms(almanac, every_year),
            "levels": format_comparison.levels(almanac, formats),
            "chairs": chairs(almanac, formats),
            "topics": format_comparison.topics(almanac, formats),
            "pledged": pledged(almanac, formats),
            "delays": format_comparison.delays(almanac, formats),
            "next": format_comparison.next_meetings(almanac, formats),
            "overlap": format_comparison.overlap(formats, years),
        },
        "money": money_rows(almanac, [o for m in meetings for o in m.outcomes]),
    }
