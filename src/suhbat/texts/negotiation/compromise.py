"""Compromises: proposals of the chair."""

from sqlalchemy.orm import Session

from suhbat.acts import Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.language import gettext
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.models import Proposal, Text
from suhbat.texts.negotiation.propose import (
    ProposalMade,
    Propose,
    keep_proposal,
    must_leave_room,
    proposed,
    spoken_of,
)
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import CHAIR, Passage, meeting_and_draft, must_be_drafted


@guard("compromise.offered")
def may_offer(
    _viewer: Viewer,
    _meeting: Meeting,
    text: Text,
    passage: Passage | None = None,
    amended: Proposal | None = None,
    kind: str = "wording",
) -> None:
    """The text is being drafted; the paragraph and the proposal to amend are open."""
    must_be_drafted(text)
    must_leave_room(CHAIR, passage, amended, kind)


@act("compromise.offered", "Offer a compromise", by=STAFF)
def offer(occasion: Occasion, inputs: Propose) -> ProposalMade:
    """The chair offers a wording of its own, held by the chair and answered by the delegations like any proposal."""
    meeting, text = meeting_and_draft(occasion, inputs)
    passage, amended = spoken_of(occasion.session, text, inputs)
    may_offer(occasion.actor, meeting, text, passage, amended, inputs.kind)
    return proposed(occasion, text, inputs, CHAIR, passage, amended)


@effect("compromise.offered")
def offered(session: Session, entry: Entry, body: ProposalMade) -> None:
    """A proposal of the chair."""
    keep_proposal(session, entry, body)


@phrase("compromise.offered")
def say_offered(_entry: Entry, body: ProposalMade) -> str:
    """The paragraph and the proposal's number."""
    return gettext("The chair offers a compromise on paragraph %(label)s (proposal %(number)s)") % {
        "number": body.number,
        "label": place_label(body.label) or "–",
    }
