"""What a delegation writes for itself alone: a note, or a draft of a wording."""

from typing import Annotated, Literal

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import DELEGATION
from suhbat.ground.clock import stamp
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import conflict, not_allowed, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.audiences import delegation_only
from suhbat.record.entries import Entry
from suhbat.texts.models import OwnNote, Text
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import (
    Hidden,
    HiddenNumber,
    InText,
    fit,
    is_adopted,
    labels_of,
    meeting_and_text,
    paragraph_of,
)


class KeepNote(InText, frozen=True, kw_only=True):
    """A note or draft that a delegation writes for itself."""

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


class NoteKept(Body, frozen=True, kw_only=True):
    """A delegation's own note or draft on a paragraph; the entry names the delegation."""

    text: str
    """The name of the text within its meeting."""
    paragraph: str
    label: str
    """The number of the paragraph."""
    kind: str
    """`note` or `draft`."""
    wording: str
    """References are stored as in the text; empty: the note is deleted."""


@guard("note.kept")
def may_keep(viewer: Viewer, meeting: Meeting, text: Text, kind: str) -> None:
    """The viewer sits in a delegation; a `draft` needs a text that can still change, a `note` does not."""
    if text.status == "adopted" and kind == "draft":
        raise out_of_order(_ADOPTED)
    seat = viewer.seat_for(DELEGATION, meeting.id)
    if seat is None or not seat.state:
        raise not_allowed(lazy("Only delegations keep notes of their own."))


_ADOPTED = lazy("This text is adopted. Nothing in it changes.")


@act("note.kept", "Keep a note for your delegation", by=DELEGATION, audience="delegation")
def keep(occasion: Occasion, inputs: KeepNote) -> Decision[NoteKept]:
    """A member of a delegation keeps a note or a draft wording on a paragraph.

    Only the own delegation ever sees it; in the record it stands as a sealed entry. Empty words take it away. What
    a colleague kept in the meantime is not overwritten.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    may_keep(occasion.actor, meeting, text, inputs.kind)
    if inputs.kind == "draft" and is_adopted(occasion.session, text, stamp(occasion.now)):
        raise out_of_order(_ADOPTED)  # by a silence that has run out but is not ended yet
    paragraph = paragraph_of(occasion.session, text, inputs.paragraph)
    note = own_note(occasion.session, paragraph.id, occasion.delegation, inputs.kind)
    if (note.entry if note else 0) != inputs.seen:
        raise conflict()
    labels = labels_of(occasion.session, text)
    body = NoteKept(
        text=text.name,
        paragraph=paragraph.id,
        label=labels[paragraph.id],
        kind=inputs.kind,
        wording=fit(inputs.wording, labels),
    )
    return Decision(body, audience=delegation_only(occasion.delegation))


def own_note(session: Session, paragraph: str, delegation: str, kind: str) -> OwnNote | None:
    """A delegation's own `note` or `draft` on a paragraph."""
    return session.scalar(
        select(OwnNote).where(OwnNote.paragraph == paragraph, OwnNote.delegation == delegation, OwnNote.kind == kind)
    )


@effect("note.kept")
def kept(session: Session, entry: Entry, body: NoteKept) -> None:
    """One note and one draft per paragraph and delegation; the latest stands."""
    note = own_note(session, body.paragraph, entry.delegation, body.kind)
    if not body.wording:
        if note is not None:
            session.delete(note)
        return
    if note is None:
        note = OwnNote(paragraph=body.paragraph, delegation=entry.delegation, kind=body.kind)
        session.add(note)
    note.wording, note.entry = body.wording, entry.number


@phrase("note.kept")
def say_kept(_entry: Entry, body: NoteKept) -> str:
    """The paragraph. Only the own delegation reads this line."""
    return gettext("A note of your own on paragraph %(label)s") % {"label": place_label(body.label)}
