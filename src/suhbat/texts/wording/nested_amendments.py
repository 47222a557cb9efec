"""Proposals on proposals: what of them stands within the bracket of the proposal that they amend (version 2).

An amendment is a wording of the whole paragraph, against the wording of the proposal that it amends. Where it changes
words that the proposal puts in, it stands nested within them; where it changes words beside them, it is a bracket of
its own; the rest of the proposal it asks for as well. Where that cannot be told apart, or where its holders hold
something else that would get in the way, it is compared with the base like any other proposal, as version 1 does.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from suhbat.texts.wording.tokens import tokens
from suhbat.texts.wording.word_difference import Edit, applied, difference


@dataclass(frozen=True, slots=True)
class Asked:
    """One proposal on one paragraph: who holds it, and the paragraph as they would have it."""

    proposal: str
    holders: tuple[str, ...]
    wording: str
    amends: str = ""
    """The proposal that it would change; counts where that one stands beside it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Words of the base that someone would have otherwise."""

    edit: Edit
    proposal: str
    holders: tuple[str, ...]
    subs: tuple["Claim", ...] = ()
    """What others would have otherwise within the words of the edit, counted from the first of them."""


@dataclass
class _Nested:
    """An amendment taken apart."""

    within: dict[Edit, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    """By edit of the amended proposal, the changes within its words."""
    beside: list[Edit] = field(default_factory=list)
    """All else that its holders ask of the base: untouched edits of the proposal, and changes beside it."""

    def whole(self) -> list[Edit]:
        """What it asks of the base altogether."""
        inner = [Edit(e.start, e.end, tuple(_changed(e.words, subs))) for e, subs in self.within.items()]
        return [*self.beside, *inner]


def claims_of(base: str, asked: Sequence[Asked], version: int) -> list[Claim]:
    """What all proposals together ask of a base; with version 1 an amendment is a proposal like any other."""
    known = {each.proposal: each for each in asked}
    parents = {each.proposal: known[each.amends] for each in asked if each.amends in known and version > 1}
    nested = _settled(base, asked, parents, version)
    made: list[Claim] = []
    within: dict[tuple[str, Edit], list[Claim]] = defaultdict(list)
    for each in asked:
        if each.proposal not in nested:
            continue
        for edit, subs in nested[each.proposal].within.items():
            within[each.amends, edit] += [Claim(sub, each.proposal, each.holders) for sub in subs]
    for each in asked:
        apart = nested.get(each.proposal)
        edits = apart.beside if apart else difference(base, each.wording, version)
        made += [
            Claim(edit, each.proposal, each.holders, tuple(within.get((each.proposal, edit), ()))) for edit in edits
        ]
    return made


def _settled(base: str, asked: Sequence[Asked], parents: Mapping[str, Asked], version: int) -> dict[str, _Nested]:
    """The amendments that can be nested without getting in the way of what else their holders ask for."""
    nested: dict[str, _Nested] = {}
    for each in asked:
        parent = parents.get(each.proposal)
        if parent is not None and parent.proposal not in parents and not set(parent.holders) & set(each.holders):
            apart = _apart(base, parent.wording, each.wording, version)
            if apart is not None:
                nested[each.proposal] = apart
    while torn := {state for state in _holders(asked, nested) if not _fits(base, asked, nested, state, version)}:
        for each in asked:
            if torn & set(each.holders):
                nested.pop(each.proposal, None)
    return nested


def _holders(asked: Sequence[Asked], nested: Mapping[str, _Nested]) -> set[str]:
    return {state for each in asked if each.proposal in nested for state in each.holders}


def _fits(base: str, asked: Sequence[Asked], nested: Mapping[str, _Nested], state: str, version: int) -> bool:
    """Whether all that a delegation asks for, nested or not, is what it would have without any nesting."""
    own = [each for each in asked if state in each.holders]
    edits: set[Edit] = set()
    for each in own:
        apart = nested.get(each.proposal)
        fresh = set(apart.whole() if apart else difference(base, each.wording, version))
        if any(edit != other and edit.overlaps(other) for edit in fresh for other in edits):
            return False
        edits |= fresh
    plain = {edit for each in own for edit in difference(base, each.wording, version)}
    return applied(tokens(base, version), edits) == applied(tokens(base, version), plain)


def _apart(base: str, parent: str, wording: str, version: int) -> _Nested | None:
    """Take an amendment apart; None where a change lies partly within the proposal's words and partly beside."""
    ranges: list[tuple[int, int, Edit]] = []
    shift = 0
    for edit in difference(base, parent, version):
        start = edit.start + shift
        ranges.append((start, start + len(edit.words), edit))
        shift += len(edit.words) - (edit.end - edit.start)
    made = _Nested()
    for sub in difference(parent, wording, version):
        place = next((r for r in ranges if r[0] <= sub.start and sub.end <= r[1] and r[0] < r[1]), None)
        if place is not None:
            made.within[place[2]].append(Edit(sub.start - place[0], sub.end - place[0], sub.words))
        elif any(_touch(sub, first, last) for first, last, _ in ranges):
            return None
        else:
            back = sum(len(e.words) - (e.end - e.start) for _, last, e in ranges if last <= sub.start)
            made.beside.append(Edit(sub.start - back, sub.end - back, sub.words))
    if not made.within:
        return None
    made.beside += [edit for _, _, edit in ranges if edit not in made.within]
    return made


def _touch(sub: Edit, first: int, last: int) -> bool:
    if first == last:
        return sub.start <= first <= sub.end
    return sub.start < last and first < sub.end


def _changed(words: Sequence[str], edits: Sequence[Edit]) -> list[str]:
    """The words after these edits, one by one."""
    made: list[str] = []
    at = 0
    for edit in sorted(edits):
        made += [*words[at : edit.start], *edit.words]
        at = edit.end
    return [*made, *words[at:]]


def as_changed_by(claim: Claim, state: str) -> Claim:
    """A claim as a delegation would have it that changes something within its words."""
    own = [sub.edit for sub in claim.subs if state in sub.holders]
    edit = claim.edit
    return Claim(Edit(edit.start, edit.end, tuple(_changed(edit.words, own))), claim.proposal, (state,))
