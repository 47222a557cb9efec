"""What is taken into the text together: a proposal, or all live proposals of its package."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.ground.language import lazy
from suhbat.ground.name_lists import listed
from suhbat.ground.refusals import out_of_order
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Position, Proposal, Text
from suhbat.texts.text_guard_checks import LIVE, Passage, passage_of, positions_on


@dataclass(frozen=True)
class Deal:
    """A proposal, all that is taken with it, and who objects to any of that."""

    proposal: Proposal
    parts: Sequence[tuple[Passage, Proposal]]
    """With their paragraphs, by number: the proposal alone, or all live proposals of its package."""
    objecting: Sequence[str]
    """Delegations, by their codes."""

    @property
    def proposals(self) -> list[Proposal]:
        """All proposals of the deal."""
        return [proposal for _passage, proposal in self.parts]


def deal_of(session: Session, text: Text, proposal: Proposal) -> Deal:
    """The deal of a proposal."""
    proposals = [proposal]
    if proposal.package is not None:
        query = select(Proposal).where(Proposal.package == proposal.package, Proposal.status.in_(LIVE))
        proposals = list(session.scalars(query.order_by(Proposal.number)))
    parts = [(passage_of(session, text, part.paragraph), part) for part in proposals]
    return Deal(proposal, parts, objecting(positions_on(session, [part.id for part in proposals])))


def objecting(positions: Iterable[Position]) -> list[str]:
    """The delegations that object, each once."""
    return sorted({position.delegation for position in positions if position.stand == "objects"})


def nobody_may_object(delegations: Sequence[str]) -> None:
    """Refuse where delegations object."""
    if delegations:
        raise out_of_order(lazy("There is an objection: %(who)s.") % {"who": listed(map(holder_name, delegations))})
