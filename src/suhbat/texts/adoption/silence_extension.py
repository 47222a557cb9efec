"""A silence is given a later deadline, with a reason: nobody is bound earlier than it said before."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.ground.clock import instant, stamp
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.adoption.adoption_transitions import CHAIRS
from suhbat.texts.adoption.silence import OnSilence, in_time, must_run, silence_of
from suhbat.texts.adoption.silence_deadline import Deadline, IsCertain, ask_about_deadline, read_deadline
from suhbat.texts.adoption.utc_times import in_utc
from suhbat.texts.models import Silence
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import fit, labels_of, meeting_and_text, text_of


class ExtendSilence(OnSilence, frozen=True, kw_only=True):
    """A later deadline, and why."""

    deadline: Deadline
    reason: Annotated[str, Meta(title="Reason", min_length=1, max_length=2_000, extra={"widget": "textarea"})]
    certain: IsCertain = False


class SilenceExtended(Body, frozen=True, kw_only=True):
    """Until when the silence lasts now, and until when it lasted before."""

    text: str
    """The name of the text within its meeting."""
    title: str
    silence: str
    """The id of the silence."""
    label: str
    """The number of the one paragraph under silence; empty for the whole text."""
    deadline: str
    """The instant at which it ends (`clock.stamp`)."""
    before: str
    """The instant at which it would have ended."""
    reason: str
    """References are saved as in the text."""


@guard("silence.extended")
def may_extend(_viewer: Viewer, _meeting: Meeting, silence: Silence) -> None:
    """The silence runs."""
    must_run(silence)


@act("silence.extended", "Extend the silence", by=CHAIRS)
def extend(occasion: Occasion, inputs: ExtendSilence) -> SilenceExtended:
    """The chair gives a running silence a later deadline, with a reason. It is never made shorter.

    The delegations are reminded anew, a day and an hour before the new deadline.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    silence = silence_of(occasion.session, text, inputs.silence)
    may_extend(occasion.actor, meeting, silence)
    in_time(silence, occasion.now)
    deadline = read_deadline(meeting, inputs.deadline, occasion.now)
    if deadline <= instant(silence.deadline):
        raise invalid(deadline=lazy("A silence can only be extended. Its deadline is %(at)s.") % {
            "at": in_utc(silence.deadline),
        })  # fmt: skip
    if not inputs.certain:
        ask_about_deadline(meeting, text, deadline, occasion.now)
    labels = labels_of(occasion.session, text)
    return SilenceExtended(
        text=text.name,
        title=text.title,
        silence=silence.id,
        label=labels.get(silence.paragraph or "", ""),
        deadline=stamp(deadline),
        before=silence.deadline,
        reason=fit(inputs.reason, labels, "reason"),
    )


@effect("silence.extended")
def extended(session: Session, entry: Entry, body: SilenceExtended) -> None:
    """The silence lasts longer, and its reminders are still to come."""
    silence = session.get_one(Silence, body.silence)
    silence.deadline, silence.reminded, silence.entry = body.deadline, "", entry.number
    text_of(session, entry.meeting, body.text).changed = entry.number


@phrase("silence.extended")
def say_extended(_entry: Entry, body: SilenceExtended) -> str:
    """Until when the silence lasts now."""
    placeholders = {"title": body.title, "label": place_label(body.label), "deadline": in_utc(body.deadline)}
    if body.label:
        words = gettext("The silence on paragraph %(label)s of “%(title)s” is extended until %(deadline)s")
    else:
        words = gettext("The silence on “%(title)s” is extended until %(deadline)s")
    return words % placeholders
