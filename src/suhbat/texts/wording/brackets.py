"""Compiled text: the base with what delegations would have instead, in brackets, each with its holders.

Changes on different words stand apart. Changes on the same words stand side by side. Where one change covers others
it stands outside and they stay inside, in the words it would replace. Where changes overlap without one covering the
rest, each delegation's wording of the whole passage is shown beside the base. What amends a proposal stands within
the words of that proposal, with its own holders.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from suhbat.texts.wording.nested_amendments import Asked, Claim, as_changed_by, claims_of
from suhbat.texts.wording.tokens import tokens
from suhbat.texts.wording.word_difference import NEWEST, Edit, applied, difference


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that some would have here; empty words mean: leave out."""

    holders: tuple[str, ...]
    words: str
    proposals: tuple[str, ...] = field(default=(), compare=False)
    inner: "tuple[Node, ...]" = ()
    """The words with what others would change in them; empty where nobody would."""


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


__all__ = [
    "Alternative",
    "Asked",
    "Compiled",
    "Group",
    "Node",
    "as_held_by",
    "compatible",
    "compiled",
    "holders_in",
    "together",
]

Node: TypeAlias = str | Group
Compiled: TypeAlias = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """An alternative that is being made."""

    alternative: Alternative
    words: tuple[str, ...]
    subs: tuple[Claim, ...]

    def can_lose(self, side: str) -> bool:
        """Whether its first or last space can be taken out of the bracket without touching what is nested in it."""
        if not self.subs:
            return True
        if side == "before":
            free = self.words[0] == " " and all(sub.edit.start > 0 for sub in self.subs)
        else:
            free = self.words[-1] == " " and all(sub.edit.end < len(self.words) for sub in self.subs)
        return free and not any(self._has_only_space_left(state) for sub in self.subs for state in sub.holders)

    def _has_only_space_left(self, state: str) -> bool:
        """Whether someone would take out all but the space: out of the bracket it would go with the words."""
        return applied(self.words, [sub.edit for sub in self.subs if state in sub.holders]) == " "


def compiled(base: str, asked: Iterable[Asked], order: Sequence[str], version: int = NEWEST) -> Compiled:
    """The bracketed text. `order` is the protocol order of the delegations; it alone decides what stands first."""
    return _compiled(base, tuple(asked), tuple(order), version)


@lru_cache(maxsize=2_000)
def _compiled(base: str, asked: tuple[Asked, ...], order: tuple[str, ...], version: int) -> Compiled:
    """A paragraph is compiled once per state of its words and proposals, however many look at it and how often.

    The last two thousand are kept: five of the longest texts.
    """
    rank = {state: n for n, state in enumerate(order)}
    words = tokens(base, version)
    return _Compiler(words, rank).passage(0, len(words), claims_of(base, asked, version))


def forget() -> None:
    """Let go of what was compiled and compared before: for measuring."""
    for kept in (_compiled, difference, tokens):
        kept.cache_clear()


def as_held_by(nodes: Iterable[Node], delegation: str = "") -> str:
    """The text with everything this delegation asks for; with no name, the base."""
    made: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            made.append(node)
            continue
        words = _own_words(node, delegation)
        lone = node.space if words else ""
        made.append((" " if lone == "before" else "") + words + (" " if lone == "after" else ""))
    return "".join(made)


def _own_words(group: Group, delegation: str) -> str:
    for each in group.alternatives:
        if delegation in each.holders:
            return each.words
    for each in group.alternatives:
        if each.inner and delegation in holders_in(each.inner):
            return as_held_by(each.inner, delegation)
    return as_held_by(group.base, delegation)


def holders_in(nodes: Iterable[Node]) -> set[str]:
    """All who hold words in brackets, however deep."""
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, Group):
            found |= holders_in(node.base)
            for each in node.alternatives:
                found |= {*each.holders, *holders_in(each.inner)}
    return found


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
    return applied(tokens(base, version), {edit for wording in wordings for edit in difference(base, wording, version)})


