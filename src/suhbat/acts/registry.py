"""The register of acts: name, rule, roles, audience, input, body, guard, effects and phrase."""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar, get_args, get_origin

from sqlalchemy.orm import Session

from suhbat.acts.bodies import Body, read_body
from suhbat.acts.inputs import Input
from suhbat.acts.roles_and_seats import Actor, Role, Seat
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.register import Register, TwiceError, add_once
from suhbat.ground.settings import Settings
from suhbat.record.audiences import PARTICIPANTS
from suhbat.record.entries import Entry

W = TypeVar("W", bound=Input)
B = TypeVar("B")


@dataclass(frozen=True)
class Occasion:
    """The circumstances of an act: the session, the actor, the actor's seat, and the time."""

    session: Session
    actor: Actor
    seat: Seat
    now: datetime
    settings: Settings

    @property
    def delegation(self) -> str:
        """The state for which the actor acts; empty if none."""
        return self.seat.state


@dataclass(frozen=True)
class Decision(Generic[B]):
    """What a rule decides: the entry's body, and what differs from the act's defaults."""

    body: B
    audience: str = ""
    """The audience, if it is not the act's own."""
    format: str = ""
    meeting: str = ""
    """The place of the act, if its input does not name it (for example a meeting that is being convened)."""
    releases: tuple[int, ...] = ()
    """Numbers of closed entries that this act makes public. It is public itself: whoever has them has it too."""
    reply: dict[str, Any] = field(default_factory=dict)
    """What only the actor is shown and the record does not keep, such as an invitation's secret."""
    afterwards: Callable[[], dict[str, Any]] | None = None
    """What is to be done after the commit, such as mailing a letter. Its result is added to the reply. If it fails, the
    act stands nevertheless."""


Guard = Callable[..., None]
"""Called with the viewer, the place, and the loaded object that the act is about. Refuses, or returns nothing."""
Rule = Callable[[Occasion, Any], Any]
"""Returns the body of the entry, or a decision that contains it."""
Effect = Callable[..., None]
"""Called with the session, the entry and its body."""
Phrase = Callable[..., str]
"""Called with the entry and its body."""
Follow = Callable[..., Iterable[tuple[str, Input]]]
"""Called with the session, the entry and its body."""


@dataclass
class Act(Generic[W]):
    """An act as its package registered it. Effect and phrase are added by their own decorators."""

    name: str
    title: Lazy
    by: frozenset[Role]
    audience: str
    input_type: type[W]
    decide: Rule
    rehearsal: bool = False
    """Whether the act exists only where rehearsals are switched on."""
    from_meetings: bool = False
    """Whether seats at a format's meetings count for this act in the format."""
    body_type: type[Body] | None = None
    """None if the record keeps a plain object without a type of its own."""
    effect: Effect | None = None
    on_release: bool = False
    """Whether the effect also takes place for a reader who is given an entry of this act by its release."""
    phrase: Phrase | None = None

    @property
    def rule(self) -> str:
        """The act's rule, as a diplomat reads it."""
        return inspect.getdoc(self.decide) or ""


REGISTRY: Register[Act[Any]] = Register("acts")
"""All acts by name."""
GUARDS: Register[Guard] = Register("guards of acts")
"""By act: what must hold before the act can be done."""
FURTHER: dict[str, list[Effect]] = {}
"""By act: the effects that other packages add."""
FOLLOWS: dict[str, list[Follow]] = {}
"""By act: the acts that the system performs next."""
D = TypeVar("D", bound=Rule)


def act(
    name: str,
    title: str,
    *,
    by: Iterable[Role],
    audience: str = PARTICIPANTS,
    rehearsal: bool = False,
    from_meetings: bool = False,
    context: str = "",
) -> Callable[[D], D]:
    """Register a rule under its act's name. Its second parameter's type is the act's input.

    `context` explains the title to translators if its English words have several meanings.
    """

    def register(rule: D) -> D:
        hints = inspect.get_annotations(rule, eval_str=True)
        inputs = next(kind for kind in hints.values() if isinstance(kind, type) and issubclass(kind, Input))
        body = _body_type(hints.get("return"))
        label = lazy(title, context=context)
        REGISTRY[name] = Act(name, label, frozenset(by), audience, inputs, rule, rehearsal, from_meetings, body)
        return rule

    return register


def _body_type(returned: Any) -> type[Body] | None:
    """The type of the body that a rule returns, alone or in a decision."""
    kind = get_args(returned)[0] if get_origin(returned) is Decision else returned
    return kind if isinstance(kind, type) and issubclass(kind, Body) else None


def body_of(entry: Entry) -> Any:
    """The body of an entry: of the type that the act's rule returns, or the plain object that was recorded."""
    act = REGISTRY[entry.act]
    return read_body(entry, act.body_type) if act.body_type else entry.body


G = TypeVar("G", bound=Guard)


def guard(*names: str) -> Callable[[G], G]:
    """Register what must hold before an act can be done. The rule calls it first, and every page that offers the act.

    A guard gets the viewer, the place (the meeting or format) and the loaded object that the act is about, and raises a
    refusal. It has no session and makes no query, so a page can call it for every row of a list. It does not get the
    input, because at that point nothing has been entered.
    """

    def register(function: G) -> G:
        for name in names:
            GUARDS[name] = function
        return function

    return register


def effect(name: str, *, on_release: bool = False) -> Callable[[Effect], Effect]:
    """Register what an entry of this act changes in the tables.

    It needs only entries that its own readers may see. With `on_release`, whoever may see the entry only since a later
    entry released it has the effect then, right after that of the releasing entry.
    """

    def register(function: Effect) -> Effect:
        if REGISTRY[name].effect:
            raise TwiceError(f"two effects are of the act {name}")
        REGISTRY[name].effect, REGISTRY[name].on_release = function, on_release
        return function

    return register


def further_effect(name: str) -> Callable[[Effect], Effect]:
    """Register what an entry of another package's act changes in this one's tables. Runs after the act's own effect."""

    def register(function: Effect) -> Effect:
        add_once(FURTHER.setdefault(name, []), function, f"the further effects of {name}")
        return function

    return register


def follow(name: str) -> Callable[[Follow], Follow]:
    """Register what the system does right after an act, in the same transaction.

    The function gets the session and the entry, and returns further acts with their inputs, which the system performs.
    They must not prevent the first act: if they fail, they are left out, and a person can perform them by hand.
    """

    def register(function: Follow) -> Follow:
        add_once(FOLLOWS.setdefault(name, []), function, f"what follows {name}")
        return function

    return register


def phrase(name: str) -> Callable[[Phrase], Phrase]:
    """Register the sentence for an entry of this act in the live record, in the reader's language."""

    def register(function: Phrase) -> Phrase:
        if REGISTRY[name].phrase:
            raise TwiceError(f"two phrases are of the act {name}")
        REGISTRY[name].phrase = function
        return function

    return register


@cache
def _parameters(function: Callable[..., Any]) -> int:
    return len(inspect.signature(function).parameters)


def call_handler(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call an effect, a phrase or a follow-up. One that has no parameter for the body does not get it."""
    return function(*arguments[: _parameters(function)])


def say(entry: Entry) -> str:
    """An entry as a sentence. An act without a phrase is named by its title."""
    act = REGISTRY.get(entry.act)
    if act is None:
        return entry.act
    return str(call_handler(act.phrase, entry, body_of(entry))) if act.phrase else str(act.title)
