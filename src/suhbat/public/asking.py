"""What a reader asks of the ledger: filters that can be saved as a link. What makes no sense is said, not guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from suhbat.formats.topics import TOPICS
from suhbat.ground.language import Lazy, lazy
from suhbat.public.almanac import Almanac
from suhbat.public.facts import Outcome
from suhbat.public.sums import traced
from suhbat.public.words import KINDS, STATES

DEFAULT_KINDS = ("pledge", "decision", "recommendation", "project")
PER_PAGE = 40
MOST_PAGES = 100_000
LONGEST_CODE = 20


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
    at_least: int | None = None
    page: int = 1
    convert: str = ""
    words: list[str] = field(default_factory=list)
    faults: dict[str, Lazy] = field(default_factory=dict)

    def among(self, known: Almanac) -> list[Outcome]:
        """The outcomes that were asked for, the newest first; looked for in the shortest list that has them all."""
        lists = [known.remember(("kind", self.kind), lambda: _of_kind(known, self.kind))]
        for chosen, of in ((self.by, known.promised_by), (self.to, known.promised_to), (self.topic, known.of_topic)):
            if chosen:
                lists.append(of.get(chosen, []))
        shortest = min(lists, key=len)
        if not (self.narrow_beyond_kind or len(lists) > 1):
            return list(reversed(shortest))
        return [each for each in reversed(shortest) if self.fits(known, each)]

    def fits(self, known: Almanac, outcome: Outcome) -> bool:
        """Whether an outcome is among what was asked for."""
        return (
            (outcome.kind == self.kind if self.kind else outcome.kind in DEFAULT_KINDS)
            and (not self.by or self.by in outcome.by)
            and (not self.to or self.to in outcome.to)
            and (not self.topic or self.topic == outcome.topic)
            and (not self.state or self.state == outcome.state)
            and (not self.format or self.format == outcome.format)
            and (not self.origin or self.origin == outcome.origin)
            and self._in_time(outcome)
            and self._in_money(known, outcome)
        )

    @property
    def narrow_beyond_kind(self) -> bool:
        """Whether more than a kind was asked for."""
        return bool(self.link_values().keys() - {"kind", "in"})

    def _in_time(self, outcome: Outcome) -> bool:
        year = int(outcome.day[:4])
        return (self.since is None or year >= self.since) and (self.until is None or year <= self.until)

    def _in_money(self, known: Almanac, outcome: Outcome) -> bool:
        if self.at_least is not None and (not outcome.amount or outcome.amount["value"] < self.at_least):
            return False
        if not self.money:
            return True
        found = bool(traced(known, outcome))
        named = outcome.amount is not None
        return {"named": named, "traced": found, "untraced": named and not found}[self.money]

    @property
    def narrow(self) -> bool:
        """Whether anything was asked for at all."""
        return bool(self.link_values())

    def link_values(self) -> dict[str, Any]:
        """The filters as they stand in a link, page left out."""
        values = {name: getattr(self, name) for name in (*_CHOSEN, "money", "since", "until", "at_least")}
        values["in"] = self.convert
        return {name: value for name, value in values.items() if value not in {"", None}}

    def link(self, **changed: Any) -> str:
        """The ledger's address with these filters, some changed."""
        values = self.link_values() | {name: value for name, value in changed.items() if value}
        values = {name: value for name, value in values.items() if changed.get(name, value)}
        return "/ledger" + (f"?{urlencode(values)}" if values else "")


def _of_kind(known: Almanac, kind: str) -> list[Outcome]:
    return [each for each in known.outcomes if (each.kind == kind if kind else each.kind in DEFAULT_KINDS)]


_CHOSEN = ("by", "to", "topic", "state", "kind", "format", "origin")
_MONEY = ("named", "traced", "untraced")


def ask(given: Mapping[str, str], known: Almanac, currencies: tuple[str, ...]) -> Question:
    """Read the filters of a link. One that fits nothing is named as a fault and left out."""
    question = Question()
    choices: dict[str, Any] = {
        "topic": TOPICS, "state": STATES, "kind": KINDS, "format": known.formats, "origin": ("held", "reported"),
        "money": _MONEY,
    }  # fmt: skip
    for name in (*_CHOSEN, "money"):
        value = given.get(name, "").strip()
        if value and (value not in choices[name] if name in choices else len(value) > LONGEST_CODE):
            question.faults[name] = lazy("This is not one of the choices.")
        else:
            setattr(question, name, value)
    for name, least, most in (
        ("since", 1900, 2200),
        ("until", 1900, 2200),
        ("at_least", 0, 10**15),
        ("page", 1, MOST_PAGES),
    ):
        value = given.get(name, "").strip()
        if not value:
            continue
        if not value.isascii() or not value.isdigit() or len(value) > 16 or not least <= int(value) <= most:  # noqa: PLR2004
            question.faults[name] = lazy("A whole number is needed.")
        else:
            setattr(question, name, int(value))
    chosen = given.get("in", "").strip()
    if chosen and chosen not in currencies:
        question.faults["in"] = lazy("This is not one of the choices.")
    else:
        question.convert = chosen
    return question
