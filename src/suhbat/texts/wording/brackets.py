"""Compiled text: the base with the changes that delegations propose, in brackets with their holders.

Changes of different words have separate brackets. Changes of the same words stand side by side. Where one change covers
others, it stands outside and they stay inside, in the words that it would replace. Where changes overlap without one
covering the rest, each delegation's wording of the whole passage stands beside the base. An amendment of a proposal
stands within the words of that proposal, with its own holders.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

from suhbat.texts.wording.nested_amendments import Claim, ProposedWording, as_changed_by, claims_of
from suhbat.texts.wording.tokens import tokens
from suhbat.texts.wording.word_difference import NEWEST, Edit, applied, difference


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that some delegations propose here; empty words mean a deletion."""

    holders: tuple[str, ...]
    words: str
    proposals: tuple[str, ...] = field(default=(), compare=False)
    inner: "tuple[Node, ...]" = ()
    """The words with the changes that others propose in them; empty without such changes."""


@dataclass(frozen=True, slots=True)
class Group:
    """A place that is not agreed: the base words (which may hold further groups) and the alternatives to them."""

    base: "tuple[Node, ...]"
    alternatives: tuple[Alternative, ...]
    space: str = ""
    """`before` or `after`: words that may be absent take one space with them, which stands outside the bracket."""

    @property
    def may_be_absent(self) -> bool:
        """Whether one of the wordings is empty."""
        return not self.base or any(not alternative.words for alternative in self.alternatives)


