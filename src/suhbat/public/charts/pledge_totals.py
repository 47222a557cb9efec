"""Promised, traced and handed over, by who promised and in which currency."""

from collections.abc import Iterable
from typing import Any

from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.amounts import add, counted, handed_over, traced
from suhbat.public.read_model.facts import Outcome


def money_rows(known: Almanac, outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """One row per promiser and currency of the pledges that count, the largest number of pledges first.

    `followed` is the promised money of those pledges alone that have any traced money, so that a traced sum is not
    set against promises of which nothing could be known.
    """
    groups: dict[tuple[tuple[str, ...], str], list[Outcome]] = {}
    count = counted(known)
    for each in outcomes:
        if each.id in count and each.amount:
            groups.setdefault((tuple(each.by), each.amount["currency"]), []).append(each)
    rows = [money_row(known, list(by), currency, pledges) for (by, currency), pledges in groups.items()]
    return sorted(rows, key=lambda row: (-row["pledges"], row["by"], row["currency"]))


def money_row(known: Almanac, by: list[str], currency: str, pledges: list[Outcome]) -> dict[str, Any]:
    """Pledges of one currency added up, with the bar that shows how the sum divides."""
    promised = sum(each.amount["value"] for each in pledges if each.amount)
    found = add(traced(known, each) for each in pledges)
    arrived = add(handed_over(known, each) for each in pledges)
    followed = [each for each in pledges if traced(known, each)]
    kept = min(arrived.get(currency, 0), promised)
    bound = min(found.get(currency, 0), promised) - kept
    return {
        "by": by,
        "currency": currency,
        "pledges": len(pledges),
        "promised": promised,
        "traced": found,
        "handed_over": arrived,
        "followed": sum(each.amount["value"] for each in followed if each.amount),
        "followed_count": len(followed),
        "bar": {
            "currency": currency,
            "kept": kept,
            "bound": bound,
            "open": promised - kept - bound,
            "kept_width": _thousandth(kept, promised),
            "bound_width": _thousandth(bound, promised),
        },
    }


def _thousandth(value: int, whole: int) -> int:
    """Per mille, but never nothing for something."""
    return max(2, round(1000 * value / whole)) if value else 0


MONEY_COLUMNS = ("by", "currency", "pledges", "promised", "traced", "handed_over", "pledges_with_traced_money")


def money_table(rows: Iterable[dict[str, Any]]) -> list[list[Any]]:
    """The rows for a spreadsheet."""
    return [
        [row["by"], row["currency"], row["pledges"], row["promised"], plain(row["traced"]), plain(row["handed_over"]),
         row["followed_count"]]
        for row in rows
    ]  # fmt: skip


def plain(sums: dict[str, int]) -> str:
    """Sums of several currencies in one cell of a spreadsheet."""
    return " ".join(f"{value} {currency}" for currency, value in sums.items())
