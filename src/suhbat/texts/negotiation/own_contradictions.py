"""Contradictions within a delegation's own proposals: two wordings of the same words, or two places."""

from suhbat.ground.language import lazy
from suhbat.ground.refusals import out_of_order
from suhbat.texts.models import Proposal
from suhbat.texts.text_guard_checks import Passage
from suhbat.texts.wording.brackets import compatible


def must_hold_one_wording(passage: Passage, state: str, wording: str, but: str = "") -> None:
    """Refuse a second wording of the same words by one delegation; `but` is the proposal that is being revised."""
    _refuse_beside(_rival(passage, state, wording, but))


def must_hold_one_place(passage: Passage, state: str) -> None:
    """Refuse a second place for one paragraph by one delegation."""
    moves = (proposal for proposal in passage.live if proposal.kind == "move" and state in proposal.holders)
    _refuse_beside(next(moves, None))


def must_not_hold_another(passage: Passage, state: str, kind: str) -> None:
    """Refuse a second place, or to leave out words of which a delegation would have others."""
    if kind == "move":
        must_hold_one_place(passage, state)
    elif kind == "deletion":
        must_hold_one_wording(passage, state, "")


def must_not_contradict(passage: Passage, state: str, proposal: Proposal) -> None:
    """Refuse a proposal that contradicts a delegation's own proposals."""
    if proposal.kind == "move":
        must_hold_one_place(passage, state)
    else:
        must_hold_one_wording(passage, state, proposal.wording)


def stands_again(passage: Passage, proposal: Proposal) -> bool:
    """Whether a proposal that was set aside still fits the present words, and its holders ask for nothing else."""
    if proposal.kind == "move":
        return True
    rivals = (_rival(passage, state, proposal.wording) for state in proposal.holders)
    return proposal.base == passage.paragraph.revision and not any(rivals)


def _refuse_beside(rival: Proposal | None) -> None:
    if rival is not None:
        raise out_of_order(
            lazy("Your delegation holds proposal %(number)s on the same words. Revise it, or leave it first.")
            % {"number": rival.number}
        )


def _rival(passage: Passage, state: str, wording: str, but: str = "") -> Proposal | None:
    """The proposal that a delegation holds and that this wording contradicts; a deletion contradicts any words."""
    for proposal in passage.live:
        mine = state in proposal.holders and proposal.status == "open" and proposal.kind != "move"
        if not mine or proposal.id == but:
            continue
        if bool(proposal.wording) != bool(wording):
            return proposal
        if not compatible(passage.paragraph.wording, [proposal.wording, wording], passage.text.algorithm):
            return proposal
    return None
