"""The silence procedure: agreed at the deadline unless a delegation breaks the silence before."""

from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Occasion, act, effect, phrase
from suhbat.acts.actors import SPEAKERS, Role
from suhbat.ground.clock import stamp
from suhbat.ground.dates import local_instant
from suhbat.ground.ids import new_id
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.meetings.wall_times import WallTime
from suhbat.record.entries import Entry
from suhbat.texts.adoption.canonical_text import digest, document, paragraph_digest
from suhbat.texts.adoption.capital_times import in_utc
from suhbat.texts.adoption.transitions import CHAIRS, adopt, back_to_drafting, must_be_clean
from suhbat.texts.lookup import (
    Hidden,
    InText,
    delegation_in,
    drafting_text,
    fit,
    labels_of,
    live_on,
    open_paragraph,
    paragraph_of,
    text_of,
)
from suhbat.texts.models import Paragraph, Silence, Text
from suhbat.texts.negotiation.cross_references import must_refer_to_something
from suhbat.texts.negotiation.propose import who
from suhbat.texts.place_labels import place_said


class StartSilence(InText, frozen=True, kw_only=True):
    """A clean text or paragraph, and a deadline."""

    paragraph: Annotated[str | None, Meta(title="Only this paragraph", extra={"choices": "text paragraphs"})] = None
    deadline: Annotated[
        WallTime,
        Meta(
            title="Deadline, on the host’s clock",
            description="The custom of the United Nations is 72 hours at least.",
        ),
    ]


@act("silence.started", "Put under silence", by=CHAIRS)
def start(occasion: Occasion, inputs: StartSilence) -> dict[str, Any]:
    """The chair puts a clean text, or one paragraph, under silence until a deadline.

    It is agreed at the deadline unless a delegation breaks the silence before. Nothing in it changes meanwhile.
    """
    text = drafting_text(occasion, inputs)
    session = occasion.session
    deadline = _deadline(occasion, inputs)
    body: dict[str, Any] = {
        "text": text.name,
        "title": text.title,
        "silence": new_id(),
        "paragraph": inputs.paragraph,
        "label": "",
        "deadline": stamp(deadline),
    }
    if inputs.paragraph:
        paragraph = open_paragraph(occasion, text, inputs.paragraph)
        if not paragraph.wording or live_on(session, paragraph.id):
            raise out_of_order(lazy("Proposals are still open on this paragraph."))
        must_refer_to_something(session, text, paragraph)
        label = labels_of(session, text)[paragraph.id]
        return body | {"label": label, "digest": paragraph_digest(paragraph)}
    must_be_clean(session, text)
    return body | {"digest": digest(document(session, text))}


def _deadline(occasion: Occasion, inputs: StartSilence) -> datetime:
    """The instant that the host's clock names; it has to lie ahead."""
    zone = occasion.session.get_one(Meeting, inputs.meeting).zone or "UTC"
    day, _, time = inputs.deadline.partition("T")
    try:
        found = local_instant(day, time, zone)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise invalid(deadline=lazy("This is no date or time there."))
    if found <= occasion.now:
        raise invalid(deadline=lazy("The deadline has to lie in the future."))
    return found


@effect("silence.started")
def started(session: Session, entry: Entry) -> None:
    """The silence runs; a whole text stands still."""
    body = entry.body
    text = text_of(session, entry.meeting, body["text"])
    session.add(
        Silence(
            id=body["silence"],
            text=text.id,
            paragraph=body["paragraph"],
            digest=body["digest"],
            started=stamp(entry.time),
            deadline=body["deadline"],
            state="running",
            broken_by="",
            reason="",
            reminded="",
            entry=entry.number,
        )
    )
    if body["paragraph"] is None:
        text.state = "silence"
    text.changed = entry.number


@phrase("silence.started")
def say_started(entry: Entry) -> str:
    """What, until when."""
    said = {
        "title": entry.body["title"],
        "label": place_said(entry.body["label"]),
        "deadline": in_utc(entry.body["deadline"]),
    }
    if entry.body["label"]:
        return gettext("Paragraph %(label)s of “%(title)s” is under silence until %(deadline)s") % said
    return gettext("“%(title)s” is under silence until %(deadline)s") % said


class OnSilence(InText, frozen=True, kw_only=True):
    """An act on a running silence."""

    silence: Hidden


class BreakSilence(OnSilence, frozen=True, kw_only=True):
    """The paragraph at which a delegation cannot keep silent."""

    paragraph: Annotated[str | None, Meta(title="Paragraph", extra={"choices": "text paragraphs"})] = None
    reason: Annotated[str, Meta(title="Reason", max_length=2_000, extra={"widget": "textarea"})] = ""


