"""Compiled text: the base with what delegations would have instead, in brackets, each with its holders.

Changes on different words stand apart. Changes on the same words stand side by side. Where one change covers others
it stands outside and they stay inside, in the words it would replace. Where changes overlap without one covering the
rest, each delegation's wording of the whole passage is shown beside the base.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from suhbat.texts.wording.difference import NEWEST, Edit, applied, difference
from suhbat.texts.wording.tokens import tokens


@dataclass(frozen=True, slots=True)
class Asked:
    """One proposal on one paragraph: who holds it, and the paragraph as they would have it."""

    proposal: str
    holders: tuple[str, ...]
    wording: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that some would have here; empty words mean: leave out."""

    holders: tuple[str, ...]
    words: str
    proposals: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A place that is not agreed: the base words (which may hold further groups) and the alternatives to them."""

    base: "tuple[Node, ...]"
    alternatives: tuple[Alternative, ...]
    space: str = ""
    """`before` or `after`: words that may be absent take one space with them, which is kept out of the bracket."""

    @property
    def may_be_absent(self) -> bool:
        """Whether one of the wordings is no words at all."""
        return not self.base or any(not each.words for each in self.alternatives)


Node: TypeAlias = str | Group
Compiled: TypeAlias = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class _Claim:
    edit: Edit
    proposal: str
    holders: tuple[str, ...]


def compiled(base: str, asked: Iterable[Asked], order: Sequence[str], version: int = NEWEST) -> Compiled:
    """The bracketed text. `order` is the protocol order of the delegations; it alone decides what stands first."""
    claims = [
        _Claim(edit, each.proposal, each.holders) for each in asked for edit in difference(base, each.wording, version)
    ]
    rank = {state: n for n, state in enumerate(order)}
    return _Compiler(tokens(base), rank).passage(0, len(tokens(base)), claims)


def as_held_by(nodes: Iterable[Node], delegation: str = "") -> str:
    """The text with everything this delegation asks for; with no name, the base."""
    made: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            made.append(node)
            continue
        own = next((a.words for a in node.alternatives if delegation in a.holders), None)
        words = as_held_by(node.base, delegation) if own is None else own
        lone = node.space if words else ""
        made.append((" " if lone == "before" else "") + words + (" " if lone == "after" else ""))
    return "".join(made)


def compatible(base: str, wordings: Sequence[str], version: int = NEWEST) -> bool:
    """Whether one delegation can hold all these at once: they touch different words, or do the same to them."""
    seen: list[Edit] = []
    for wording in wordings:
        fresh = difference(base, wording, version)
        if any(edit != other and edit.overlaps(other) for edit in fresh for other in seen):
            return False
        seen += fresh
    return True


def together(base: str, wordings: Iterable[str], version: int = NEWEST) -> str:
    """The base with several compatible wordings applied at once."""
    return applied(tokens(base), {edit for wording in wordings for edit in difference(base, wording, version)})


class _Compiler:
    def __init__(self, base: Sequence[str], rank: Mapping[str, int]) -> None:
        self._base = base
        self._rank: Callable[[str], tuple[int, str]] = lambda state: (rank.get(state, len(rank)), state)

    def passage(self, start: int, end: int, claims: list[_Claim]) -> Compiled:
        """Compile the words from `start` to `end` with the claims that lie within them."""
        made: list[Node] = []
        at = start
        for first, last, cluster in _clusters(claims):
            made += _text(self._base[at:first])
            group = self._group(first, last, cluster)
            beside = bool(made) and isinstance(made[-1], Group)
            made.append(_with_its_space_inside(group) if beside and group.space == "before" else group)
            at = last
        made += _text(self._base[at:end])
        return tuple(made)

    def _group(self, start: int, end: int, cluster: list[_Claim]) -> Group:
        whole = [claim for claim in cluster if (claim.edit.start, claim.edit.end) == (start, end)]
        if whole:
            within = [claim for claim in cluster if (claim.edit.start, claim.edit.end) != (start, end)]
            said = [(state, "".join(claim.edit.words), claim.proposal) for claim in whole for state in claim.holders]
            return _spaced(self.passage(start, end, within), self._alternatives(said))
        by_state: dict[str, list[_Claim]] = defaultdict(list)
        for claim in cluster:
            for state in claim.holders:
                by_state[state].append(claim)
        said = []
        for state, own in by_state.items():
            moved = [Edit(c.edit.start - start, c.edit.end - start, c.edit.words) for c in own]
            words = applied(self._base[start:end], moved)
            said += [(state, words, claim.proposal) for claim in own]
        return _spaced(_text(self._base[start:end]), self._alternatives(said))

    def _alternatives(self, said: Iterable[tuple[str, str, str]]) -> tuple[Alternative, ...]:
        """The same words from several delegations are one alternative with several holders."""
        holders: dict[str, set[str]] = defaultdict(set)
        proposals: dict[str, set[str]] = defaultdict(set)
        for state, words, proposal in said:
            holders[words].add(state)
            proposals[words].add(proposal)
        made = [
            Alternative(tuple(sorted(states, key=self._rank)), words, tuple(sorted(proposals[words])))
            for words, states in holders.items()
        ]
        return tuple(sorted(made, key=lambda each: ([self._rank(state) for state in each.holders], each.words)))


def _text(words: Sequence[str]) -> tuple[str, ...]:
    return ("".join(words),) if words else ()


def _spaced(base: Compiled, alternatives: tuple[Alternative, ...]) -> Group:
    """Take the space that comes and goes with words out of the bracket, if all of them have it on one side."""
    group = Group(base, alternatives)
    if not group.may_be_absent:
        return group
    words = [each.words for each in alternatives if each.words]
    first = [base[0] if isinstance(base[0], str) else ""] if base else []
    last = [base[-1] if isinstance(base[-1], str) else ""] if base else []
    if all(len(each) > 1 and each.endswith(" ") for each in [*words, *last]):
        trimmed = (*base[:-1], str(base[-1])[:-1]) if base else ()
        return Group(trimmed, tuple(replace(a, words=a.words[:-1]) for a in alternatives), "after")
    if all(len(each) > 1 and each.startswith(" ") for each in [*words, *first]):
        trimmed = (str(base[0])[1:], *base[1:]) if base else ()
        return Group(trimmed, tuple(replace(a, words=a.words[1:]) for a in alternatives), "before")
    return group


def _with_its_space_inside(group: Group) -> Group:
    """Directly after another bracket a space before would seem to belong to that one."""
    alternatives = (replace(a, words=" " + a.words if a.words else "") for a in group.alternatives)
    base = (" " + str(group.base[0]), *group.base[1:]) if group.base else ()
    return Group(base, tuple(alternatives))


def _clusters(claims: list[_Claim]) -> list[tuple[int, int, list[_Claim]]]:
    """Claims that overlap, directly or through others, with the words they cover together."""
    made: list[tuple[int, int, list[_Claim]]] = []
    for claim in sorted(claims, key=lambda c: (c.edit, c.proposal)):
        edit = claim.edit
        if made:
            start, end, cluster = made[-1]
            if edit.start < end or (edit.start == edit.end == start == end):
                made[-1] = (start, max(end, edit.end), [*cluster, claim])
                continue
        made.append((edit.start, edit.end, [claim]))
    return made