class _Compiler:
    def __init__(self, base: Sequence[str], rank: Mapping[str, int]) -> None:
        self._base = base
        self._order = rank
        self._rank: Callable[[str], tuple[int, str]] = lambda state: (rank.get(state, len(rank)), state)

    def passage(self, start: int, end: int, claims: list[Claim]) -> Compiled:
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

    def _group(self, start: int, end: int, cluster: list[Claim]) -> Group:
        whole = [claim for claim in cluster if (claim.edit.start, claim.edit.end) == (start, end)]
        if whole:
            within = [claim for claim in cluster if (claim.edit.start, claim.edit.end) != (start, end)]
            said = [(state, claim) for claim in whole for state in claim.holders]
            return self._spaced(self.passage(start, end, within), self._drafts(said))
        by_state: dict[str, list[Claim]] = defaultdict(list)
        for claim in cluster:
            for state in claim.holders:
                by_state[state].append(claim)
            for state in sorted({state for sub in claim.subs for state in sub.holders}):
                by_state[state].append(as_changed_by(claim, state))
        said = []
        for state, own in by_state.items():
            moved = [Edit(c.edit.start - start, c.edit.end - start, c.edit.words) for c in own]
            words = (applied(self._base[start:end], moved),)
            said += [(state, Claim(Edit(start, end, words), claim.proposal, (state,))) for claim in own]
        return self._spaced(_text(self._base[start:end]), self._drafts(said))

    def _drafts(self, said: Iterable[tuple[str, Claim]]) -> list[_Draft]:
        """The same words from several delegations are one alternative with several holders."""
        same: dict[tuple[str, tuple[str, ...]], list[tuple[str, Claim]]] = defaultdict(list)
        torn = {"".join(c.edit.words): c.edit.words for _, c in said if c.subs}
        for state, claim in said:
            words = "".join(claim.edit.words)
            apart = claim.subs and claim.edit.words != torn[words]
            same[words, claim.edit.words if apart else ()].append((state, claim))
        made = []
        for (words, _), own in same.items():
            holders = tuple(sorted({state for state, _ in own}, key=self._rank))
            proposals = tuple(sorted({claim.proposal for _, claim in own}))
            subs = {(sub.edit, sub.proposal): sub for _, claim in own for sub in claim.subs}
            nested = next((claim.edit.words for _, claim in own if claim.subs), ())
            made.append(_Draft(Alternative(holders, words, proposals), nested, tuple(subs.values())))
        return sorted(
            made, key=lambda each: ([self._rank(s) for s in each.alternative.holders], each.alternative.words)
        )

    def _spaced(self, base: Compiled, drafts: list[_Draft]) -> Group:
        """Take the space that comes and goes with words out of the bracket, if all of them have it on one side."""
        group = Group(base, tuple(each.alternative for each in drafts))
        side = _side_of_space(group)
        if not all(each.can_lose(side) for each in drafts if side):
            side = ""
        made = tuple(self._finished(each, side) for each in drafts)
        if side == "after":
            return Group((*base[:-1], str(base[-1])[:-1]) if base else (), made, side)
        if side == "before":
            return Group((str(base[0])[1:], *base[1:]) if base else (), made, side)
        return Group(base, made)

    def _finished(self, draft: _Draft, side: str) -> Alternative:
        each = draft.alternative
        words = each.words[1:] if side == "before" else each.words[:-1] if side == "after" else each.words
        if not draft.subs:
            return replace(each, words=words)
        shift = int(side == "before")
        inner = draft.words[shift : len(draft.words) - (side == "after")]
        subs = [replace(sub, edit=_moved(sub.edit, -shift)) for sub in draft.subs]
        nested = _Compiler(inner, self._order).passage(0, len(inner), subs)
        return replace(each, words=words, inner=nested)


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(edit.start + by, edit.end + by, edit.words)


def _text(words: Sequence[str]) -> tuple[str, ...]:
    return ("".join(words),) if words else ()


def _side_of_space(group: Group) -> str:
    """On which side all words of a group that may be absent have a space of their own; empty for none."""
    if not group.may_be_absent:
        return ""
    words = [each.words for each in group.alternatives if each.words]
    base = group.base
    first = [base[0] if isinstance(base[0], str) else ""] if base else []
    last = [base[-1] if isinstance(base[-1], str) else ""] if base else []
    if all(len(each) > 1 and each.endswith(" ") for each in [*words, *last]):
        return "after"
    if all(len(each) > 1 and each.startswith(" ") for each in [*words, *first]):
        return "before"
    return ""


def _with_its_space_inside(group: Group) -> Group:
    """Directly after another bracket a space before would seem to belong to that one."""
    alternatives = (replace(a, words=" " + a.words if a.words else "", inner=_led(a.inner)) for a in group.alternatives)
    base = (" " + str(group.base[0]), *group.base[1:]) if group.base else ()
    return Group(base, tuple(alternatives))


def _led(inner: Compiled) -> Compiled:
    """Nested words with a space before them."""
    if inner and isinstance(inner[0], str):
        return (" " + inner[0], *inner[1:])
    return (" ", *inner) if inner else ()


def _clusters(claims: list[Claim]) -> list[tuple[int, int, list[Claim]]]:
    """Claims that overlap, directly or through others, with the words they cover together."""
    made: list[tuple[int, int, list[Claim]]] = []
    for claim in sorted(claims, key=lambda c: (c.edit, c.proposal)):
        edit = claim.edit
        if made:
            start, end, cluster = made[-1]
            if edit.start < end or (edit.start == edit.end == start == end):
                made[-1] = (start, max(end, edit.end), [*cluster, claim])
                continue
        made.append((edit.start, edit.end, [claim]))
    return made
