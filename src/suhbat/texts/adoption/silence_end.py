"""How a silence ends: broken by a delegation, lifted by the chair, or held until its deadline."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import SPEAKERS, Role
from suhbat.acts.timed_acts import Due, timed
from suhbat.ground.clock import instant, stamp
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.adoption.adoption_transitions import CHAIRS, adopt, back_to_drafting
from suhbat.texts.adoption.silence import OnSilence, in_time, must_run, running_silences, silence_of
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Paragraph, Silence, Text
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import fit, labels_of, meeting_and_text, must_negotiate, paragraph_of, text_of


class BreakSilence(OnSilence, frozen=True, kw_only=True):
    """The paragraph at which a delegation cannot keep silent."""

    paragraph: Annotated[str | None, Meta(title="Paragraph", extra={"choices": "text paragraphs"})] = None
    reason: Annotated[str, Meta(title="Reason", min_length=1, max_length=2_000, extra={"widget": "textarea"})]


class SilenceBroken(Body, frozen=True, kw_only=True):
    """Who broke the silence, and at which paragraph."""

    text: str
    title: str
    silence: str
    by: str
    """The delegation."""
    paragraph: str
    label: str
    """The number of the paragraph."""
    reason: str
    """References are saved as in the text; empty where none was given, which early entries allowed."""


@guard("silence.broken")
def may_break(viewer: Viewer, _meeting: Meeting, text: Text, silence: Silence) -> None:
    """The viewer's delegation negotiates the text, and the silence runs."""
    must_negotiate(viewer, SPEAKERS, text)
    must_run(silence)


