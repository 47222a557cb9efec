"""View model of an outcome: its parts, its money, what became of it, and what is not known."""

from datetime import date
from typing import Any

from suhbat.ground.dates import first_day, show_date
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.public.presentation.format_titles import title_of
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import Delivery, Format, Meeting, Outcome
from suhbat.public.read_model.pledge_sums import Sums, family, handed_over, own_money, traced

ORDER = ("pledge", "recommendation", "next-meeting", "project", "decision", "document", "announcement")
"""The kinds of outcomes in the order of interest to readers: promises first."""
DAYS_OF_MONTH, MONTHS_SHOWN = 30.44, 24


def describe_outcome(almanac: Almanac, outcome: Outcome) -> dict[str, Any]:
    """An outcome with its money and its parts, for pages and for programs."""
    parts = [describe_part(almanac, part) for part in almanac.parts.get(outcome.id, ())]
    traced_sums, handed_over_sums = traced(almanac, outcome), handed_over(almanac, outcome)
    return {
        "outcome": outcome,
        "path": outcome.path,
        "traced": traced_sums,
        "handed_over": handed_over_sums,
        "bar": money_bar(outcome, traced_sums, handed_over_sums),
        "parts": parts,
        "states_without_part": without_part(almanac, outcome),
        "whole": almanac.by_id.get(outcome.part_of or ""),
        "follows": almanac.by_id.get(outcome.follows or ""),
        "followers": almanac.followers.get(outcome.id, []),
        "fulfilled_by": _meeting(almanac, outcome.fulfilled_by),
    }


def _meeting(almanac: Almanac, id_: str | None) -> dict[str, Any] | None:
    meeting = almanac.every_meeting.get(id_ or "")
    return {"path": meeting.path, "title": meeting.title, "starts": meeting.starts} if meeting else None


def describe_part(almanac: Almanac, outcome: Outcome) -> dict[str, Any]:
    """One part of a promise: when money was committed, and when it was handed over."""
    return {
        "outcome": outcome,
        "path": outcome.path,
        "likely": outcome.part_of_confidence == "likely",
        "traced": traced(almanac, outcome),
        "bound": [delivery for delivery in outcome.deliveries if delivery.amount],
        "arrived": arrivals(outcome),
    }


def arrivals(outcome: Outcome) -> list[Delivery]:
    """The reports after the money was committed. If the outcome is not delivered yet, only the last of them."""
    later = [delivery for delivery in outcome.deliveries if not delivery.amount]
    if outcome.state == "delivered":
        return later or outcome.deliveries[-1:]
    return later[-1:]


def money_bar(outcome: Outcome, traced_sums: Sums, handed_over_sums: Sums) -> dict[str, Any] | None:
    """How a promised sum divides: handed over, only committed, not traced. None if no sum was named.

    Widths are in per mille of the promised sum. Traced money of another currency is not in the bar.
    """
    if not outcome.amount:
        return None
    whole, currency = outcome.amount["value"], outcome.amount["currency"]
    handed = min(handed_over_sums.get(currency, 0), whole)
    bound = min(traced_sums.get(currency, 0), whole) - handed
    return {
        "currency": currency,
        "kept": handed,
        "bound": bound,
        "open": whole - handed - bound,
        "kept_width": round(1000 * handed / whole),
        "bound_width": round(1000 * bound / whole),
        "share": round(100 * (handed + bound) / whole),
    }


def without_part(almanac: Almanac, outcome: Outcome) -> list[str]:
    """The receivers of a common promise for which no part is recorded.

    Empty unless the parts are divided by state: at least one part must go to a single receiver.
    """
    if len(outcome.to) < 2 or outcome.id not in almanac.parts:  # noqa: PLR2004  (several receivers)
        return []
    parts = [part for part in family(almanac, outcome) if part.id != outcome.id]
    if not any(len(part.to) == 1 for part in parts):
        return []
    reached = {state for part in parts for state in part.to}
    return [state for state in outcome.to if state not in reached]


def in_order(outcomes: list[Outcome]) -> list[Outcome]:
    """Sort outcomes by kind, in the order of interest to readers."""
    rank = {kind: n for n, kind in enumerate(ORDER)}
    return sorted(outcomes, key=lambda outcome: (rank.get(outcome.kind, len(rank)), outcome.position))


def has_money(almanac: Almanac, outcome: Outcome) -> bool:
    """Whether an outcome is shown with its money: it names a sum, or money was traced to it."""
    return bool(outcome.amount or traced(almanac, outcome) or own_money(outcome))


def span(earlier: str, later: str) -> str:
    """The time between two partial dates, in the reader's language and not more precise than the dates."""
    between = (first_day(later) - first_day(earlier)).days
    months = round(between / DAYS_OF_MONTH)
    if min(len(earlier), len(later)) < len("2020-08") or months > MONTHS_SHOWN:
        years = max(1, round(between / 365.25))
        return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    if months < 1:
        return ngettext("%(count)s day", "%(count)s days", between) % {"count": between}
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def citation(title: str, format_: Format | None, meeting: Meeting, url: str, today: str) -> str:
    """How to cite a page: title, dialogue, date, permanent address, and the day it was seen."""
    return _("“%(title)s”, %(format)s, %(date)s. Suhbat public record, %(url)s (seen on %(today)s).") % {
        "title": title, "format": title_of(format_) if format_ else meeting.format, "date": show_date(meeting.starts),
        "url": url, "today": show_date(today),
    }  # fmt: skip


def age(outcome: Outcome, today: date) -> int:
    """Days since the outcome was announced."""
    return max(0, (today - first_day(outcome.day)).days)