__all__ = [
    "Alternative",
    "Compiled",
    "Group",
    "Node",
    "ProposedWording",
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
    """An alternative while it is compiled."""

    alternative: Alternative
    words: tuple[str, ...]
    subs: tuple[Claim, ...]

    def can_lose(self, side: str) -> bool:
        """Whether its first or last space can move out of the bracket without a change to what is nested in it."""
        if not self.subs:
            return True
        if side == "before":
            free = self.words[0] == " " and all(sub.edit.start > 0 for sub in self.subs)
        else:
            free = self.words[-1] == " " and all(sub.edit.end < len(self.words) for sub in self.subs)
        return free and not any(self._has_only_space_left(state) for sub in self.subs for state in sub.holders)

    def _has_only_space_left(self, state: str) -> bool:
        """Whether a delegation would delete everything except the space, which is then not the bracket's own."""
        return applied(self.words, [sub.edit for sub in self.subs if state in sub.holders]) == " "


def compiled(base: str, proposals: Iterable[ProposedWording], order: Sequence[str], version: int = NEWEST) -> Compiled:
    """The bracketed text. Only `order`, the protocol order of the delegations, decides what stands first."""
    return _compiled(base, tuple(proposals), tuple(order), version)


@lru_cache(maxsize=2_000)
def _compiled(base: str, proposals: tuple[ProposedWording, ...], order: tuple[str, ...], version: int) -> Compiled:
    """A paragraph is compiled once per state of its words and proposals, however many readers open it.

    The last two thousand are cached: enough for five of the longest texts.
    """
    rank = {state: n for n, state in enumerate(order)}
    words = tokens(base, version)
    return _Compiler(words, rank).passage(0, len(words), claims_of(base, proposals, version))


def forget() -> None:
    """Empty the caches of compiled and compared wordings: for measuring."""
    for cached in (_compiled, difference, tokens):
        cached.cache_clear()


def as_held_by(nodes: Iterable[Node], delegation: str = "") -> str:
    """The text with everything this delegation asks for; with no name, the base."""
    pieces: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            pieces.append(node)
            continue
        words = _own_words(node, delegation)
        space = node.space if words else ""
        pieces.append((" " if space == "before" else "") + words + (" " if space == "after" else ""))
    return "".join(pieces)


def _own_words(group: Group, delegation: str) -> str:
    for alternative in group.alternatives:
        if delegation in alternative.holders:
            return alternative.words
    for alternative in group.alternatives:
        if alternative.inner and delegation in holders_in(alternative.inner):
            return as_held_by(alternative.inner, delegation)
    return as_held_by(group.base, delegation)


def holders_in(nodes: Iterable[Node]) -> set[str]:
    """All holders of words in brackets, nested ones too."""
    holders: set[str] = set()
    for node in nodes:
        if isinstance(node, Group):
            holders |= holders_in(node.base)
            for alternative in node.alternatives:
                holders |= {*alternative.holders, *holders_in(alternative.inner)}
    return holders


def compatible(base: str, wordings: Sequence[str], version: int = NEWEST) -> bool:
    """Whether one delegation can hold all these at once: they change different words, or the same words alike."""
    earlier: list[Edit] = []
    for wording in wordings:
        edits = difference(base, wording, version)
        if any(edit != other and edit.overlaps(other) for edit in edits for other in earlier):
            return False
        earlier += edits
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
        nodes: list[Node] = []
        at = start
        for first, last, cluster in _clusters(claims):
            nodes += _text(self._base[at:first])
            group = self._group(first, last, cluster)
            beside = bool(nodes) and isinstance(nodes[-1], Group)
            nodes.append(_with_its_space_inside(group) if beside and group.space == "before" else group)
            at = last
        nodes += _text(self._base[at:end])
        return tuple(nodes)

    def _group(self, start: int, end: int, cluster: list[Claim]) -> Group:
        whole = [claim for claim in cluster if (claim.edit.start, claim.edit.end) == (start, end)]
        if whole:
            within = [claim for claim in cluster if (claim.edit.start, claim.edit.end) != (start, end)]
            claimed = [(state, claim) for claim in whole for state in claim.holders]
            return self._spaced(self.passage(start, end, within), self._drafts(claimed))
        by_state: dict[str, list[Claim]] = defaultdict(list)
        for claim in cluster:
            for state in claim.holders:
                by_state[state].append(claim)
            for state in sorted({state for sub in claim.subs for state in sub.holders}):
                by_state[state].append(as_changed_by(claim, state))
        claimed = []
        for state, own in by_state.items():
            moved = [Edit(c.edit.start - start, c.edit.end - start, c.edit.words) for c in own]
            words = (applied(self._base[start:end], moved),)
            claimed += [(state, Claim(Edit(start, end, words), claim.proposal, (state,))) for claim in own]
        return self._spaced(_text(self._base[start:end]), self._drafts(claimed))

    def _drafts(self, claimed: Iterable[tuple[str, Claim]]) -> list[_Draft]:
        """The alternatives; the same words from several delegations are one alternative with several holders."""
        same: dict[tuple[str, tuple[str, ...]], list[tuple[str, Claim]]] = defaultdict(list)
        torn = {"".join(c.edit.words): c.edit.words for _, c in claimed if c.subs}
        for state, claim in claimed:
            words = "".join(claim.edit.words)
            apart = claim.subs and claim.edit.words != torn[words]
            same[words, claim.edit.words if apart else ()].append((state, claim))
        drafts = []
        for (words, _), own in same.items():
            holders = tuple(sorted({state for state, _ in own}, key=self._rank))
            proposals = tuple(sorted({claim.proposal for _, claim in own}))
            subs = {(sub.edit, sub.proposal): sub for _, claim in own for sub in claim.subs}
            nested = next((claim.edit.words for _, claim in own if claim.subs), ())
            drafts.append(_Draft(Alternative(holders, words, proposals), nested, tuple(subs.values())))
        return sorted(
            drafts, key=lambda draft: ([self._rank(s) for s in draft.alternative.holders], draft.alternative.words)
        )

    def _spaced(self, base: Compiled, drafts: list[_Draft]) -> Group:
        """The group, with a space outside the bracket if all its words have one on the same side."""
        group = Group(base, tuple(draft.alternative for draft in drafts))
        side = _side_of_space(group)
        if not all(draft.can_lose(side) for draft in drafts if side):
            side = ""
        alternatives = tuple(self._finished(draft, side) for draft in drafts)
        if side == "after":
            return Group((*base[:-1], str(base[-1])[:-1]) if base else (), alternatives, side)
        if side == "before":
            return Group((str(base[0])[1:], *base[1:]) if base else (), alternatives, side)
        return Group(base, alternatives)

    def _finished(self, draft: _Draft, side: str) -> Alternative:
        alternative = draft.alternative
        words = alternative.words
        words = words[1:] if side == "before" else words[:-1] if side == "after" else words
        if not draft.subs:
            return replace(alternative, words=words)
        shift = int(side == "before")
        inner = draft.words[shift : len(draft.words) - (side == "after")]
        subs = [replace(sub, edit=_moved(sub.edit, -shift)) for sub in draft.subs]
        nested = _Compiler(inner, self._order).passage(0, len(inner), subs)
        return replace(alternative, words=words, inner=nested)


def _moved(edit: Edit, by: int) -> Edit:
    return Edit(edit.start + by, edit.end + by, edit.words)


def _text(words: Sequence[str]) -> tuple[str, ...]:
    return ("".join(words),) if words else ()


def _side_of_space(group: Group) -> str:
    """The side on which all words of a group that may be absent have a space; empty for none."""
    if not group.may_be_absent:
        return ""
    words = [alternative.words for alternative in group.alternatives if alternative.words]
    base = group.base
    first = [base[0] if isinstance(base[0], str) else ""] if base else []
    last = [base[-1] if isinstance(base[-1], str) else ""] if base else []
    if all(len(text) > 1 and text.endswith(" ") for text in [*words, *last]):
        return "after"
    if all(len(text) > 1 and text.startswith(" ") for text in [*words, *first]):
        return "before"
    return ""


def _with_its_space_inside(group: Group) -> Group:
    """The group with its space inside: between two brackets it would seem to belong to the first one."""
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
    clusters: list[tuple[int, int, list[Claim]]] = []
    for claim in sorted(claims, key=lambda c: (c.edit, c.proposal)):
        edit = claim.edit
        if clusters:
            start, end, cluster = clusters[-1]
            if edit.start < end or (edit.start == edit.end == start == end):
                clusters[-1] = (start, max(end, edit.end), [*cluster, claim])
                continue
        clusters.append((edit.start, edit.end, [claim]))
    return clusters
