"""The register of acts: name, rule, who may, who may see, input, effect, and how an entry of it reads."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar, get_args, get_origin

from sqlalchemy.orm import Session

from suhbat.acts.actors import Actor, Role, Seat
from suhbat.acts.bodies import Body, read_body
from suhbat.acts.inputs import Input
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.register import Register, TwiceError, add_once
from suhbat.ground.settings import Settings
from suhbat.record.entries import Entry
from suhbat.record.reading import PARTICIPANTS

W = TypeVar("W", bound=Input)
B = TypeVar("B")


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
class Decision(Generic[B]):
    """What a rule decides: the entry's body, and what departs from the act's usual form."""

    body: B
    audience: str = ""
    """Another audience than the act's own."""
    format: str = ""
    meeting: str = ""
    """Where the act belongs, if its input does not name it (a meeting that is just being convened)."""
    releases: tuple[int, ...] = ()
    """Numbers of closed entries that this act makes public."""
    reply: dict[str, Any] = field(default_factory=dict)
    """What the actor alone is told and the record does not keep, such as an invitation's secret."""
    afterwards: Callable[[], dict[str, Any]] | None = None
    """What is still to be done once the act is durably kept, such as mailing a letter. What it returns is added to
    the reply. It must not fail: the act stands whatever becomes of it."""


Guard = Callable[..., None]
"""Called with who asks, the place, and the loaded thing that the act is about. Refuses, or returns nothing."""
Rule = Callable[[Occasion, Any], Any]
"""Returns the body of the entry, or a decision that holds it."""
Effect = Callable[..., None]
"""Called with the session, the entry and its body."""
Phrase = Callable[..., str]
"""Called with the entry and its body."""
Follow = Callable[..., Iterable[tuple[str, Input]]]
"""Called with the session, the entry and its body."""


@dataclass
class Act(Generic[W]):
    """An act as its room registered it; effect and phrase are added where they are written."""

    name: str
    title: Lazy
    by: frozenset[Role]
    audience: str
    input_type: type[W]
    decide: Rule
    rehearsal: bool = False
    """Whether the act is there only where rehearsals are switched on."""
    body_type: type[Body] | None = None
    """None where the record keeps a plain object, whose shape others tell."""
    effect: Effect | None = None
    phrase: Phrase | None = None

    @property
    def rule(self) -> str:
        """The act's rule, as a diplomat reads it."""
        return inspect.getdoc(self.decide) or ""


REGISTRY: Register[Act[Any]] = Register("acts")
"""All acts by name."""
GUARDS: Register[Guard] = Register("guards of acts")
"""By act: what has to hold before it can be done at all."""
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
        inputs = next(kind for kind in hints.values() if isinstance(kind, type) and issubclass(kind, Input))
        body = _body_type(hints.get("return"))
        said = lazy(title, context=context)
        REGISTRY[name] = Act(name, said, frozenset(by), audience, inputs, rule, rehearsal, body)
        return rule

    return register


def _body_type(returned: Any) -> type[Body] | None:
    """What a rule returns as the entry's body: alone, or within its decision."""
    kind = get_args(returned)[0] if get_origin(returned) is Decision else returned
    return kind if isinstance(kind, type) and issubclass(kind, Body) else None


def body_of(entry: Entry) -> Any:
    """The body of an entry: of the type that the act's rule returns, or the plain object that was kept."""
    known = REGISTRY[entry.act]
    return read_body(entry, known.body_type) if known.body_type else entry.body


G = TypeVar("G", bound=Guard)


def guard(*names: str) -> Callable[[G], G]:
    """Register what has to hold before an act can be done. The rule calls it first; every offer of the act asks it too.

    It is given who asks (a `Viewer`), the place (the meeting or format) and the loaded thing the act is about, and
    raises a refusal. It has no session and makes no query, so that a page can ask it for every row of a list; and it
    knows nothing that a person has still to enter.
    """

    def register(what: G) -> G:
        for name in names:
            GUARDS[name] = what
        return what

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

    It is given the session and the entry, and names further acts with their inputs, which the system performs. What
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


@cache
def _parameters(what: Callable[..., Any]) -> int:
    return len(inspect.signature(what).parameters)


def told(what: Callable[..., Any], *given: Any) -> Any:
    """Call an effect, a phrase or what follows; those that do not ask for the body get none."""
    return what(*given[: _parameters(what)])


def say(entry: Entry) -> str:
    """An entry as a sentence; an act without a phrase is named by its title."""
    known = REGISTRY.get(entry.act)
    if known is None:
        return entry.act
    return str(told(known.phrase, entry, body_of(entry))) if known.phrase else str(known.title)
