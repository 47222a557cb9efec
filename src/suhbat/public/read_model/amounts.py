"""How promises are added up.

*Promised* is the sum of the amounts of pledges that are not part of another, do not repeat another and have not been
replaced by a later sum. *Traced* is the sum of the delivery amounts of a pledge and of all its parts. *Handed over* is
the traced money of outcomes whose last state is `delivered`. Nothing is ever added across currencies.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.facts import Outcome

Sums = dict[str, int]
"""Whole units by currency."""
DEEPEST = 12
"""Levels of parts at most; deeper ones would be a circle."""


def family(almanac: Almanac, outcome: Outcome, depth: int = 0) -> Iterator[Outcome]:
    """An outcome and all that is part of it."""
    yield outcome
    if depth < DEEPEST:
        for part in almanac.parts.get(outcome.id, ()):
            yield from family(almanac, part, depth + 1)


def own_money(outcome: Outcome) -> Sums:
    """The money that an outcome's own deliveries show."""
    made: Counter[str] = Counter()
    for delivery in outcome.deliveries:
        if delivery.amount:
            made[delivery.amount["currency"]] += delivery.amount["value"]
    return dict(made)


def traced(almanac: Almanac, outcome: Outcome) -> Sums:
    """The money of a promise and of its parts for which there is evidence."""
    return almanac.traced.get(outcome.id, {})


def handed_over(almanac: Almanac, outcome: Outcome) -> Sums:
    """The traced money that arrived."""
    return almanac.handed_over.get(outcome.id, {})


def add(sums: Iterable[Sums]) -> Sums:
    """Add sums, each currency for itself."""
    made: dict[str, int] = {}
    for each in sums:
        for currency, value in each.items():
            made[currency] = made.get(currency, 0) + value
    return {currency: value for currency, value in sorted(made.items()) if value}


def counts(almanac: Almanac, outcome: Outcome) -> bool:
    """Whether a pledge's amount is counted as promised, so that no sum is counted twice."""
    return outcome.id in counted(almanac)


def counted(almanac: Almanac) -> frozenset[str]:
    """The ids of all pledges whose amounts are counted as promised."""
    return almanac.remember("counted", lambda: frozenset(o.id for o in almanac.by_id.values() if _counts(almanac, o)))


def _counts(almanac: Almanac, outcome: Outcome) -> bool:
    if outcome.kind != "pledge" or not outcome.amount:
        return False
    whole = outcome.part_of and almanac.by_id.get(outcome.part_of)
    if whole or outcome.follows_as == "repeats":
        return False
    return not any(later.follows_as == "replaces" and later.amount for later in almanac.followers.get(outcome.id, ()))


def promised(almanac: Almanac, outcomes: Iterable[Outcome]) -> Sums:
    """The sum of the pledges among these that count."""
    return add(
        {each.amount["currency"]: each.amount["value"]} for each in outcomes if counts(almanac, each) and each.amount
    )
