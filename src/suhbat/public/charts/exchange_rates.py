"""Conversion of sums, only at the reader's request; the rate, its date and its source are named.

Rates are the European Central Bank's euro foreign exchange reference rates: units of a currency for one euro, as
published on the first banking day of each month since January 1999. A sum is converted at the last rate on or before
the day of the promise. Sums without a rate are not converted, and their number is shown.
"""

import csv
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from suhbat.ground.dates import first_day
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import Outcome
from suhbat.public.read_model.pledge_sums import counts

SOURCE = "European Central Bank, euro foreign exchange reference rates"
SOURCE_URL = "https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/"
FILE = Path(__file__).parent / "ecb-reference-rates.csv"
CURRENCIES = ("EUR", "USD", "JPY", "CNY", "GBP")
"""The currencies that a reader may convert into."""


@cache
def _table() -> tuple[list[str], list[dict[str, str]]]:
    with FILE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["date"] for row in rows], rows


def rate(currency: str, day: str) -> tuple[float, str] | None:
    """Units of a currency for one euro, and the day of this rate: the last rate on or before a day."""
    days, rows = _table()
    position = bisect_right(days, first_day(day).isoformat()) - 1
    if position < 0:
        return None
    if currency == "EUR":
        return 1.0, days[position]
    value = rows[position].get(currency)
    return (float(value), days[position]) if value else None


def convert(almanac: Almanac, outcomes: Iterable[Outcome], currency: str) -> dict[str, Any]:
    """Convert the sums of the pledges that count: the total, each rate, and the number of sums without a rate."""
    lines: list[dict[str, Any]] = []
    without = 0
    for outcome in outcomes:
        if not counts(almanac, outcome) or not outcome.amount:
            continue
        source, target = rate(outcome.amount["currency"], outcome.day), rate(currency, outcome.day)
        if source is None or target is None:
            without += 1
            continue
        value = round(outcome.amount["value"] / source[0] * target[0])
        lines.append({
            "id": outcome.id, "path": outcome.path, "value": value, "said": outcome.amount, "date": source[1],
            "rate": round(target[0] / source[0], 6),
        })  # fmt: skip
    return {
        "currency": currency,
        "total": sum(line["value"] for line in lines),
        "lines": lines,
        "without_rate": without,
        "source": SOURCE,
        "source_url": SOURCE_URL,
    }
