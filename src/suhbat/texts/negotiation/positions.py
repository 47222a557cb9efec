"""Where delegations stand on proposals; what a delegation writes for itself alone."""

from typing import Annotated, Any, Literal

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Occasion, act, effect, phrase
from suhbat.acts.actors import DELEGATION, SPEAKERS
from suhbat.ground.clock import stamp
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import conflict, invalid, not_allowed, out_of_order
from suhbat.record.entries import Entry
from suhbat.record.reading import delegation_only
from suhbat.texts.lookup import (
    Hidden,
    HiddenNumber,
    InText,
    delegation_in,
    drafting_text,
    fit,
    is_adopted,
    labels_of,
    live_proposal,
    paragraph_of,
    text_of,
)
from suhbat.texts.models import OwnNote, Position
from suhbat.texts.negotiation.propose import who
from suhbat.texts.place_labels import place_said

Stand = Annotated[
    Literal["supports", "can-accept", "reserves", "objects"], Meta(extra={"words_of": "a position on a proposal"})
]
STANDS = {
    "supports": lazy("supports"),
    "can-accept": lazy("can accept"),
    "reserves": lazy("reserves"),
    "objects": lazy("objects"),
}


class TakePosition(InText, frozen=True, kw_only=True):
    """An answer to a proposal."""

    proposal: Hidden
    seen: HiddenNumber
    stand: Annotated[Stand, Meta(title="Position")]
    reason: Annotated[str, Meta(title="Reason", max_length=2_000, extra={"widget": "textarea"})] = ""
    pending: Annotated[str | None, Meta(title="Pending paragraph", extra={"choices": "text paragraphs"})] = None


@act("position.taken", "Answer a proposal", by=SPEAKERS)
def take(occasion: Occasion, inputs: TakePosition) -> dict[str, Any]:
    """A delegation answers a proposal: it supports it, can accept it, reserves its position, or objects.

    A reservation may be *ad referendum* or pending another paragraph; an objection needs a reason. A delegation may
    answer anew; holders need not answer their own. An answer belongs to the wording that was read: if that has
    changed since, it is not counted.
    """
    text = drafting_text(occasion, inputs)
    state = delegation_in(occasion, text)
    proposal = live_proposal(occasion.session, text, inputs.proposal)
    if state in proposal.holders:
        raise out_of_order(lazy("Your delegation holds this proposal; it need not answer it."))
    if proposal.worded > inputs.seen:
        raise conflict(lazy("The proposal has changed since you read it. Look again and answer anew."))
    if inputs.stand == "objects" and not inputs.reason.strip():
        raise invalid(reason=lazy("Say why: the others have to know what would satisfy you."))
    if inputs.pending is not None:
        if inputs.stand != "reserves":
            raise invalid(pending=lazy("Only a reservation waits for another paragraph."))
        paragraph_of(occasion.session, text, inputs.pending)
    labels = labels_of(occasion.session, text)
    return {
        "text": text.name,
        "proposal": proposal.id,
        "number": proposal.number,
        "label": labels[proposal.paragraph],
        "by": state,
        "stand": inputs.stand,
        "reason": fit(inputs.reason, labels, "reason"),
        "pending": inputs.pending,
    }


@effect("position.taken")
def taken(session: Session, entry: Entry) -> None:
    """The latest answer counts; the earlier ones are in the record."""
    body = entry.body
    found = session.scalar(
        select(Position).where(Position.proposal == body["proposal"], Position.delegation == body["by"])
    )
    if found is None:
        found = Position(proposal=body["proposal"], delegation=body["by"])
        session.add(found)
    found.stand, found.reason, found.pending = body["stand"], body["reason"], body["pending"]
    found.entry = entry.number


@phrase("position.taken")
def say_taken(entry: Entry) -> str:
    """Who, and how."""
    return gettext("%(who)s on proposal %(number)s in paragraph %(label)s: %(stand)s") % {
        "who": who(entry.body["by"]),
        "number": entry.body["number"],
        "label": place_said(entry.body["label"]),
        "stand": STANDS[entry.body["stand"]],
    }


class KeepNote(InText, frozen=True, kw_only=True):
    """Something a delegation writes for itself."""

    paragraph: Hidden
    seen: HiddenNumber = 0
    """The entry of the note that the form showed; 0: there was none."""
    kind: Annotated[
        Literal["note", "draft"], Meta(extra={"widget": "hidden", "words_of": "what a delegation keeps for itself"})
    ] = "note"
    wording: Annotated[
        str,
        Meta(
            title="For your delegation alone",
            description="Nobody outside your delegation is shown this, the secretariat and the chair included.",
            max_length=8_000,
            extra={"widget": "textarea"},
        ),
    ] = ""


@act("note.kept", "Keep a note for the own delegation", by=DELEGATION, audience="delegation")
def keep(occasion: Occasion, inputs: KeepNote) -> Decision[Any]:
    """A member of a delegation keeps a note or a draft wording on a paragraph.

    Only the own delegation ever sees it; in the record it stands as a sealed entry. Empty words take it away. What
    a colleague kept in the meantime is not overwritten.
    """
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    if is_adopted(occasion.session, text, stamp(occasion.now)) and inputs.kind == "draft":
        raise out_of_order(lazy("This text is adopted. Nothing in it changes."))
    state = occasion.delegation
    if not state:
        raise not_allowed(lazy("Only delegations keep notes of their own."))
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    found = own_note(occasion.session, paragraph.id, state, inputs.kind)
    if (found.entry if found else 0) != inputs.seen:
        raise conflict()
    labels = labels_of(occasion.session, text)
    body = {
        "text": text.name,
        "paragraph": paragraph.id,
        "label": labels[paragraph.id],
        "kind": inputs.kind,
        "wording": fit(inputs.wording, labels),
    }
    return Decision(body, audience=delegation_only(state))


def own_note(session: Session, paragraph: str, delegation: str, kind: str) -> OwnNote | None:
    """What a delegation keeps for itself on a paragraph: its `note` or its `draft`."""
    return session.scalar(
        select(OwnNote).where(OwnNote.paragraph == paragraph, OwnNote.delegation == delegation, OwnNote.kind == kind)
    )


@effect("note.kept")
def kept(session: Session, entry: Entry) -> None:
    """One note and one draft per paragraph and delegation; the latest stands."""
    body = entry.body
    found = own_note(session, body["paragraph"], entry.delegation, body["kind"])
    if not body["wording"]:
        if found is not None:
            session.delete(found)
        return
    if found is None:
        found = OwnNote(paragraph=body["paragraph"], delegation=entry.delegation, kind=body["kind"])
        session.add(found)
    found.wording, found.entry = body["wording"], entry.number


@phrase("note.kept")
def say_kept(entry: Entry) -> str:
    """Only the own delegation reads this line."""
    return gettext("A note of your own on paragraph %(label)s") % {"label": place_said(entry.body["label"])}
