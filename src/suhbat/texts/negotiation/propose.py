"""Making a proposal: other words, a deletion, a new paragraph, another place, or two paragraphs as one."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import SPEAKERS
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import conflict, invalid, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Proposal, Text
from suhbat.texts.negotiation.base_change import NamedPackage, at_present, keep_package
from suhbat.texts.negotiation.own_contradictions import must_hold_one_wording, must_not_hold_another
from suhbat.texts.negotiation.paragraph_places import FreshParagraph, insert_after, place_for
from suhbat.texts.negotiation.typed_brackets import BracketsMeant, ask_about_brackets
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import (
    HiddenNumber,
    InText,
    Passage,
    Wording,
    fit,
    fit_for,
    labels_of,
    meeting_and_draft,
    must_be_drafted,
    must_be_live,
    must_be_open,
    must_negotiate,
    not_the_title,
    paragraph_of,
    paragraphs_of,
    passage_of,
    proposal_of,
    text_of,
)

ParagraphKind = Literal["operative", "preambular", "section", "sub", "annex", "table"]
ProposalKind = Annotated[
    Literal["wording", "deletion", "addition", "move", "merge"], Meta(extra={"words_of": "kind of proposal"})
]
Note = Annotated[str, Meta(title="Why (everyone sees this)", max_length=2_000, extra={"widget": "textarea"})]


class Propose(InText, frozen=True, kw_only=True):
    """A change in one paragraph, or a new one."""

    kind: Annotated[ProposalKind, Meta(title="Change", extra={"widget": "hidden", "context": "kind of proposal"})] = (
        "wording"
    )
    paragraph: Annotated[str | None, Meta(extra={"widget": "hidden"})] = None
    """The paragraph; for an addition the one that the new one should follow."""
    revision: HiddenNumber = 0
    wording: Wording = ""
    after: Annotated[str | None, Meta(title="After", extra={"choices": "text paragraphs"})] = None
    new_kind: Annotated[ParagraphKind, Meta(title="Kind of paragraph")] = "operative"
    amends: Annotated[str | None, Meta(extra={"widget": "hidden"})] = None
    """The proposal that this one would change; its wording is then that proposal's as the delegation would have it."""
    seen: HiddenNumber = 0
    """The entry that last worded the proposal to be amended, on the page that the delegation read."""
    note: Note = ""
    meant: BracketsMeant = False


class ProposedParagraph(msgspec.Struct, frozen=True, kw_only=True):
    """The place of a paragraph that is only proposed."""

    id: str
    kind: str
    """As in `Paragraph.kind`."""
    after: str | None
    """The paragraph that it follows; null: it would stand first."""


class SecondProposal(msgspec.Struct, frozen=True, kw_only=True):
    """To make two paragraphs one, a second proposal deletes the one that follows."""

    proposal: str
    number: int
    paragraph: str
    base: int


class ProposalMade(Body, frozen=True, kw_only=True):
    """What a delegation, or the chair, proposes."""

    text: str
    """The name of the text within its meeting."""
    title: str
    proposal: str
    number: int
    """Its number within the text, by which people refer to it."""
    by: str
    """The delegation; `CHAIR` for a compromise."""
    kind: str
    """`wording`, `deletion`, `addition` or `move`."""
    paragraph: str
    label: str
    """The number of the paragraph; of an addition that of the paragraph before it."""
    base: int
    """The revision that it speaks of; 0 of a paragraph that is only proposed."""
    wording: str
    """The whole paragraph as it should be; empty: leave it out."""
    after: str | None
    """Of a move: the paragraph that it should follow; empty for the first place."""
    note: str
    """What everyone reads about it."""
    new: ProposedParagraph | None
    second: SecondProposal | None
    package: NamedPackage | msgspec.UnsetType = msgspec.UNSET
    """The package that ties it to the second proposal; there only with that."""
    amends: str | None = None
    """The proposal that it would change."""
    amends_number: int | None = None


@guard("proposal.made")
def may_propose(
    viewer: Viewer,
    _meeting: Meeting,
    text: Text,
    passage: Passage | None = None,
    amended: Proposal | None = None,
    kind: str = "wording",
) -> None:
    """The own delegation negotiates the text, which is at work; so are the paragraph, and the proposal to amend."""
    must_be_drafted(text)
    must_leave_room(must_negotiate(viewer, SPEAKERS, text), passage, amended, kind)


