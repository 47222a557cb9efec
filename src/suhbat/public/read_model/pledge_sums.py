"""How promised money is added up.

*Promised* is the sum of the amounts of pledges that are not part of another pledge, do not repeat another and are not
replaced by a later one. *Traced* is the sum of the delivery amounts of a pledge and of all its parts. *Handed over* is
the traced money of outcomes whose last state is `delivered`. Sums of different currencies are never added up.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import Outcome

Sums = dict[str, int]
"""Whole units by currency."""
DEEPEST = 12
"""Levels of parts at most, as a protection against parts that form a circle."""


def family(almanac: Almanac, outcome: Outcome, depth: int = 0) -> Iterator[Outcome]:
    """An outcome and all its parts."""
    yield outcome
    if depth < DEEPEST:
        for part in almanac.parts.get(outcome.id, ()):
            yield from family(almanac, part, depth + 1)


def own_money(outcome: Outcome) -> Sums:
    """The money that an outcome's own deliveries show."""
    sums: Counter[str] = Counter()
    for delivery in outcome.deliveries:
        if delivery.amount:
            sums[delivery.amount["currency"]] += delivery.amount["value"]
    return dict(sums)


def traced(almanac: Almanac, outcome: Outcome) -> Sums:
    """The money of a promise and of its parts for which there is evidence."""
    return almanac.traced.get(outcome.id, {})


def handed_over(almanac: Almanac, outcome: Outcome) -> Sums:
    """The traced money that was handed over."""
    return almanac.handed_over.get(outcome.id, {})


def add(sums: Iterable[Sums]) -> Sums:
    """Add up sums, separately for each currency."""
    total: dict[str, int] = {}
    for amounts in sums:
        for currency, value in amounts.items():
            total[currency] = total.get(currency, 0) + value
    return {currency: value for currency, value in sorted(total.items()) if value}


def counts(almanac: Almanac, outcome: Outcome) -> bool:
    """Whether a pledge's amount counts as promised, so that no sum is counted twice."""
    return outcome.id in counted(almanac)


def counted(almanac: Almanac) -> frozenset[str]:
    """The ids of all pledges whose amounts count as promised."""
    return almanac.remember("counted", lambda: frozenset(o.id for o in almanac.by_id.values() if _counts(almanac, o)))


def _counts(almanac: Almanac, outcome: Outcome) -> bool:
    if outcome.kind != "pledge" or not outcome.amount:
        return False
    whole = outcome.part_of and almanac.by_id.get(outcome.part_of)
    if whole or outcome.follows_as == "repeats":
        return False
    return not any(later.follows_as == "replaces" and later.amount for later in almanac.followers.get(outcome.id, ()))


def promised(almanac: Almanac, outcomes: Iterable[Outcome]) -> Sums:
    """The sum of those pledges that count."""
    return add(
        {outcome.amount["currency"]: outcome.amount["value"]}
        for outcome in outcomes
        if counts(almanac, outcome) and outcome.amount
    )
