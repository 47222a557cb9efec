"""Relations between objects of packages that are in the same layer and may not import one another.

A pledge is made in one package, and a paragraph of another package puts it into words. The package that has the objects
of a kind registers their names and addresses; a package whose objects point to them registers these pointers. Each
function is called once for all ids of a page and returns only what the reader may know.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.register import Register, add_once


@dataclass(frozen=True)
class Related:
    """One object as the page of another object shows it."""

    title: str
    page: str
    """Its address on this server, without a language."""
    quote: str = ""
    language: str = ""
    offers: bool = False
    """Whether this is not a relation yet, but a form to make one."""


Namer = Callable[[Session, Viewer, list[str]], Mapping[str, Related]]
Pointer = Callable[[Session, Viewer, list[str]], Mapping[str, list[Related]]]
_NAMERS: Register[Namer] = Register("namers of objects")
_POINTERS: dict[str, list[Pointer]] = {}


def names(kind: str) -> Callable[[Namer], Namer]:
    """Register the function that names objects of a kind."""

    def register(namer: Namer) -> Namer:
        _NAMERS[kind] = namer
        return namer

    return register


def points_to(kind: str) -> Callable[[Pointer], Pointer]:
    """Register the function that finds what points to objects of a kind."""

    def register(pointer: Pointer) -> Pointer:
        add_once(_POINTERS.setdefault(kind, []), pointer, f"what points to {kind}")
        return pointer

    return register


def named(session: Session, actor: Viewer, kind: str, ids: Iterable[str]) -> Mapping[str, Related]:
    """By id: the objects of this kind that the reader may know of."""
    unique_ids = list(dict.fromkeys(ids))
    return _NAMERS[kind](session, actor, unique_ids) if unique_ids and kind in _NAMERS else {}


def pointing_to(session: Session, actor: Viewer, kind: str, ids: Iterable[str]) -> dict[str, list[Related]]:
    """By id: the objects that point to an object of this kind, and that the reader may know of."""
    unique_ids = list(dict.fromkeys(ids))
    pointers_by_id: dict[str, list[Related]] = {id_: [] for id_ in unique_ids}
    for pointer in _POINTERS.get(kind, ()) if unique_ids else ():
        for id_, pointers in pointer(session, actor, unique_ids).items():
            pointers_by_id[id_] += pointers
    return pointers_by_id