def must_leave_room(by: str, passage: Passage | None, amended: Proposal | None, kind: str) -> None:
    """Refuse a proposal on a closed paragraph, and what this delegation (or the chair) may not propose beside its own.

    An amendment cannot be amended.
    """
    if passage is not None:
        must_be_open(passage.paragraph, passage.silences)
        must_not_hold_another(passage, by, kind)
    if amended is None:
        return
    must_be_live(amended)
    if amended.kind not in {"wording", "addition"}:
        raise out_of_order(_ONLY_WORDS)
    if amended.status != "open":
        raise out_of_order(lazy("The words it rests on have changed. Its holders have to say first what it asks now."))
    if amended.amends:
        raise out_of_order(lazy("This is an amendment itself. Join it, or amend the proposal that it amends."))
    if by in amended.holders:
        raise out_of_order(lazy("Your delegation holds this proposal: revise it."))


_ONLY_WORDS = lazy("Only other words can be amended, and only by other words.")


@act("proposal.made", "Propose a change", by=SPEAKERS)
def make(occasion: Occasion, inputs: Propose) -> ProposalMade:
    """A delegation says how it would have a paragraph: other words, none, a new one, another place, two as one.

    It speaks of the revision it has read. If the paragraph has moved since and the words still stand, the proposal
    goes along; if not, it is given back. A delegation holds one wording of the same words at a time. Other words may
    also be proposed within another's proposal: they stand nested in its bracket and share its fate.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    passage, amended = spoken_of(occasion.session, text, inputs)
    may_propose(occasion.actor, meeting, text, passage, amended, inputs.kind)
    read = amended.wording if amended else passage.paragraph.wording if passage else ""
    ask_about_brackets(inputs.wording, read, meant=inputs.meant)
    return proposed(occasion, text, inputs, occasion.delegation, passage, amended)


def spoken_of(session: Session, text: Text, inputs: Propose) -> tuple[Passage | None, Proposal | None]:
    """The paragraph and the proposal that a new proposal would change; both None for a new paragraph."""
    if inputs.kind == "addition":
        return None, None
    amended = proposal_of(session, text, inputs.amends) if inputs.amends and inputs.kind != "move" else None
    return passage_of(session, text, inputs.paragraph or ""), amended


def proposed(
    occasion: Occasion, text: Text, inputs: Propose, by: str, passage: Passage | None, amended: Proposal | None
) -> ProposalMade:
    """The body of a new proposal by a delegation or by the chair."""
    session = occasion.session
    number = (session.scalar(select(func.max(Proposal.number)).where(Proposal.text == text.id)) or 0) + 1
    body = ProposalMade(
        text=text.name,
        title=text.title,
        proposal=new_id(),
        number=number,
        by=by,
        kind="wording" if inputs.kind == "merge" else inputs.kind,
        paragraph="",
        label="",
        base=0,
        wording="",
        after=None,
        note=fit(inputs.note, {}, "note"),
        new=None,
        second=None,
    )
    labels = labels_of(session, text)
    if passage is None:
        return _addition(session, text, inputs, body, labels)
    paragraph = passage.paragraph
    body = msgspec.structs.replace(body, paragraph=paragraph.id, label=labels[paragraph.id], base=paragraph.revision)
    if inputs.kind != "wording":
        not_the_title(paragraph)
    if inputs.kind == "move":
        return _move(session, passage, inputs, body)
    wording = "" if inputs.kind == "deletion" else fit_for(paragraph, inputs.wording, labels)
    if not wording and inputs.kind != "deletion":
        raise invalid(wording=lazy("To leave the paragraph out is a proposal of its own."))
    if amended is not None:
        _must_amend(amended, passage, inputs, wording)
        body = msgspec.structs.replace(body, amends=amended.id, amends_number=amended.number)
    wording = at_present(session, passage, paragraph.revision if amended else inputs.revision, wording)
    must_hold_one_wording(passage, by, wording)
    body = msgspec.structs.replace(body, wording=wording)
    return _merge(session, passage, body) if inputs.kind == "merge" else body


def _must_amend(amended: Proposal, passage: Passage, inputs: Propose, wording: str) -> None:
    """Refuse an amendment that changes no words of the proposal as it was read."""
    if amended.paragraph != passage.paragraph.id or inputs.kind != "wording":
        raise out_of_order(_ONLY_WORDS)
    if amended.worded > inputs.seen:
        raise conflict(lazy("The proposal was changed after you read it. Look again and answer again."))
    if wording == amended.wording:
        raise invalid(wording=lazy("This is what the proposal says already. Join it instead."))


def _move(session: Session, passage: Passage, inputs: Propose, body: ProposalMade) -> ProposalMade:
    if inputs.after == passage.paragraph.id:
        raise invalid(after=lazy("A paragraph cannot follow itself."))
    if inputs.after:
        paragraph_of(session, passage.text, inputs.after)
    return msgspec.structs.replace(body, wording=passage.paragraph.wording, after=inputs.after or "")


def _addition(
    session: Session, text: Text, inputs: Propose, body: ProposalMade, labels: dict[str, str]
) -> ProposalMade:
    """The body of a proposal of a new paragraph, with its place."""
    wording = fit(inputs.wording, labels)
    if not wording:
        raise invalid(wording=lazy("A new paragraph needs words."))
    if inputs.paragraph:
        paragraph_of(session, text, inputs.paragraph)
    after = place_for(session, text, body.by, inputs.paragraph, first=inputs.after is not None)
    new = ProposedParagraph(id=new_id(), kind=inputs.new_kind, after=after)
    label = labels.get(inputs.paragraph or "", "")
    return msgspec.structs.replace(body, paragraph=new.id, new=new, wording=wording, label=label)


def _merge(session: Session, passage: Passage, body: ProposalMade) -> ProposalMade:
    """Two paragraphs as one: the second proposal would delete the paragraph that follows."""
    paragraphs = [paragraph.id for paragraph in paragraphs_of(session, passage.text.id) if paragraph.wording]
    at = paragraphs.index(body.paragraph) if body.paragraph in paragraphs else None
    if at is None or at + 1 == len(paragraphs):
        raise out_of_order(lazy("No paragraph follows that could be joined to this one."))
    following = passage_of(session, passage.text, paragraphs[at + 1])
    must_be_open(following.paragraph, following.silences)
    must_hold_one_wording(following, body.by, "")
    paragraph = following.paragraph
    return msgspec.structs.replace(
        body,
        second=SecondProposal(
            proposal=new_id(), number=body.number + 1, paragraph=paragraph.id, base=paragraph.revision
        ),
        package=NamedPackage(id=new_id(), title=gettext("Two paragraphs as one")),
    )


@effect("proposal.made")
def made(session: Session, entry: Entry, body: ProposalMade) -> None:
    """The proposal; for a new paragraph also its place, for two paragraphs as one also the package."""
    keep_proposal(session, entry, body)


def keep_proposal(session: Session, entry: Entry, body: ProposalMade) -> None:
    """Save a proposal as its entry has it."""
    text = text_of(session, entry.meeting, body.text)
    if body.new:
        fresh = FreshParagraph(id=body.new.id, kind=body.new.kind, wording="")
        insert_after(session, entry, text, body.new.after, [fresh], "added")
    common = {
        "text": text.id,
        "by": body.by,
        "holders": [body.by],
        "status": "open",
        "why": "",
        "made": entry.number,
        "worded": entry.number,
        "changed": entry.number,
        "note": body.note,
        "package": None,
    }
    session.add(
        Proposal(
            id=body.proposal,
            number=body.number,
            paragraph=body.paragraph,
            kind=body.kind,
            base=body.base,
            wording=body.wording,
            after=body.after,
            amends=body.amends,
            **common,
        )
    )
    if second := body.second:
        session.add(
            Proposal(
                id=second.proposal,
                number=second.number,
                paragraph=second.paragraph,
                kind="deletion",
                base=second.base,
                wording="",
                after=None,
                amends=None,
                **common,
            )
        )
        session.flush()
    if second and isinstance(body.package, NamedPackage):
        keep_package(session, entry, text, body.package, [body.proposal, second.proposal])
    text.changed = entry.number
    session.flush()


_PHRASES = {
    "wording": lazy("%(who)s proposes other words in paragraph %(label)s (proposal %(number)s)"),
    "deletion": lazy("%(who)s proposes to leave out paragraph %(label)s (proposal %(number)s)"),
    "addition": lazy("%(who)s proposes a new paragraph after %(label)s (proposal %(number)s)"),
    "move": lazy("%(who)s proposes another place for paragraph %(label)s (proposal %(number)s)"),
}


@phrase("proposal.made")
def say_made(_entry: Entry, body: ProposalMade) -> str:
    """The holder, the kind of change, and the paragraph."""
    values = {"who": holder_name(body.by), "label": place_label(body.label) or "–", "number": body.number}
    if body.amends_number:
        values |= {"amended": body.amends_number}
        return gettext("%(who)s would amend proposal %(amended)s in paragraph %(label)s (proposal %(number)s)") % values
    return str(_PHRASES[body.kind] % values)