def running(occasion: Occasion, text: Text, name: str) -> Silence:
    """A silence that has neither ended nor run out."""
    silence = occasion.session.get(Silence, name)
    if silence is None or silence.text != text.id:
        raise not_found(lazy("There is no such silence on this text."))
    if silence.state == "broken":
        raise out_of_order(lazy("%(who)s has broken this silence already.") % {"who": who(silence.broken_by)})
    if silence.state != "running" or silence.deadline <= stamp(occasion.now):
        ended = lazy("This silence has ended at its deadline, %(at)s.")
        raise out_of_order(ended % {"at": in_utc(silence.deadline)})
    return silence


@act("silence.broken", "Break the silence", by=SPEAKERS)
def break_(occasion: Occasion, inputs: BreakSilence) -> dict[str, Any]:
    """A delegation breaks the silence before its deadline, naming the paragraph.

    That ends it for all; the text returns to drafting. An answer after the deadline comes too late.
    """
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    state = delegation_in(occasion, text)
    silence = running(occasion, text, inputs.silence)
    about = silence.paragraph or inputs.paragraph
    labels = labels_of(occasion.session, text)
    if about is None:
        raise invalid(paragraph=lazy("Name the paragraph at which you cannot keep silent."))
    paragraph_of(occasion.session, text, about)
    return {
        "text": text.name,
        "title": text.title,
        "silence": silence.id,
        "by": state,
        "paragraph": about,
        "label": labels[about],
        "reason": fit(inputs.reason, labels, "reason"),
    }


@effect("silence.broken")
def broken(session: Session, entry: Entry) -> None:
    """Ended for all; the paragraph is open."""
    body = entry.body
    silence = session.get_one(Silence, body["silence"])
    silence.state, silence.broken_by, silence.about = "broken", body["by"], body["paragraph"]
    silence.reason, silence.entry = body["reason"], entry.number
    paragraph = session.get_one(Paragraph, body["paragraph"])
    paragraph.state, paragraph.changed = "open", entry.number
    back_to_drafting(session, entry)


@phrase("silence.broken")
def say_broken(entry: Entry) -> str:
    """Who, at which paragraph."""
    return gettext("%(who)s breaks the silence on “%(title)s” at paragraph %(label)s") % {
        "who": who(entry.body["by"]),
        "title": entry.body["title"],
        "label": place_said(entry.body["label"]),
    }


@act("silence.lifted", "Lift the silence", by=CHAIRS)
def lift(occasion: Occasion, inputs: OnSilence) -> dict[str, Any]:
    """The chair ends a silence before its deadline, without result."""
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    return {"text": text.name, "title": text.title, "silence": running(occasion, text, inputs.silence).id}


@effect("silence.lifted")
def lifted(session: Session, entry: Entry) -> None:
    """Ended without result."""
    silence = session.get_one(Silence, entry.body["silence"])
    silence.state, silence.entry = "lifted", entry.number
    back_to_drafting(session, entry)


@act("silence.held", "The silence has held", by={Role.SYSTEM, *CHAIRS})
def hold(occasion: Occasion, inputs: OnSilence) -> dict[str, Any]:
    """Nobody broke the silence before its deadline.

    What lay under it is agreed as of the deadline, whenever this is noted. The house notes it by itself at the
    deadline, or as soon as it runs again.
    """
    text = text_of(occasion.session, inputs.meeting, inputs.text)
    silence = occasion.session.get(Silence, inputs.silence)
    if silence is None or silence.text != text.id or silence.state != "running":
        raise out_of_order(lazy("No silence is running here."))
    if silence.deadline > stamp(occasion.now):
        raise out_of_order(lazy("The deadline is not yet past."))
    label = labels_of(occasion.session, text).get(silence.paragraph or "", "")
    body = {"text": text.name, "title": text.title, "silence": silence.id, "paragraph": silence.paragraph}
    return body | {"label": label, "as_of": silence.deadline, "digest": silence.digest}


@effect("silence.held")
def held(session: Session, entry: Entry) -> None:
    """Agreed as of the deadline."""
    body = entry.body
    silence = session.get_one(Silence, body["silence"])
    silence.state, silence.entry = "held", entry.number
    if body["paragraph"]:
        paragraph = session.get_one(Paragraph, body["paragraph"])
        paragraph.state, paragraph.changed = "agreed", entry.number
    else:
        adopt(session, entry, body["as_of"], "silence")


@phrase("silence.held")
def say_held(entry: Entry) -> str:
    """What is agreed."""
    if entry.body["label"]:
        return gettext("The silence held: paragraph %(label)s of “%(title)s” is agreed") % {
            "label": place_said(entry.body["label"]),
            "title": entry.body["title"],
        }
    return gettext("The silence held: “%(title)s” is adopted") % {"title": entry.body["title"]}
