"""A delegation takes back that it broke a silence: until the deadline, and as long as nothing has changed since."""

from sqlalchemy.orm import Session

from suhbat.acts import Body, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import SPEAKERS
from suhbat.ground.clock import stamp
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import not_allowed, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.texts.adoption.silence import OnSilence, silence_of
from suhbat.texts.adoption.utc_times import in_utc
from suhbat.texts.holder_names import holder_name
from suhbat.texts.models import Silence, Text
from suhbat.texts.text_guard_checks import meeting_and_text, must_be_drafted, must_negotiate, text_of


class SilenceRestored(Body, frozen=True, kw_only=True):
    """Who takes back the breaking of which silence."""

    text: str
    """The name of the text within its meeting."""
    title: str
    silence: str
    """The id of the silence, which runs again."""
    by: str
    """The delegation."""
    deadline: str
    """The instant at which the silence ends, as before (`clock.stamp`)."""


@guard("silence.restored")
def may_restore(viewer: Viewer, _meeting: Meeting, text: Text, silence: Silence, moment: str) -> None:
    """The viewer's delegation broke it, its deadline lies ahead of this moment, and nothing has changed since."""
    delegation = must_negotiate(viewer, SPEAKERS, text)
    if silence.status != "broken":
        raise out_of_order(lazy("Nobody has broken this silence."))
    if silence.broken_by != delegation:
        raise not_allowed(lazy("Only the delegation that broke a silence takes that back."))
    if silence.deadline <= moment:
        raise out_of_order(lazy("The deadline is past."))
    must_be_drafted(text)
    if text.changed != silence.entry:
        raise out_of_order(lazy("The text has changed since the silence was broken."))


@act("silence.restored", "Take back the breaking of a silence", by=SPEAKERS)
def restore(occasion: Occasion, inputs: OnSilence) -> SilenceRestored:
    """The delegation that broke a silence takes that back, and the silence goes on to its deadline.

    This is open until the deadline, and only while nothing in the text has changed since.
    """
    meeting, text = meeting_and_text(occasion, inputs)
    silence = silence_of(occasion.session, text, inputs.silence)
    may_restore(occasion.actor, meeting, text, silence, stamp(occasion.now))
    return SilenceRestored(
        text=text.name,
        title=text.title,
        silence=silence.id,
        by=occasion.delegation,
        deadline=silence.deadline,
    )


@effect("silence.restored")
def restored(session: Session, entry: Entry, body: SilenceRestored) -> None:
    """The silence runs as before it was broken; what was under it cannot change."""
    silence = session.get_one(Silence, body.silence)
    silence.status, silence.broken_by, silence.about = "running", "", None
    silence.reason, silence.entry = "", entry.number
    text = text_of(session, entry.meeting, body.text)
    if silence.paragraph is None:
        text.status = "silence"
    text.changed = entry.number


@phrase("silence.restored")
def say_restored(_entry: Entry, body: SilenceRestored) -> str:
    """Who takes it back, and until when the silence lasts."""
    words = gettext("%(who)s takes back the breaking of the silence on “%(title)s”, which lasts until %(deadline)s")
    return words % {"who": holder_name(body.by), "title": body.title, "deadline": in_utc(body.deadline)}
