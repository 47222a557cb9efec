"""The filters of the ledger, as query parameters of a link. A value that makes no sense is an error, not a guess."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from suhbat.formats.state_names import is_known
from suhbat.formats.topics import TOPICS
from suhbat.formats.vocabulary import DELIVERY_STATUSES, OUTCOME_KINDS
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.money import CURRENCIES, MOST
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import Outcome
from suhbat.public.read_model.pledge_sums import traced

DEFAULT_KINDS = ("pledge", "decision", "recommendation", "project")
PER_PAGE = 40
LONGEST_CODE = 20
LONGEST_NUMBER = 16
NO_PARTY = lazy("There is no such state or party in the record.")


@dataclass
class LedgerFilter:
    """Filters of the ledger. An empty filter accepts everything."""

    by: str = ""
    to: str = ""
    topic: str = ""
    state: str = ""
    kind: str = ""
    format: str = ""
    origin: str = ""
    money: str = ""
    """`named`: with a sum. `traced`: with traced money. `untraced`: with a sum, but without traced money."""
    since: int | None = None
    until: int | None = None
    currency: str = ""
    """Only sums of this currency. Without it, sums are not compared."""
    at_least: int | None = None
    at_most: int | None = None
    page: int = 1
    convert: str = ""
    words: list[str] = field(default_factory=list)
    faults: dict[str, Lazy | str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    """The text that was typed for whole numbers, so that the form shows it again after an error."""

    def matching(self, almanac: Almanac) -> list[Outcome]:
        """Return the outcomes that match, the newest first.

        Starts with the shortest list that contains all of them and applies one filter after another.
        """
        outcomes = almanac.remember(("kind", self.kind), lambda: _outcomes_of_kind(almanac, self.kind))
        lists = [outcomes_by_value.get(value, []) for value, outcomes_by_value in self._lists(almanac) if value]
        if lists and len(shortest := min(lists, key=len)) < len(outcomes):
            outcomes = [outcome for outcome in shortest if self._is_of_kind(outcome)]
        if self.by:
            outcomes = [outcome for outcome in outcomes if self.by in outcome.by]
        if self.to:
            outcomes = [outcome for outcome in outcomes if self.to in outcome.to]
        for name in ("topic", "state", "format", "origin"):
            if value := getattr(self, name):
                value_of = attrgetter(name)
                outcomes = [outcome for outcome in outcomes if value_of(outcome) == value]
        outcomes = self._in_time(outcomes)
        if self.currency or self.money:
            outcomes = [outcome for outcome in outcomes if self._in_money(almanac, outcome)]
        return outcomes[::-1]

    def _lists(self, almanac: Almanac) -> tuple[tuple[str, dict[str, list[Outcome]]], ...]:
        return (self.by, almanac.promised_by), (self.to, almanac.promised_to), (self.topic, almanac.of_topic)

    def _is_of_kind(self, outcome: Outcome) -> bool:
        return outcome.kind == self.kind if self.kind else outcome.kind in DEFAULT_KINDS

    @property
    def narrow_beyond_kind(self) -> bool:
        """Whether any filter but the kind is set."""
        return bool(self.link_values().keys() - {"kind", "in"})

    def _in_time(self, outcomes: list[Outcome]) -> list[Outcome]:
        # Days are strings that begin with the four digits of the year, so string comparison is right.
        if self.since is not None:
            first = f"{self.since:04}"
            outcomes = [outcome for outcome in outcomes if outcome.day >= first]
        if self.until is not None:
            after = f"{self.until + 1:04}"
            outcomes = [outcome for outcome in outcomes if outcome.day < after]
        return outcomes

    def _in_money(self, almanac: Almanac, outcome: Outcome) -> bool:
        if self.currency and not self._in_amount(outcome):
            return False
        if not self.money:
            return True
        is_traced = bool(traced(almanac, outcome))
        has_sum = outcome.amount is not None
        return {"named": has_sum, "traced": is_traced, "untraced": has_sum and not is_traced}[self.money]

    def _in_amount(self, outcome: Outcome) -> bool:
        amount = outcome.amount
        return (
            amount is not None
            and amount["currency"] == self.currency
            and (self.at_least is None or amount["value"] >= self.at_least)
            and (self.at_most is None or amount["value"] <= self.at_most)
        )

    @property
    def narrow(self) -> bool:
        """Whether any filter is set."""
        return bool(self.link_values())

    def link_values(self) -> dict[str, Any]:
        """The filters as query parameters of a link, without the page."""
        values = {name: getattr(self, name) for name in (*_CHOSEN, "money", *_NUMBERS)}
        values["in"] = self.convert
        return {name: value for name, value in values.items() if value not in {"", None}}

    def link(self, **changes: Any) -> str:
        """The ledger's address with these filters, after some changes."""
        values = self.link_values() | {name: value for name, value in changes.items() if value}
        values = {name: value for name, value in values.items() if changes.get(name, value)}
        return "/ledger" + (f"?{urlencode(values)}" if values else "")


