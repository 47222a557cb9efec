"""What a reader asks of the ledger: filters that can be saved as a link. What makes no sense is said, not guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from suhbat.formats.state_names import is_known
from suhbat.formats.topics import TOPICS
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.money import CURRENCIES, MOST
from suhbat.public.presentation.code_labels import KINDS, STATES
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.amounts import traced
from suhbat.public.read_model.facts import Outcome

DEFAULT_KINDS = ("pledge", "decision", "recommendation", "project")
PER_PAGE = 40
LONGEST_CODE = 20
LONGEST_NUMBER = 16
NO_PARTY = lazy("There is no such state or party in the record.")


@dataclass
class Question:
    """Filters of the ledger; empty ones let everything through."""

    by: str = ""
    to: str = ""
    topic: str = ""
    state: str = ""
    kind: str = ""
    format: str = ""
    origin: str = ""
    money: str = ""
    """`named` a sum was named, `traced` money was traced, `untraced` a sum was named and none of it traced."""
    since: int | None = None
    until: int | None = None
    currency: str = ""
    """Sums of this currency alone; without one, no sum is weighed against another."""
    at_least: int | None = None
    at_most: int | None = None
    page: int = 1
    convert: str = ""
    words: list[str] = field(default_factory=list)
    faults: dict[str, Lazy | str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    """What was typed for the whole numbers, so that a form with a fault comes back as it was sent."""

    def among(self, known: Almanac) -> list[Outcome]:
        """The outcomes that were asked for, the newest first.

        Looked for in the shortest list that has them all, and narrowed by one condition after another.
        """
        found = known.remember(("kind", self.kind), lambda: _of_kind(known, self.kind))
        lists = [of.get(chosen, []) for chosen, of in self._listed(known) if chosen]
        if lists and len(shortest := min(lists, key=len)) < len(found):
            found = [each for each in shortest if self._of_this_kind(each)]
        if self.by:
            found = [each for each in found if self.by in each.by]
        if self.to:
            found = [each for each in found if self.to in each.to]
        for name in ("topic", "state", "format", "origin"):
            if wanted := getattr(self, name):
                of = attrgetter(name)
                found = [each for each in found if of(each) == wanted]
        found = self._in_time(found)
        if self.currency or self.money:
            found = [each for each in found if self._in_money(known, each)]
        return found[::-1]

    def _listed(self, known: Almanac) -> tuple[tuple[str, dict[str, list[Outcome]]], ...]:
        return (self.by, known.promised_by), (self.to, known.promised_to), (self.topic, known.of_topic)

    def _of_this_kind(self, outcome: Outcome) -> bool:
        return outcome.kind == self.kind if self.kind else outcome.kind in DEFAULT_KINDS

    @property
    def narrow_beyond_kind(self) -> bool:
        """Whether more than a kind was asked for."""
        return bool(self.link_values().keys() - {"kind", "in"})

    def _in_time(self, found: list[Outcome]) -> list[Outcome]:
        # Days are texts that begin with the year in four figures: they are compared as they stand.
        if self.since is not None:
            first = f"{self.since:04}"
            found = [each for each in found if each.day >= first]
        if self.until is not None:
            after = f"{self.until + 1:04}"
            found = [each for each in found if each.day < after]
        return found

    def _in_money(self, known: Almanac, outcome: Outcome) -> bool:
        if self.currency and not self._in_amount(outcome):
            return False
        if not self.money:
            return True
        found = bool(traced(known, outcome))
        named = outcome.amount is not None
        return {"named": named, "traced": found, "untraced": named and not found}[self.money]

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
        """Whether anything was asked for at all."""
        return bool(self.link_values())

    def link_values(self) -> dict[str, Any]:
        """The filters as they stand in a link, page left out."""
        values = {name: getattr(self, name) for name in (*_CHOSEN, "money", *_NUMBERS)}
        values["in"] = self.convert
        return {name: value for name, value in values.items() if value not in {"", None}}

    def link(self, **changed: Any) -> str:
        """The ledger's address with these filters, some changed."""
        values = self.link_values() | {name: value for name, value in changed.items() if value}
        values = {name: value for name, value in values.items() if changed.get(name, value)}
        return "/ledger" + (f"?{urlencode(values)}" if values else "")


def _of_kind(known: Almanac, kind: str) -> list[Outcome]:
    return [each for each in known.outcomes if (each.kind == kind if kind else each.kind in DEFAULT_KINDS)]


_CHOSEN = ("by", "to", "topic", "state", "kind", "format", "origin", "currency")
_NUMBERS = {"since": (1900, 2200), "until": (1900, 2200), "at_least": (0, MOST), "at_most": (0, MOST)}
"""Filters that are whole numbers, the least and the greatest that makes sense."""
_MONEY = ("named", "traced", "untraced")


def ask(given: Mapping[str, str], known: Almanac, currencies: tuple[str, ...]) -> Question:
    """Read the filters of a link. One that fits nothing is named as a fault and left out."""
    question = Question()
    choices: dict[str, Any] = {
        "topic": TOPICS, "state": STATES, "kind": KINDS, "format": known.formats, "origin": ("held", "reported"),
        "money": _MONEY, "currency": CURRENCIES,
    }  # fmt: skip
    for name in (*_CHOSEN, "money"):
        value = given.get(name, "").strip()
        if value and (value not in choices[name] if name in choices else len(value) > LONGEST_CODE):
            question.faults[name] = lazy("This is not one of the choices.")
        elif value and name in {"by", "to"} and not is_party(known, value):
            question.faults[name] = NO_PARTY
        else:
            setattr(question, name, value)
    for name, (least, most) in _NUMBERS.items():
        value = given.get(name, "").strip()
        if not value:
            continue
        question.typed[name] = value[:LONGEST_CODE]
        if not value.isascii() or not value.isdigit():
            question.faults[name] = lazy("A whole number is needed.")
        elif len(value) > LONGEST_NUMBER or int(value) > most:
            question.faults[name] = lazy("This is more than can be.")
        elif int(value) < least:
            question.faults[name] = lazy("This is less than can be.")
        else:
            setattr(question, name, int(value))
    _look_at_amounts(question)
    chosen = given.get("in", "").strip()
    if chosen and chosen not in currencies:
        question.faults["in"] = lazy("This is not one of the choices.")
    else:
        question.convert = chosen
    return question


def is_party(known: Almanac, code: str) -> bool:
    """Whether anyone has this code: a state, or who promised or was promised something in the record."""
    return is_known(code) or code in known.promised_by or code in known.promised_to


def _look_at_amounts(question: Question) -> None:
    """Yen are not weighed against dollars: bounds without a currency, or the wrong way round, are named as faults."""
    least, most = question.at_least, question.at_most
    if least is None and most is None:
        return
    if not question.currency:
        question.faults.setdefault(
            "currency", lazy("Choose a currency too: sums of different currencies are not compared.")
        )
    elif least is not None and most is not None and least > most:
        question.faults["at_most"] = lazy("This is less than the least amount that you ask for.")
    else:
        return
    question.at_least = question.at_most = None
