"""The silence procedure: agreed at the deadline unless a delegation breaks the silence before. How one begins."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.ground.clock import stamp
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import Refused, not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.adoption.adoption_transitions import CHAIRS, must_be_clean
from suhbat.texts.adoption.canonical_text import digest, document, hurdles, paragraph_digest
from suhbat.texts.adoption.silence_deadline import Deadline, IsCertain, ask_about_deadline, read_deadline
from suhbat.texts.adoption.utc_times import in_utc
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Silence, Text
from suhbat.texts.negotiation.cross_references import is_hanging, refers_to_nothing
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import (
    Hidden,
    InText,
    Passage,
    labels_of,
    meeting_and_draft,
    must_be_drafted,
    must_be_open,
    passage_of,
    text_of,
)


class StartSilence(InText, frozen=True, kw_only=True):
    """A clean text or paragraph, and a deadline."""

    paragraph: Annotated[str | None, Meta(title="Only this paragraph", extra={"choices": "text paragraphs"})] = None
    deadline: Deadline
    certain: IsCertain = False


class SilenceStarted(Body, frozen=True, kw_only=True):
    """What lies under silence, and until when."""

    text: str
    """The name of the text within its meeting."""
    title: str
    silence: str
    """The id of the silence."""
    paragraph: str | None
    """The id of the one paragraph under silence; null for the whole text."""
    label: str
    """The number of that paragraph; empty for the whole text."""
    deadline: str
    """The instant at which it ends (`clock.stamp`)."""
    digest: str
    """SHA-256 of what lies under silence, in hex."""


@guard("silence.started")
def may_start(
    _viewer: Viewer,
    _meeting: Meeting,
    text: Text,
    passage: Passage | None = None,
    hanging: str = "",
) -> None:
    """The text is being drafted. One paragraph by itself is open, in the text, and without live proposals.

    `hanging` is the number of that paragraph where it refers to something that is not in the text.
    """
    must_be_drafted(text)
    if passage is None:
        return
    must_be_open(passage.paragraph, passage.silences)
    if passage.live or not passage.paragraph.wording:
        raise out_of_order(lazy("Proposals are still open on this paragraph."))
    if hanging:
        raise refers_to_nothing(hanging)


@act("silence.started", "Put under silence", by=CHAIRS)
def start(occasion: Occasion, inputs: StartSilence) -> SilenceStarted:
    """The chair puts a clean text, or one paragraph, under silence until a deadline.

    It is agreed at the deadline unless a delegation breaks the silence before. Nothing in it changes meanwhile.
    """
    meeting, text = meeting_and_draft(occasion, inputs)
    session = occasion.session
    passage = passage_of(session, text, inputs.paragraph) if inputs.paragraph else None
    paragraph = passage.paragraph if passage else None
    label = labels_of(session, text)[paragraph.id] if paragraph else ""
    hanging = paragraph is not None and is_hanging(session, text, paragraph)
    may_start(occasion.actor, meeting, text, passage, label if hanging else "")
    deadline = read_deadline(meeting, inputs.deadline, occasion.now)
    if paragraph is None:
        must_be_clean(hurdles(session, text))
    if not inputs.certain:
        ask_about_deadline(meeting, text, deadline, occasion.now)
    return SilenceStarted(
        text=text.name,
        title=text.title,
        silence=new_id(),
        paragraph=paragraph.id if paragraph else None,
        label=label,
        deadline=stamp(deadline),
        digest=paragraph_digest(paragraph) if paragraph else digest(document(session, text)),
    )


@effect("silence.started")
def started(session: Session, entry: Entry, body: SilenceStarted) -> None:
    """The silence runs; a text that is under silence as a whole cannot change."""
    text = text_of(session, entry.meeting, body.text)
    session.add(
        Silence(
            id=body.silence,
            text=text.id,
            paragraph=body.paragraph,
            digest=body.digest,
            started=stamp(entry.time),
            deadline=body.deadline,
            status="running",
            broken_by="",
            reason="",
            reminded="",
            entry=entry.number,
        )
    )
    if body.paragraph is None:
        text.status = "silence"
    text.changed = entry.number


@phrase("silence.started")
def say_started(_entry: Entry, body: SilenceStarted) -> str:
    """What lies under silence, and until when."""
    placeholders = {"title": body.title, "label": place_label(body.label), "deadline": in_utc(body.deadline)}
    if body.label:
        return gettext("Paragraph %(label)s of “%(title)s” is under silence until %(deadline)s") % placeholders
    return gettext("“%(title)s” is under silence until %(deadline)s") % placeholders


class OnSilence(InText, frozen=True, kw_only=True):
    """An act on a running silence."""

    silence: Hidden


def silence_of(session: Session, text: Text, silence_id: str) -> Silence:
    """A silence of the text."""
    silence = session.get(Silence, silence_id)
    if silence is None or silence.text != text.id:
        raise not_found(lazy("There is no such silence on this text."))
    return silence


def running_silences(session: Session) -> list[tuple[Text, Silence]]:
    """Every silence that has not ended, with its text, in the order of the deadlines. Some may have passed."""
    query = select(Text, Silence).join(Text, Text.id == Silence.text).where(Silence.status == "running")
    return [(text, silence) for text, silence in session.execute(query.order_by(Silence.deadline, Silence.id))]


def must_run(silence: Silence) -> None:
    """Refuse an act on a silence that has ended, as far as its row says."""
    if silence.status == "broken":
        raise out_of_order(lazy("%(who)s has broken this silence already.") % {"who": holder_name(silence.broken_by)})
    if silence.status != "running":
        raise _ended(silence)


def in_time(silence: Silence, now: datetime) -> None:
    """Refuse an act after the deadline, even where the record does not say yet that the silence ended."""
    if silence.deadline <= stamp(now):
        raise _ended(silence)


def _ended(silence: Silence) -> Refused:
    ended = lazy("This silence has ended at its deadline, %(at)s.")
    return out_of_order(ended % {"at": in_utc(silence.deadline)})
