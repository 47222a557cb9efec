"""Relations between things of rooms that stand side by side and may not import one another.

A pledge is made in one room and put into words in a paragraph of another. The room that knows things of a kind
registers how they are called and where they stand; a room whose things point to them registers what points there. Each
finder is asked once for all ids of a page and tells only what the reader may know.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.ground.register import Register, add_once


@dataclass(frozen=True)
class Related:
    """One thing as another's page names it."""

    title: str
    page: str
    """Its address in this house, without a language."""
    quote: str = ""
    language: str = ""
    offers: bool = False
    """Whether this is no relation yet but a form to make one."""


Namer = Callable[[Session, Viewer, list[str]], Mapping[str, Related]]
Pointer = Callable[[Session, Viewer, list[str]], Mapping[str, list[Related]]]
_NAMERS: Register[Namer] = Register("namers of things")
_POINTERS: dict[str, list[Pointer]] = {}


def names(kind: str) -> Callable[[Namer], Namer]:
    """Register the room that knows things of a kind."""

    def register(namer: Namer) -> Namer:
        _NAMERS[kind] = namer
        return namer

    return register


def points_to(kind: str) -> Callable[[Pointer], Pointer]:
    """Register what of a room points to things of a kind."""

    def register(pointer: Pointer) -> Pointer:
        add_once(_POINTERS.setdefault(kind, []), pointer, f"what points to {kind}")
        return pointer

    return register


def named(session: Session, actor: Viewer, kind: str, ids: Iterable[str]) -> Mapping[str, Related]:
    """By id, the things of this kind that the reader may know of."""
    wanted = list(dict.fromkeys(ids))
    return _NAMERS[kind](session, actor, wanted) if wanted and kind in _NAMERS else {}


def pointing_to(session: Session, actor: Viewer, kind: str, ids: Iterable[str]) -> dict[str, list[Related]]:
    """By id, what points to things of this kind and the reader may know of."""
    wanted = list(dict.fromkeys(ids))
    made: dict[str, list[Related]] = {each: [] for each in wanted}
    for pointer in _POINTERS.get(kind, ()) if wanted else ():
        for each, found in pointer(session, actor, wanted).items():
            made[each] += found
    return made
