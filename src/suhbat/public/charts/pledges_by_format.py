"""Pledged and traced money, format by format, each currency for itself.

No sum counts twice: see `suhbat.public.read_model.amounts`.
"""

from collections.abc import Sequence
from typing import Any

from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.ground.money import show_money
from suhbat.ground.name_lists import sentences
from suhbat.public.charts.pledge_totals import money_row, plain
from suhbat.public.presentation.caption_sentences import clauses, most, together
from suhbat.public.presentation.format_titles import Titles, titles_of
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.amounts import add, counts, traced
from suhbat.public.read_model.facts import Format, Outcome

Made = dict[str, Any]
MOST_CURRENCIES = 6
"""Currencies told in the sentence; the table has them all."""


def pledged(known: Almanac, formats: Sequence[Format]) -> Made:
    """What was pledged in each format and what of it is traced, by currency."""
    rows = [
        {"format": f.id, "name": f.name, "path": f.path}
        | known.remember(("pledged", f.id), lambda f=f: _of_format(known, f))  # type: ignore[misc]
        for f in formats
    ]
    return {
        "rows": rows,
        "sentence": _sentence(rows, titles_of(formats)),
        "columns": ["format", "currency", "pledges_with_a_sum", "promised", "traced", "handed_over",
                    "pledges_with_traced_money", "pledges_without_a_sum", "traced_under_them"],
        "table": [line for row in rows for line in _lines(row)],
    }  # fmt: skip


def _of_format(known: Almanac, format_: Format) -> Made:
    pledges = [o for m in known.of_format.get(format_.id, []) for o in m.outcomes if o.kind == "pledge"]
    by_currency: dict[str, list[Outcome]] = {}
    for each in pledges:
        if each.amount and counts(known, each):
            by_currency.setdefault(each.amount["currency"], []).append(each)
    without = [each for each in pledges if not each.amount and not (each.part_of and each.part_of in known.by_id)]
    return {
        "money": [money_row(known, [], currency, of) for currency, of in sorted(by_currency.items())],
        "without_sum": len(without),
        "traced_without_sum": add(traced(known, each) for each in without),
    }


def _lines(row: Made) -> list[list[Any]]:
    tail = [row["without_sum"], plain(row["traced_without_sum"])]
    if not row["money"]:
        return [[row["format"], "", 0, None, "", "", None, *tail]]
    return [
        [row["format"], m["currency"], m["pledges"], m["promised"], plain(m["traced"]), plain(m["handed_over"]),
         m["followed_count"], *(tail if n == 0 else [None, None])]
        for n, m in enumerate(row["money"])
    ]  # fmt: skip


def _sentence(rows: Sequence[Made], titles: Titles) -> str:
    told = [row for row in rows if row["money"]]
    if not told:
        return _("No pledge with a sum is on record.")
    pledges = sum(m["pledges"] for row in told for m in row["money"])
    followed = sum(m["followed_count"] for row in told for m in row["money"])
    said = ngettext(
        "%(count)s pledge names a sum, in %(formats)s of the %(all)s formats shown; money is traced under %(traced)s.",
        "%(count)s pledges name a sum, in %(formats)s of the %(all)s formats shown; money is traced under %(traced)s.",
        pledges,
    ) % {"count": pledges, "formats": len(told), "all": len(rows), "traced": followed}
    currencies = sorted({m["currency"] for row in told for m in row["money"]})
    largest = [
        _("%(names)s: %(sum)s") % {"names": together(names), "sum": show_money(value, currency)}
        for currency in currencies[:MOST_CURRENCIES]
        for names, value in [most((titles[r["format"]], _promised(r, currency)) for r in told)]
        if value
    ]
    return sentences([said, _("The most in each currency: %(each)s.") % {"each": clauses(largest)} if largest else ""])


def _promised(row: Made, currency: str) -> int:
    return sum(m["promised"] for m in row["money"] if m["currency"] == currency)
