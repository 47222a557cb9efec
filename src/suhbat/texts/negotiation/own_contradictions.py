"""Whether a delegation asks for two things at once: it holds one wording of the same words, and one place."""

from suhbat.ground.language import lazy
from suhbat.ground.refusals import out_of_order
from suhbat.texts.models import Proposal
from suhbat.texts.text_lookup import Passage
from suhbat.texts.wording.brackets import compatible


def holds_once(passage: Passage, state: str, wording: str, but: str = "") -> None:
    """Refuse a second wording of the same words by one delegation; `but` is the proposal that is worded anew."""
    _refuse_beside(_rival(passage, state, wording, but))


def holds_one_place(passage: Passage, state: str) -> None:
    """Refuse a second place for one paragraph by one delegation."""
    moves = (each for each in passage.live if each.kind == "move" and state in each.holders)
    _refuse_beside(next(moves, None))


def may_hold_too(passage: Passage, state: str, proposal: Proposal) -> None:
    """Refuse to a delegation what contradicts its own proposals."""
    if proposal.kind == "move":
        holds_one_place(passage, state)
    else:
        holds_once(passage, state, proposal.wording)


def stands_again(passage: Passage, proposal: Proposal) -> bool:
    """Whether a proposal that was put aside still asks for what stands there, and its holders for nothing else."""
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
    """The proposal that a delegation holds and that this wording contradicts; to leave out contradicts all words."""
    for proposal in passage.live:
        mine = state in proposal.holders and proposal.state == "open" and proposal.kind != "move"
        if not mine or proposal.id == but:
            continue
        if bool(proposal.wording) != bool(wording):
            return proposal
        if not compatible(passage.paragraph.wording, [proposal.wording, wording], passage.text.algorithm):
            return proposal
    return None
