"""Sums promised, traced and handed over, by promiser and currency."""

from collections.abc import Iterable
from typing import Any

from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import Outcome
from suhbat.public.read_model.pledge_sums import add, counted, handed_over, traced


def money_rows(almanac: Almanac, outcomes: Iterable[Outcome]) -> list[dict[str, Any]]:
    """One row for each promiser and currency, over the pledges that count; most pledges first.

    `followed` is the promised money of those pledges that have traced money. It lets readers compare a traced sum with
    the promises that it belongs to, not with promises about which nothing is known.
    """
    groups: dict[tuple[tuple[str, ...], str], list[Outcome]] = {}
    counted_ids = counted(almanac)
    for outcome in outcomes:
        if outcome.id in counted_ids and outcome.amount:
            groups.setdefault((tuple(outcome.by), outcome.amount["currency"]), []).append(outcome)
    rows = [money_row(almanac, list(by), currency, pledges) for (by, currency), pledges in groups.items()]
    return sorted(rows, key=lambda row: (-row["pledges"], row["by"], row["currency"]))


def money_row(almanac: Almanac, by: list[str], currency: str, pledges: list[Outcome]) -> dict[str, Any]:
    """Pledges of one currency added up, with the bar that shows how the sum divides."""
    promised = sum(pledge.amount["value"] for pledge in pledges if pledge.amount)
    traced_sums = add(traced(almanac, pledge) for pledge in pledges)
    handed_over_sums = add(handed_over(almanac, pledge) for pledge in pledges)
    with_traced = [pledge for pledge in pledges if traced(almanac, pledge)]
    handed = min(handed_over_sums.get(currency, 0), promised)
    bound = min(traced_sums.get(currency, 0), promised) - handed
    return {
        "by": by,
        "currency": currency,
        "pledges": len(pledges),
        "promised": promised,
        "traced": traced_sums,
        "handed_over": handed_over_sums,
        "followed": sum(pledge.amount["value"] for pledge in with_traced if pledge.amount),
        "followed_count": len(with_traced),
        "bar": {
            "currency": currency,
            "kept": handed,
            "bound": bound,
            "open": promised - handed - bound,
            "kept_width": _per_mille(handed, promised),
            "bound_width": _per_mille(bound, promised),
        },
    }


def _per_mille(value: int, whole: int) -> int:
    """A value in per mille of a total; at least 2 if it is not zero, so that it is visible."""
    return max(2, round(1000 * value / whole)) if value else 0


MONEY_COLUMNS = ("by", "currency", "pledges", "promised", "traced", "handed_over", "pledges_with_traced_money")


def money_table(rows: Iterable[dict[str, Any]]) -> list[list[Any]]:
    """The rows of the CSV table."""
    return [
        [row["by"], row["currency"], row["pledges"], row["promised"], plain(row["traced"]), plain(row["handed_over"]),
         row["followed_count"]]
        for row in rows
    ]  # fmt: skip


def plain(sums: dict[str, int]) -> str:
    """Sums of several currencies in one cell of a CSV table."""
    return " ".join(f"{value} {currency}" for currency, value in sums.items())
