"""Reminders of a silence that runs: a day and an hour before its deadline, in the record and so in every room."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import Role
from suhbat.acts.timed_acts import Due, timed
from suhbat.ground.clock import instant
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.adoption.silence import OnSilence, in_time, must_run, running_silences, silence_of
from suhbat.texts.adoption.silence_mail import mail_reminder
from suhbat.texts.adoption.utc_times import in_utc
from suhbat.texts.models import Silence
from suhbat.texts.place_labels import place_label
from suhbat.texts.text_guard_checks import labels_of, meeting_and_text

STAGES = {"day": timedelta(hours=24), "hour": timedelta(hours=1)}
"""How long before the deadline, the earliest first."""


def stage_due(silence: Silence, now: datetime) -> str:
    """The reminder that is due now and has not been given; empty for none.

    Only the latest counts: a server that was down for a day does not give reminders that are out of date. A silence
    that was started within a day of its deadline needs no reminder of that day.
    """
    deadline, started = instant(silence.deadline), instant(silence.started)
    past = [name for name, span in STAGES.items() if started < deadline - span <= now < deadline]
    return past[-1] if past and past[-1] != silence.reminded else ""


class Remind(OnSilence, frozen=True, kw_only=True):
    """Which of the two reminders is given."""

    stage: Annotated[Literal["day", "hour"], Meta(title="How long before the deadline")]


class SilenceReminded(Body, frozen=True, kw_only=True):
    """Of what the delegations were reminded, and when it ends."""

    text: str
    title: str
    silence: str
    label: str
    """The number of the one paragraph under silence; empty for the whole text."""
    deadline: str
    """The instant at which the silence ends (`clock.stamp`)."""
    stage: Literal["day", "hour"]
    """How long before the deadline."""


@guard("silence.reminded")
def may_remind(_viewer: Viewer, _meeting: Meeting, silence: Silence) -> None:
    """The silence runs."""
    must_run(silence)


@act("silence.reminded", "Remind of a silence", by={Role.SYSTEM})
def remind(occasion: Occasion, inputs: Remind) -> Decision[SilenceReminded]:
    """The server reminds the delegations, a day and an hour before the deadline, that a silence is running.

    Each reminder is given once, whichever of the server's processes is first.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    silence = silence_of(occasion.session, text, inputs.silence)
    may_remind(occasion.actor, meeting, silence)
    in_time(silence, occasion.now)
    if stage_due(silence, occasion.now) != inputs.stage:
        raise out_of_order(lazy("This reminder is not due."))
    body = SilenceReminded(
        text=text.name,
        title=text.title,
        silence=silence.id,
        label=labels_of(occasion.session, text).get(silence.paragraph or "", ""),
        deadline=silence.deadline,
        stage=inputs.stage,
    )

    def mail() -> dict[str, Any]:
        mail_reminder(occasion.settings, text, silence)
        return {}

    return Decision(body, afterwards=mail)


@timed("silence.reminded", after=["silence.started", "silence.extended", "silence.restored"])
def reminders(session: Session, now: datetime) -> Iterable[Due]:
    """The reminder that is due, and those to come."""
    for text, silence in running_silences(session):
        deadline, started = instant(silence.deadline), instant(silence.started)
        due = stage_due(silence, now)
        for stage, span in STAGES.items():
            if stage == due or started < deadline - span > now:
                inputs = {"meeting": text.meeting, "text": text.name, "silence": silence.id, "stage": stage}
                yield Due(deadline - span, inputs)


@effect("silence.reminded")
def reminded(session: Session, _entry: Entry, body: SilenceReminded) -> None:
    """The reminder is not given again."""
    session.get_one(Silence, body.silence).reminded = body.stage


@phrase("silence.reminded")
def say_reminded(_entry: Entry, body: SilenceReminded) -> str:
    """What is agreed at which time, unless a delegation breaks the silence."""
    placeholders = {"title": body.title, "label": place_label(body.label), "deadline": in_utc(body.deadline)}
    if body.label:
        return gettext("Reminder: paragraph %(label)s of “%(title)s” is agreed at %(deadline)s unless a delegation breaks the silence") % placeholders  # fmt: skip  # noqa: E501
    whole = gettext("Reminder: “%(title)s” is adopted at %(deadline)s unless a delegation breaks the silence")
    return whole % placeholders
