"""Conversion, only where the reader asks for it, with the rate, its date and its source named.

Rates are the European Central Bank's euro foreign exchange reference rates: units of a currency for one euro, as
published on the first banking day of each month since January 1999. A sum is converted at the last rate of
or before the day it was promised. A currency or a time without a rate stays unconverted, and that is said.
"""

import csv
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from suhbat.ground.dates import first_day
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.amounts import counts
from suhbat.public.read_model.facts import Outcome

SOURCE = "European Central Bank, euro foreign exchange reference rates"
SOURCE_URL = "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/"
FILE = Path(__file__).parent / "ecb-reference-rates.csv"
CURRENCIES = ("EUR", "USD", "JPY", "CNY", "GBP")
"""What a reader may convert into."""


@cache
def _table() -> tuple[list[str], list[dict[str, str]]]:
    with FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["date"] for row in rows], rows


def rate(currency: str, day: str) -> tuple[float, str] | None:
    """Units of a currency for one euro, and the day of that rate: the last one of or before a day."""
    days, rows = _table()
    position = bisect_right(days, first_day(day).isoformat()) - 1
    if position < 0:
        return None
    if currency == "EUR":
        return 1.0, days[position]
    given = rows[position].get(currency)
    return (float(given), days[position]) if given else None


def convert(known: Almanac, outcomes: Iterable[Outcome], into: str) -> dict[str, Any]:
    """The promised sums of pledges that count, converted: the total, each rate used, and what has no rate."""
    lines: list[dict[str, Any]] = []
    without = 0
    for each in outcomes:
        if not counts(known, each) or not each.amount:
            continue
        source, target = rate(each.amount["currency"], each.day), rate(into, each.day)
        if source is None or target is None:
            without += 1
            continue
        value = round(each.amount["value"] / source[0] * target[0])
        lines.append({
            "id": each.id, "path": each.path, "value": value, "said": each.amount, "date": source[1],
            "rate": round(target[0] / source[0], 6),
        })  # fmt: skip
    return {
        "currency": into,
        "total": sum(line["value"] for line in lines),
        "lines": lines,
        "without_rate": without,
        "source": SOURCE,
        "source_url": SOURCE_URL,
    }
