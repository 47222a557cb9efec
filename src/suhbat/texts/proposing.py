"""What delegations want changed: proposals made, revised, joined, left, withdrawn and repaired; packages."""

from typing import Annotated, Any, Literal

from msgspec import Meta
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, act, effect, phrase
from suhbat.acts.actors import SPEAKERS
from suhbat.formats.names import state_name
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import conflict, invalid, out_of_order
from suhbat.record.entries import Entry
from suhbat.texts.finding import (
    CHAIR,
    HiddenNumber,
    InText,
    Wording,
    base_of,
    delegation_in,
    drafting_text,
    fit,
    fit_for,
    labels_of,
    live_on,
    live_proposal,
    not_the_title,
    open_paragraph,
    paragraph_of,
    paragraphs_of,
    text_of,
)
from suhbat.texts.models import Paragraph, Proposal, Text
from suhbat.texts.moving import keep_package
from suhbat.texts.opening import ParagraphKind, insert_after
from suhbat.texts.place_labels import place_said
from suhbat.texts.wording.brackets import compatible
from suhbat.texts.wording.cleaning import cleaned
from suhbat.texts.wording.rebasing import Fate, rebased

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
    """The entry that last worded the proposal to be amended, as it was read."""
    note: Note = ""


@act("proposal.made", "Propose a change", by=SPEAKERS)
def make(occasion: Occasion, wish: Propose) -> dict[str, Any]:
    """A delegation says how it would have a paragraph: other words, none, a new one, another place, two as one.

    It speaks of the revision it has read. If the paragraph has moved since and the words still stand, the proposal
    goes along; if not, it is given back. A delegation holds one wording of the same words at a time. Other words may
    also be proposed within another's proposal: they stand nested in its bracket and share its fate.
    """
    text = drafting_text(occasion, wish)
    return proposed(occasion, text, wish, delegation_in(occasion, text))


def proposed(occasion: Occasion, text: Text, wish: Propose, by: str) -> dict[str, Any]:
    """The body of a new proposal by a delegation or by the chair."""
    session = occasion.session
    labels = labels_of(session, text)
    number = (session.scalar(select(func.max(Proposal.number)).where(Proposal.text == text.id)) or 0) + 1
    body: dict[str, Any] = {
        "text": text.name,
        "title": text.title,
        "proposal": new_id(),
        "number": number,
        "by": by,
        "kind": "wording" if wish.kind == "merge" else wish.kind,
        "after": None,
        "note": fit(wish.note, {}, "note"),
        "new": None,
        "second": None,
        "amends": None,
        "amends_number": None,
    }
    if wish.kind == "addition":
        return body | _new(session, text, wish, by, labels)
    paragraph = open_paragraph(occasion, text, wish.paragraph or "")
    body |= {"paragraph": paragraph.id, "label": labels[paragraph.id], "base": paragraph.revision}
    if wish.kind != "wording":
        not_the_title(paragraph)
    if wish.kind == "move":
        if wish.after == paragraph.id:
            raise invalid(after=lazy("A paragraph cannot follow itself."))
        if wish.after:
            paragraph_of(session, text, wish.after)
        holds_one_place(session, paragraph, by)
        return body | {"wording": paragraph.wording, "after": wish.after or ""}
    wording = "" if wish.kind == "deletion" else fit_for(paragraph, wish.wording, labels)
    if not wording and wish.kind != "deletion":
        raise invalid(wording=lazy("To leave the paragraph out is a proposal of its own."))
    if wish.amends:
        parent = _amended(session, text, paragraph, wish, by)
        body |= {"amends": parent.id, "amends_number": parent.number}
        if wording == parent.wording:
            raise invalid(wording=lazy("This is what the proposal says already. Join it instead."))
    wording = _at_present(session, text, paragraph, paragraph.revision if wish.amends else wish.revision, wording)
    holds_once(session, text, paragraph, by, wording)
    if wish.kind == "merge":
        body["second"] = _second(occasion, text, paragraph, by, number + 1)
        body["package"] = {"id": new_id(), "title": gettext("Two paragraphs as one")}
    return body | {"wording": wording}


