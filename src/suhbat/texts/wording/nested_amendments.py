"""Amendments of proposals: which of their changes stand within the bracket of the proposal that they amend (version 2).

An amendment is a wording of the whole paragraph, against the wording of the proposal that it amends. Changes of words
that the proposal inserts are nested within them; changes of other words get brackets of their own; and the amendment
also asks for the rest of the proposal. Where these cannot be separated, or where its holders hold a proposal that would
overlap, it is compared with the base like any other proposal, as in version 1.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from suhbat.texts.wording.tokens import tokens
from suhbat.texts.wording.word_difference import Edit, applied, difference


@dataclass(frozen=True, slots=True)
class ProposedWording:
    """One proposal on one paragraph: who holds it, and the paragraph as they would have it."""

    id: str
    """The proposal's."""
    holders: tuple[str, ...]
    wording: str
    amends: str = ""
    """The proposal that it would change; ignored where that one is not in the same call."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A change of words of the base that a proposal asks for."""

    edit: Edit
    proposal: str
    holders: tuple[str, ...]
    subs: tuple["Claim", ...] = ()
    """Changes by others within the words of the edit; positions count from its first word."""


@dataclass
class _Nested:
    """The changes of an amendment, nested and others."""

    within: dict[Edit, list[Edit]] = field(default_factory=lambda: defaultdict(list))
    """By edit of the amended proposal, the changes within its words."""
    beside: list[Edit] = field(default_factory=list)
    """All else that its holders ask of the base: unchanged edits of the proposal, and changes beside it."""

    def whole(self) -> list[Edit]:
        """All edits of the base that it asks for."""
        inner = [Edit(e.start, e.end, tuple(_changed(e.words, subs))) for e, subs in self.within.items()]
        return [*self.beside, *inner]


def claims_of(base: str, proposals: Sequence[ProposedWording], version: int) -> list[Claim]:
    """The claims of all proposals on a base; with version 1 an amendment is a proposal like any other."""
    by_id = {proposal.id: proposal for proposal in proposals}
    amendments = [proposal for proposal in proposals if proposal.amends in by_id and version > 1]
    parents = {amendment.id: by_id[amendment.amends] for amendment in amendments}
    nested = _settled(base, proposals, parents, version)
    claims: list[Claim] = []
    within: dict[tuple[str, Edit], list[Claim]] = defaultdict(list)
    for proposal in proposals:
        if proposal.id not in nested:
            continue
        for edit, subs in nested[proposal.id].within.items():
            within[proposal.amends, edit] += [Claim(sub, proposal.id, proposal.holders) for sub in subs]
    for proposal in proposals:
        apart = nested.get(proposal.id)
        edits = apart.beside if apart else difference(base, proposal.wording, version)
        claims += [
            Claim(edit, proposal.id, proposal.holders, tuple(within.get((proposal.id, edit), ()))) for edit in edits
        ]
    return claims


def _settled(
    base: str, proposals: Sequence[ProposedWording], parents: Mapping[str, ProposedWording], version: int
) -> dict[str, _Nested]:
    """The amendments that can be nested without a conflict with other proposals of their holders."""
    nested: dict[str, _Nested] = {}
    for proposal in proposals:
        parent = parents.get(proposal.id)
        if parent is not None and parent.id not in parents and not set(parent.holders) & set(proposal.holders):
            apart = _apart(base, parent.wording, proposal.wording, version)
            if apart is not None:
                nested[proposal.id] = apart
    while torn := [s for s in _holders(proposals, nested) if not _fits(base, proposals, nested, s, version)]:
        for proposal in proposals:
            if not set(proposal.holders).isdisjoint(torn):
                nested.pop(proposal.id, None)
    return nested


def _holders(proposals: Sequence[ProposedWording], nested: Mapping[str, _Nested]) -> set[str]:
    return {state for proposal in proposals if proposal.id in nested for state in proposal.holders}


def _fits(
    base: str, proposals: Sequence[ProposedWording], nested: Mapping[str, _Nested], state: str, version: int
) -> bool:
    """Whether nesting leaves a delegation exactly the wording that it asks for."""
    own = [proposal for proposal in proposals if state in proposal.holders]
    edits: set[Edit] = set()
    for proposal in own:
        apart = nested.get(proposal.id)
        fresh = set(apart.whole() if apart else difference(base, proposal.wording, version))
        if any(edit != other and edit.overlaps(other) for edit in fresh for other in edits):
            return False
        edits |= fresh
    plain = {edit for proposal in own for edit in difference(base, proposal.wording, version)}
    return applied(tokens(base, version), edits) == applied(tokens(base, version), plain)


def _apart(base: str, parent: str, wording: str, version: int) -> _Nested | None:
    """The changes of an amendment; None where one lies partly within the proposal's words and partly outside."""
    ranges: list[tuple[int, int, Edit]] = []
    shift = 0
    for edit in difference(base, parent, version):
        start = edit.start + shift
        ranges.append((start, start + len(edit.words), edit))
        shift += len(edit.words) - (edit.end - edit.start)
    nested = _Nested()
    for sub in difference(parent, wording, version):
        place = next((r for r in ranges if r[0] <= sub.start and sub.end <= r[1] and r[0] < r[1]), None)
        if place is not None:
            nested.within[place[2]].append(Edit(sub.start - place[0], sub.end - place[0], sub.words))
        elif any(_touch(sub, first, last) for first, last, _ in ranges):
            return None
        else:
            back = sum(len(e.words) - (e.end - e.start) for _, last, e in ranges if last <= sub.start)
            nested.beside.append(Edit(sub.start - back, sub.end - back, sub.words))
    if not nested.within:
        return None
    nested.beside += [edit for _, _, edit in ranges if edit not in nested.within]
    return nested


def _touch(sub: Edit, first: int, last: int) -> bool:
    if first == last:
        return sub.start <= first <= sub.end
    return sub.start < last and first < sub.end


def _changed(words: Sequence[str], edits: Sequence[Edit]) -> list[str]:
    """The words after these edits."""
    changed: list[str] = []
    at = 0
    for edit in sorted(edits):
        changed += [*words[at : edit.start], *edit.words]
        at = edit.end
    return [*changed, *words[at:]]


def as_changed_by(claim: Claim, state: str) -> Claim:
    """A claim with the changes within its words that one delegation asks for."""
    own = [sub.edit for sub in claim.subs if state in sub.holders]
    edit = claim.edit
    return Claim(Edit(edit.start, edit.end, tuple(_changed(edit.words, own))), claim.proposal, (state,))