def _outcomes_of_kind(almanac: Almanac, kind: str) -> list[Outcome]:
    return [
        outcome for outcome in almanac.outcomes if (outcome.kind == kind if kind else outcome.kind in DEFAULT_KINDS)
    ]


_CHOSEN = ("by", "to", "topic", "state", "kind", "format", "origin", "currency")
_NUMBERS = {"since": (1900, 2200), "until": (1900, 2200), "at_least": (0, MOST), "at_most": (0, MOST)}
"""Filters that are whole numbers, with the smallest and the greatest allowed value."""
_MONEY = ("named", "traced", "untraced")


def parse_filter(params: Mapping[str, str], almanac: Almanac, currencies: tuple[str, ...]) -> LedgerFilter:
    """Read the filters from query parameters. An invalid one is reported in `faults` and left out."""
    ledger_filter = LedgerFilter()
    choices: dict[str, Any] = {
        "topic": TOPICS, "state": DELIVERY_STATUSES, "kind": OUTCOME_KINDS, "format": almanac.formats,
        "origin": ("held", "reported"), "money": _MONEY, "currency": CURRENCIES,
    }  # fmt: skip
    for name in (*_CHOSEN, "money"):
        value = params.get(name, "").strip()
        if value and (value not in choices[name] if name in choices else len(value) > LONGEST_CODE):
            ledger_filter.faults[name] = lazy("This is not one of the choices.")
        elif value and name in {"by", "to"} and not is_party(almanac, value):
            ledger_filter.faults[name] = NO_PARTY
        else:
            setattr(ledger_filter, name, value)
    for name, (least, most) in _NUMBERS.items():
        value = params.get(name, "").strip()
        if not value:
            continue
        ledger_filter.typed[name] = value[:LONGEST_CODE]
        if not value.isascii() or not value.isdigit():
            ledger_filter.faults[name] = lazy("A whole number is needed.")
        elif len(value) > LONGEST_NUMBER or int(value) > most:
            ledger_filter.faults[name] = lazy("The number is too large.")
        elif int(value) < least:
            ledger_filter.faults[name] = lazy("The number is too small.")
        else:
            setattr(ledger_filter, name, int(value))
    _check_amounts(ledger_filter)
    convert = params.get("in", "").strip()
    if convert and convert not in currencies:
        ledger_filter.faults["in"] = lazy("This is not one of the choices.")
    else:
        ledger_filter.convert = convert
    return ledger_filter


def is_party(almanac: Almanac, code: str) -> bool:
    """Whether a code belongs to a known state, or to a party to a promise in the record."""
    return is_known(code) or code in almanac.promised_by or code in almanac.promised_to


def _check_amounts(ledger_filter: LedgerFilter) -> None:
    """Check the bounds of the amount. Bounds without a currency, or the wrong way round, are reported in `faults`."""
    least, most = ledger_filter.at_least, ledger_filter.at_most
    if least is None and most is None:
        return
    if not ledger_filter.currency:
        ledger_filter.faults.setdefault(
            "currency", lazy("Choose a currency too: sums of different currencies are not compared.")
        )
    elif least is not None and most is not None and least > most:
        ledger_filter.faults["at_most"] = lazy("This is less than the least amount that you ask for.")
    else:
        return
    ledger_filter.at_least = ledger_filter.at_most = None
