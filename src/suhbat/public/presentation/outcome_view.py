"""What is told of an outcome: its parts, its money, what became of it, and what is not known."""

from datetime import date
from typing import Any

from suhbat.ground.dates import first_day, show_date
from suhbat.ground.language import gettext as _
from suhbat.ground.language import ngettext
from suhbat.public.presentation.format_titles import title_of
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.amounts import Sums, family, handed_over, own_money, traced
from suhbat.public.read_model.facts import Delivery, Format, Meeting, Outcome

ORDER = ("pledge", "recommendation", "next-meeting", "project", "decision", "document", "announcement")
"""The kinds as a reader wants them: first what was promised."""
DAYS_OF_MONTH, MONTHS_SHOWN = 30.44, 24


def told(almanac: Almanac, outcome: Outcome) -> dict[str, Any]:
    """An outcome with its money and its parts, for a page and for a program alike."""
    parts = [part(almanac, each) for each in almanac.parts.get(outcome.id, ())]
    found, arrived = traced(almanac, outcome), handed_over(almanac, outcome)
    return {
        "outcome": outcome,
        "path": outcome.path,
        "traced": found,
        "handed_over": arrived,
        "bar": bar(outcome, found, arrived),
        "parts": parts,
        "states_without_part": without_part(almanac, outcome),
        "whole": almanac.by_id.get(outcome.part_of or ""),
        "follows": almanac.by_id.get(outcome.follows or ""),
        "followers": almanac.followers.get(outcome.id, []),
        "fulfilled_by": _meeting(almanac, outcome.fulfilled_by),
    }


def _meeting(almanac: Almanac, id_: str | None) -> dict[str, Any] | None:
    found = almanac.every_meeting.get(id_ or "")
    return {"path": found.path, "title": found.title, "starts": found.starts} if found else None


def part(almanac: Almanac, outcome: Outcome) -> dict[str, Any]:
    """One part of a promise: when money was bound, and when it arrived."""
    return {
        "outcome": outcome,
        "path": outcome.path,
        "likely": outcome.part_of_confidence == "likely",
        "traced": traced(almanac, outcome),
        "bound": [each for each in outcome.deliveries if each.amount],
        "arrived": arrivals(outcome),
    }


def arrivals(outcome: Outcome) -> list[Delivery]:
    """The reports after the money was bound; of one that is not delivered yet, the last report alone."""
    later = [each for each in outcome.deliveries if not each.amount]
    if outcome.state == "delivered":
        return later or outcome.deliveries[-1:]
    return later[-1:]


def bar(outcome: Outcome, found: Sums, arrived: Sums) -> dict[str, Any] | None:
    """How a promised sum divides: handed over, bound only, not traced. None where no sum was named.

    Widths are in per mille of the promised sum. Traced money of another currency cannot be put into the bar.
    """
    if not outcome.amount:
        return None
    whole, currency = outcome.amount["value"], outcome.amount["currency"]
    kept = min(arrived.get(currency, 0), whole)
    bound = min(found.get(currency, 0), whole) - kept
    return {
        "currency": currency,
        "kept": kept,
        "bound": bound,
        "open": whole - kept - bound,
        "kept_width": round(1000 * kept / whole),
        "bound_width": round(1000 * bound / whole),
        "share": round(100 * (kept + bound) / whole),
    }


def without_part(almanac: Almanac, outcome: Outcome) -> list[str]:
    """The states to which a sum was promised together and for which no part is recorded.

    Told only where the parts are by state: at least one part goes to one of several receivers.
    """
    if len(outcome.to) < 2 or outcome.id not in almanac.parts:  # noqa: PLR2004  (several receivers)
        return []
    parts = [each for each in family(almanac, outcome) if each.id != outcome.id]
    if not any(len(each.to) == 1 for each in parts):
        return []
    reached = {state for each in parts for state in each.to}
    return [state for state in outcome.to if state not in reached]


def in_order(outcomes: list[Outcome]) -> list[Outcome]:
    """As a reader wants them."""
    rank = {kind: n for n, kind in enumerate(ORDER)}
    return sorted(outcomes, key=lambda each: (rank.get(each.kind, len(rank)), each.position))


def has_money(almanac: Almanac, outcome: Outcome) -> bool:
    """Whether an outcome is told with its money: it names a sum, or sums were traced to it."""
    return bool(outcome.amount or traced(almanac, outcome) or own_money(outcome))


def span(earlier: str, later: str) -> str:
    """How much time lies between two partial dates, in the reader's language and no more exact than they are."""
    between = (first_day(later) - first_day(earlier)).days
    months = round(between / DAYS_OF_MONTH)
    if min(len(earlier), len(later)) < len("2020-08") or months > MONTHS_SHOWN:
        years = max(1, round(between / 365.25))
        return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}
    if months < 1:
        return ngettext("%(count)s day", "%(count)s days", between) % {"count": between}
    return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}


def cited(title: str, format_: Format | None, meeting: Meeting, url: str, today: str) -> str:
    """How a page is cited: what it is called, of which dialogue and day, where it stands for good, when it was seen."""
    return _("“%(title)s”, %(format)s, %(date)s. Suhbat public record, %(url)s (seen on %(today)s).") % {
        "title": title, "format": title_of(format_) if format_ else meeting.format, "date": show_date(meeting.starts),
        "url": url, "today": show_date(today),
    }  # fmt: skip


def age(outcome: Outcome, today: date) -> int:
    """Days since it was said."""
    return max(0, (today - first_day(outcome.day)).days)