@act("silence.broken", "Break the silence", by=SPEAKERS)
def break_(occasion: Occasion, inputs: BreakSilence) -> SilenceBroken:
    """A delegation breaks the silence before its deadline, naming the paragraph and the reason.

    That ends it for all, and the text returns to drafting, unless the delegation takes it back before the deadline.
    What comes after the deadline comes too late.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    silence = silence_of(occasion.session, text, inputs.silence)
    may_break(occasion.actor, meeting, text, silence)
    in_time(silence, occasion.now)
    about = silence.paragraph or inputs.paragraph
    if about is None:
        raise invalid(paragraph=lazy("Name the paragraph at which you cannot keep silent."))
    paragraph_of(occasion.session, text, about)
    labels = labels_of(occasion.session, text)
    return SilenceBroken(
        text=text.name,
        title=text.title,
        silence=silence.id,
        by=occasion.delegation,
        paragraph=about,
        label=labels[about],
        reason=fit(inputs.reason, labels, "reason"),
    )


@effect("silence.broken")
def broken(session: Session, entry: Entry, body: SilenceBroken) -> None:
    """The silence has ended for all; the paragraph is open."""
    silence = session.get_one(Silence, body.silence)
    silence.status, silence.broken_by, silence.about = "broken", body.by, body.paragraph
    silence.reason, silence.entry = body.reason, entry.number
    paragraph = session.get_one(Paragraph, body.paragraph)
    paragraph.status, paragraph.changed = "open", entry.number
    back_to_drafting(text_of(session, entry.meeting, body.text), entry)


@phrase("silence.broken")
def say_broken(_entry: Entry, body: SilenceBroken) -> str:
    """Who breaks the silence, and at which paragraph."""
    return gettext("%(who)s breaks the silence on “%(title)s” at paragraph %(label)s") % {
        "who": holder_name(body.by),
        "title": body.title,
        "label": place_label(body.label),
    }


class SilenceLifted(Body, frozen=True, kw_only=True):
    """Which silence was ended without result."""

    text: str
    title: str
    silence: str


@guard("silence.lifted")
def may_lift(_viewer: Viewer, _meeting: Meeting, silence: Silence) -> None:
    """The silence runs."""
    must_run(silence)


@act("silence.lifted", "Lift the silence", by=CHAIRS)
def lift(occasion: Occasion, inputs: OnSilence) -> SilenceLifted:
    """The chair ends a silence before its deadline, without result."""
    meeting, text = meeting_and_text(occasion, inputs)
    silence = silence_of(occasion.session, text, inputs.silence)
    may_lift(occasion.actor, meeting, silence)
    in_time(silence, occasion.now)
    return SilenceLifted(text=text.name, title=text.title, silence=silence.id)


@effect("silence.lifted")
def lifted(session: Session, entry: Entry, body: SilenceLifted) -> None:
    """The silence has ended without result."""
    silence = session.get_one(Silence, body.silence)
    silence.status, silence.entry = "lifted", entry.number
    back_to_drafting(text_of(session, entry.meeting, body.text), entry)


@phrase("silence.lifted")
def say_lifted(_entry: Entry, body: SilenceLifted) -> str:
    """Which silence was lifted."""
    return gettext("The silence on “%(title)s” is lifted; nothing is agreed by it") % {"title": body.title}


class SilenceHeld(Body, frozen=True, kw_only=True):
    """What is agreed because nobody spoke against it."""

    text: str
    title: str
    silence: str
    paragraph: str | None
    """The id of the one paragraph that lay under silence; null for the whole text."""
    label: str
    """The number of that paragraph; empty for the whole text."""
    as_of: str
    """The deadline: the instant at which it was agreed, whenever the record noted it."""
    digest: str
    """SHA-256 of what lay under silence, in hex."""


@guard("silence.held")
def may_hold(_viewer: Viewer, _meeting: Meeting, silence: Silence, moment: str) -> None:
    """The silence runs, as far as the record says, and its deadline is past at this moment (`clock.stamp`)."""
    if silence.status != "running":
        raise out_of_order(lazy("No silence is running here."))
    if silence.deadline > moment:
        raise out_of_order(lazy("The deadline is not yet past."))


@act("silence.held", "The silence has held", by={Role.SYSTEM, *CHAIRS})
def hold(occasion: Occasion, inputs: OnSilence) -> SilenceHeld:
    """Nobody broke the silence before its deadline.

    The text or paragraph is agreed as of the deadline, whenever this is noted. The server notes it by itself at the
    deadline, or as soon as it runs again.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    silence = occasion.session.get(Silence, inputs.silence)
    if silence is None or silence.text != text.id:
        raise out_of_order(lazy("No silence is running here."))
    may_hold(occasion.actor, meeting, silence, stamp(occasion.now))
    return SilenceHeld(
        text=text.name,
        title=text.title,
        silence=silence.id,
        paragraph=silence.paragraph,
        label=labels_of(occasion.session, text).get(silence.paragraph or "", ""),
        as_of=silence.deadline,
        digest=silence.digest,
    )


@effect("silence.held")
def held(session: Session, entry: Entry, body: SilenceHeld) -> None:
    """What lay under silence is agreed as of the deadline."""
    silence = session.get_one(Silence, body.silence)
    silence.status, silence.entry = "held", entry.number
    if body.paragraph:
        paragraph = session.get_one(Paragraph, body.paragraph)
        paragraph.status, paragraph.changed = "agreed", entry.number
    else:
        text = text_of(session, entry.meeting, body.text)
        adopt(session, entry, text, digest=body.digest, as_of=body.as_of, how="silence")


@timed("silence.held", after=["silence.started", "silence.extended", "silence.restored"])
def held_at(session: Session, _now: datetime) -> Iterable[Due]:
    """At its deadline. The text is agreed as of then, however late this is done."""
    for text, silence in running_silences(session):
        yield Due(instant(silence.deadline), {"meeting": text.meeting, "text": text.name, "silence": silence.id})


@phrase("silence.held")
def say_held(_entry: Entry, body: SilenceHeld) -> str:
    """What is agreed."""
    if body.label:
        return gettext("The silence held: paragraph %(label)s of “%(title)s” is agreed") % {
            "label": place_label(body.label),
            "title": body.title,
        }
    return gettext("The silence held: “%(title)s” is adopted") % {"title": body.title}