def can_be_amended(proposal: Proposal, side: str) -> bool:
    """Whether a delegation may propose other words within this proposal."""
    words = proposal.kind in {"wording", "addition"} and bool(proposal.wording)
    return words and proposal.state == "open" and not proposal.amends and side not in proposal.holders


def _amended(session: Session, text: Text, paragraph: Paragraph, wish: Propose, by: str) -> Proposal:
    """The proposal that a delegation would have otherwise. Amendments to amendments are one degree too many."""
    found = live_proposal(session, text, wish.amends or "")
    if found.paragraph != paragraph.id or found.kind not in {"wording", "addition"} or wish.kind != "wording":
        raise out_of_order(lazy("Only other words can be amended, and only by other words."))
    if found.state != "open":
        raise out_of_order(lazy("The words it rests on have changed. Its holders have to say first what it asks now."))
    if found.amends:
        raise out_of_order(lazy("This is an amendment itself. Join it, or amend the proposal that it amends."))
    if by in found.holders:
        raise out_of_order(lazy("Your delegation holds this proposal: revise it."))
    if found.worded > wish.seen:
        raise conflict(lazy("The proposal has changed since you read it. Look again and answer anew."))
    return found


def _new(session: Session, text: Text, wish: Propose, by: str, labels: dict[str, str]) -> dict[str, Any]:
    """Where a proposed paragraph stands: behind its neighbour, and behind what earlier ones in protocol propose."""
    wording = fit(wish.wording, labels)
    if not wording:
        raise invalid(wording=lazy("A new paragraph needs words."))
    if wish.paragraph:
        paragraph_of(session, text, wish.paragraph)
    held = paragraphs_of(session, text.id)
    ids = [each.id for each in held]
    last = next((each.id for each in reversed(held) if each.revision), None)  # not behind others' new ones at the end
    after = wish.paragraph or (last if wish.after is None else None)
    at = ids.index(after) + 1 if after in ids else 0  # what follows the title stands first
    rank = {state: n for n, state in enumerate([CHAIR, *text.order])}
    while at < len(held) and held[at].revision == 0:
        first = next(iter(live_on(session, held[at].id)), None)
        if first is not None and rank.get(first.by, len(rank)) > rank.get(by, len(rank)):
            break
        after, at = held[at].id, at + 1
    fresh = new_id()
    return {
        "paragraph": fresh,
        "new": {"id": fresh, "kind": wish.new_kind, "after": after},
        "base": 0,
        "wording": wording,
        "label": labels.get(wish.paragraph or "", ""),
    }


def _at_present(session: Session, text: Text, paragraph: Paragraph, revision: int, wording: str) -> str:
    """The wording against the present base; given back where the words it changes are gone."""
    if wording and revision != paragraph.revision:
        outcome = rebased(base_of(session, paragraph, revision), paragraph.wording, wording, text.algorithm)
        if outcome.fate == Fate.FLAGGED or not (found := cleaned(outcome.wording)):
            raise conflict(
                lazy("The paragraph has changed in these very words since you read it. Your wording is kept below.")
            )
        wording = found
    if wording == paragraph.wording:
        raise invalid(wording=lazy("This is what the paragraph says already."))
    return wording


def holds_once(session: Session, text: Text, paragraph: Paragraph, state: str, wording: str, but: str = "") -> None:
    """Refuse a second wording of the same words by one delegation."""
    _refuse_beside(held_against(session, text, paragraph, state, wording, but))


def holds_one_place(session: Session, paragraph: Paragraph, state: str) -> None:
    """Refuse a second place for one paragraph by one delegation."""
    held = (each for each in live_on(session, paragraph.id) if each.kind == "move" and state in each.holders)
    _refuse_beside(next(held, None))


def stands_again(session: Session, text: Text, paragraph: Paragraph, proposal: Proposal) -> bool:
    """Whether a proposal that was put aside still asks for what stands there, and its holders for nothing else."""
    if proposal.kind == "move":
        for state in proposal.holders:
            holds_one_place(session, paragraph, state)
        return True
    rivals = (held_against(session, text, paragraph, state, proposal.wording) for state in proposal.holders)
    return proposal.base == paragraph.revision and not any(rivals)


