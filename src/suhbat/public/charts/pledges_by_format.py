"""Pledged and traced money by format, separately for each currency.

No sum counts twice: see `suhbat.public.read_model.pledge_sums`.
"""

from collections.abc import Sequence
from typing import Any

from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.ground.money import show_money
from suhbat.ground.name_lists import sentences
from suhbat.public.charts.pledge_totals import money_row, plain
from suhbat.public.presentation.caption_parts import clauses, most, together
from suhbat.public.presentation.format_titles import Titles, titles_of
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import Format, Outcome
from suhbat.public.read_model.pledge_sums import add, counts, traced

ChartData = dict[str, Any]
MOST_CURRENCIES = 6
"""Currencies in the caption, at most; the table has them all."""


def pledged(almanac: Almanac, formats: Sequence[Format]) -> ChartData:
    """Sums pledged in each format, and how much of them is traced, by currency."""
    rows = [
        {"format": f.id, "name": f.name, "path": f.path}
        | almanac.remember(("pledged", f.id), lambda f=f: _of_format(almanac, f))  # type: ignore[misc]
        for f in formats
    ]
    return {
        "rows": rows,
        "sentence": _sentence(rows, titles_of(formats)),
        "columns": ["format", "currency", "pledges_with_a_sum", "promised", "traced", "handed_over",
                    "pledges_with_traced_money", "pledges_without_a_sum", "traced_under_them"],
        "table": [line for row in rows for line in _table_rows(row)],
    }  # fmt: skip


def _of_format(almanac: Almanac, format_: Format) -> ChartData:
    pledges = [o for m in almanac.of_format.get(format_.id, []) for o in m.outcomes if o.kind == "pledge"]
    by_currency: dict[str, list[Outcome]] = {}
    for pledge in pledges:
        if pledge.amount and counts(almanac, pledge):
            by_currency.setdefault(pledge.amount["currency"], []).append(pledge)
    without_sum = [
        pledge for pledge in pledges if not pledge.amount and not (pledge.part_of and pledge.part_of in almanac.by_id)
    ]
    return {
        "money": [
            money_row(almanac, [], currency, pledges_in_currency)
            for currency, pledges_in_currency in sorted(by_currency.items())
        ],
        "without_sum": len(without_sum),
        "traced_without_sum": add(traced(almanac, pledge) for pledge in without_sum),
    }


def _table_rows(row: ChartData) -> list[list[Any]]:
    format_columns = [row["without_sum"], plain(row["traced_without_sum"])]
    if not row["money"]:
        return [[row["format"], "", 0, None, "", "", None, *format_columns]]
    return [
        [row["format"], m["currency"], m["pledges"], m["promised"], plain(m["traced"]), plain(m["handed_over"]),
         m["followed_count"], *(format_columns if n == 0 else [None, None])]
        for n, m in enumerate(row["money"])
    ]  # fmt: skip


def _sentence(rows: Sequence[ChartData], titles: Titles) -> str:
    with_money = [row for row in rows if row["money"]]
    if not with_money:
        return _("No pledge with a sum is on record.")
    pledges = sum(m["pledges"] for row in with_money for m in row["money"])
    followed = sum(m["followed_count"] for row in with_money for m in row["money"])
    first = ngettext(
        "%(count)s pledge names a sum, in %(formats)s of the %(all)s formats shown; money is traced under %(traced)s.",
        "%(count)s pledges name a sum, in %(formats)s of the %(all)s formats shown; money is traced under %(traced)s.",
        pledges,
    ) % {"count": pledges, "formats": len(with_money), "all": len(rows), "traced": followed}
    currencies = sorted({m["currency"] for row in with_money for m in row["money"]})
    largest = [
        _("%(names)s: %(sum)s") % {"names": together(names), "sum": show_money(value, currency)}
        for currency in currencies[:MOST_CURRENCIES]
        for names, value in [most((titles[r["format"]], _promised(r, currency)) for r in with_money)]
        if value
    ]
    return sentences([first, _("The most in each currency: %(each)s.") % {"each": clauses(largest)} if largest else ""])


def _promised(row: ChartData, currency: str) -> int:
    return sum(m["promised"] for m in row["money"] if m["currency"] == currency)
