"""The register of acts: name, rule, who may, who may see, input, effect, and how an entry of it reads."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from suhbat.acts.actors import Actor, Role, Seat
from suhbat.acts.inputs import Wish
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.registers import Register, TwiceError, add_once
from suhbat.ground.settings import Settings
from suhbat.record.entries import Entry
from suhbat.record.reading import PARTICIPANTS

W = TypeVar("W", bound=Wish)


@dataclass(frozen=True)
class Occasion:
    """Where an act takes place: the tables as they stand, the actor in the seat that may, and the moment."""

    session: Session
    actor: Actor
    seat: Seat
    now: datetime
    settings: Settings

    @property
    def delegation(self) -> str:
        """The state for which the actor acts; empty if for none."""
        return self.seat.state


@dataclass(frozen=True)
class Decision:
    """What a rule decides: the entry's body, and what departs from the act's usual form."""

    body: dict[str, Any]
    audience: str = ""
    """Another audience than the act's own."""
    format: str = ""
    meeting: str = ""
    """Where the act belongs, if its wish does not name it (a meeting that is just being convened)."""
    releases: tuple[int, ...] = ()
    """Numbers of closed entries that this act makes public."""
    reply: dict[str, Any] = field(default_factory=dict)
    """What the actor alone is told and the record does not keep, such as an invitation's secret."""
    afterwards: Callable[[], dict[str, Any]] | None = None
    """What is still to be done once the act is durably kept, such as mailing a letter. What it returns is added to
    the reply. It must not fail: the act stands whatever becomes of it."""


Rule = Callable[[Occasion, Any], Decision | dict[str, Any]]
Effect = Callable[[Session, Entry], None]
Phrase = Callable[[Entry], str]
Follow = Callable[[Session, Entry], Iterable[tuple[str, Wish]]]


@dataclass
class Act(Generic[W]):
    """An act as its room registered it; effect and phrase are added where they are written."""

    name: str
    title: Lazy
    by: frozenset[Role]
    audience: str
    wish: type[W]
    decide: Rule
    rehearsal: bool = False
    """Whether the act is there only where rehearsals are switched on."""
    effect: Effect | None = None
    phrase: Phrase | None = None

    @property
    def rule(self) -> str:
        """The act's rule, as a diplomat reads it."""
        return inspect.getdoc(self.decide) or ""


REGISTRY: Register[Act[Any]] = Register("acts")
"""All acts by name."""
FURTHER: dict[str, list[Effect]] = {}
"""By act: what an entry means for rooms beside the one whose act it is."""
FOLLOWS: dict[str, list[Follow]] = {}
"""By act: the acts that the house itself performs next."""
D = TypeVar("D", bound=Rule)


def act(
    name: str,
    title: str,
    *,
    by: Iterable[Role],
    audience: str = PARTICIPANTS,
    rehearsal: bool = False,
    context: str = "",
) -> Callable[[D], D]:
    """Register a rule under its act's name. Its second parameter's type is the act's input.

    `context` says for translators what the title is said of, where its English words have several meanings.
    """

    def register(rule: D) -> D:
        hints = inspect.get_annotations(rule, eval_str=True)
        wish = next(kind for kind in hints.values() if isinstance(kind, type) and issubclass(kind, Wish))
        REGISTRY[name] = Act(name, lazy(title, context=context), frozenset(by), audience, wish, rule, rehearsal)
        return rule

    return register


def effect(name: str) -> Callable[[Effect], Effect]:
    """Register what an entry of this act means for the tables."""

    def register(what: Effect) -> Effect:
        if REGISTRY[name].effect:
            raise TwiceError(f"two effects are of the act {name}")
        REGISTRY[name].effect = what
        return what

    return register


def further_effect(name: str) -> Callable[[Effect], Effect]:
    """Register what an entry of another room's act means for this room's tables; runs after the act's own effect."""

    def register(what: Effect) -> Effect:
        add_once(FURTHER.setdefault(name, []), what, f"the further effects of {name}")
        return what

    return register


def follow(name: str) -> Callable[[Follow], Follow]:
    """Register what the house itself does right after an act, in the same transaction.

    It is given the session and the entry, and names further acts with their wishes, which the system performs. What
    follows must not stand in the way of what was done: if it fails, it is left out, and a person can do it by hand.
    """

    def register(what: Follow) -> Follow:
        add_once(FOLLOWS.setdefault(name, []), what, f"what follows {name}")
        return what

    return register


def phrase(name: str) -> Callable[[Phrase], Phrase]:
    """Register how an entry of this act reads in the live record: one plain sentence in the reader's language."""

    def register(how: Phrase) -> Phrase:
        if REGISTRY[name].phrase:
            raise TwiceError(f"two phrases are of the act {name}")
        REGISTRY[name].phrase = how
        return how

    return register


def say(entry: Entry) -> str:
    """An entry as a sentence; an act without a phrase is named by its title."""
    known = REGISTRY.get(entry.act)
    if known is None:
        return entry.act
    return known.phrase(entry) if known.phrase else str(known.title)