def _refuse_beside(held: Proposal | None) -> None:
    if held is not None:
        raise out_of_order(
            lazy("Your delegation holds proposal %(number)s on the same words. Revise it, or leave it first.")
            % {"number": held.number}
        )


def held_against(
    session: Session, text: Text, paragraph: Paragraph, state: str, wording: str, but: str = ""
) -> Proposal | None:
    """The proposal that a delegation holds and that this wording contradicts; to leave out contradicts all words."""
    for each in live_on(session, paragraph.id):
        mine = state in each.holders and each.state == "open" and each.kind != "move" and each.id != but
        if not mine:
            continue
        if bool(each.wording) != bool(wording):
            return each
        if not compatible(paragraph.wording, [each.wording, wording], text.algorithm):
            return each
    return None


def _second(occasion: Occasion, text: Text, paragraph: Paragraph, by: str, number: int) -> dict[str, Any]:
    """Two paragraphs as one: the second proposal would take out the paragraph that follows."""
    held = [each for each in paragraphs_of(occasion.session, text.id) if each.wording]
    at = next((n for n, each in enumerate(held) if each.id == paragraph.id), None)
    if at is None or at + 1 == len(held):
        raise out_of_order(lazy("No paragraph follows that could be joined to this one."))
    following = open_paragraph(occasion, text, held[at + 1].id)
    holds_once(occasion.session, text, following, by, "")
    return {"proposal": new_id(), "number": number, "paragraph": following.id, "base": following.revision}


@effect("proposal.made")
def made(session: Session, entry: Entry) -> None:
    """The proposal; for a new paragraph also its place, for two paragraphs as one also the package."""
    keep_proposal(session, entry)


def keep_proposal(session: Session, entry: Entry) -> None:
    """Write down a proposal as its entry tells it."""
    body = entry.body
    text = text_of(session, entry.meeting, body["text"])
    if body["new"]:
        fresh = {"id": body["new"]["id"], "kind": body["new"]["kind"], "wording": ""}
        insert_after(session, entry, text, body["new"]["after"], [fresh], "added")
    common = {
        "text": text.id,
        "by": body["by"],
        "holders": [body["by"]],
        "state": "open",
        "why": "",
        "made": entry.number,
        "worded": entry.number,
        "changed": entry.number,
        "note": body["note"],
        "package": None,
    }
    amends = body.get("amends")
    session.add(
        Proposal(
            id=body["proposal"],
            after=body["after"],
            amends=amends,
            **common,
            **{name: body[name] for name in ("number", "paragraph", "kind", "base", "wording")},
        )
    )
    second = body["second"]
    if second:
        session.add(
            Proposal(
                id=second["proposal"],
                kind="deletion",
                wording="",
                after=None,
                amends=None,
                **common,
                **{name: second[name] for name in ("number", "paragraph", "base")},
            )
        )
        session.flush()
        keep_package(session, entry, text, body["package"], [body["proposal"], second["proposal"]])
    text.changed = entry.number
    session.flush()


_SAID = {
    "wording": lazy("%(who)s proposes other words in paragraph %(label)s (proposal %(number)s)"),
    "deletion": lazy("%(who)s proposes to leave out paragraph %(label)s (proposal %(number)s)"),
    "addition": lazy("%(who)s proposes a new paragraph after %(label)s (proposal %(number)s)"),
    "move": lazy("%(who)s proposes another place for paragraph %(label)s (proposal %(number)s)"),
}


@phrase("proposal.made")
def say_made(entry: Entry) -> str:
    """Who proposes what where."""
    place = place_said(entry.body["label"]) or "–"
    said = {"who": who(entry.body["by"]), "label": place, "number": entry.body["number"]}
    if entry.body.get("amends_number"):
        said |= {"amended": entry.body["amends_number"]}
        return gettext("%(who)s would amend proposal %(amended)s in paragraph %(label)s (proposal %(number)s)") % said
    return str(_SAID[entry.body["kind"]] % said)


def who(holder: str) -> str:
    """A holder's name as it is spoken."""
    return gettext("The chair") if holder == CHAIR else state_name(holder)
