"""Acts on the rehearsal itself. In a rehearsal, the ordinary acts of a meeting are used."""

from typing import Annotated, Literal

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Role, act, effect, guard, phrase
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import conflict, invalid, not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.script import script_names

Pace = Annotated[Literal["hand", "brisk", "real"], Meta(extra={"words_of": "pace of a rehearsal"})]


class Stage(InMeeting, frozen=True, kw_only=True):
    """The meeting that was convened for it, and the script."""

    script: Annotated[str, Meta(title="Script", max_length=80)]


class RehearsalStaged(Body, frozen=True, kw_only=True):
    """The name of the script, and the title of the meeting."""

    script: str
    title: str


@guard("rehearsal.staged")
def may_stage(_viewer: Viewer, meeting: Meeting) -> None:
    """Only a meeting that was convened as a rehearsal can be staged; for others, the answer is "not found"."""
    if not meeting.rehearsal:
        raise not_found()


@act("rehearsal.staged", "Stage a rehearsal", by={Role.SECRETARIAT}, audience="public", rehearsal=True)
def stage(occasion: Occasion, inputs: Stage) -> RehearsalStaged:
    """A convened meeting is marked as the rehearsal of a script.

    Anyone may then take a seat in it. Absent participants are played by the server, by the same acts as everyone's. It
    is never taken for a real meeting: every page of it says what it is, and lists and downloads leave it out.
    """
    meeting = occasion.session.get(Meeting, inputs.meeting)
    if meeting is None:
        raise not_found()
    may_stage(occasion.actor, meeting)
    if occasion.session.get(Rehearsal, inputs.meeting) is not None:
        raise conflict(lazy("This rehearsal is there already. Delete it and start again."))
    if inputs.script not in script_names():
        raise invalid(script=lazy("There is no such script."))
    return RehearsalStaged(script=inputs.script, title=meeting.title)


@effect("rehearsal.staged")
def _staged(session: Session, entry: Entry, body: RehearsalStaged) -> None:
    session.add(Rehearsal(meeting=entry.meeting, script=body.script, pace="hand", entry=entry.number))


@phrase("rehearsal.staged")
def _say_staged(_entry: Entry, body: RehearsalStaged) -> str:
    return gettext("“%(title)s” is rehearsed.") % {"title": body.title}


class SetPace(InMeeting, frozen=True, kw_only=True):
    """How fast the absent are played."""

    pace: Annotated[Pace, Meta(title="Pace")]


class RehearsalPaced(Body, frozen=True, kw_only=True):
    """The new pace: `hand`, `brisk` or `real`."""

    pace: str


@guard("rehearsal.paced", "rehearsal.put_away")
def may_change_rehearsal(_viewer: Viewer, _meeting: Meeting, rehearsal: Rehearsal) -> None:
    """Anyone may change a rehearsal until it is put away."""
    if rehearsal.away:
        raise out_of_order(lazy("This rehearsal was put away."))


@act("rehearsal.paced", "Set the pace", by={Role.ANYONE}, audience="public", rehearsal=True)
def pace(occasion: Occasion, inputs: SetPace) -> RehearsalPaced:
    """Anyone who rehearses sets how fast the absent are played: by hand, briskly, or as a real meeting goes."""
    may_change_rehearsal(occasion.actor, *_rehearsal(occasion.session, inputs.meeting))
    return RehearsalPaced(pace=inputs.pace)


@effect("rehearsal.paced")
def _paced(session: Session, entry: Entry, body: RehearsalPaced) -> None:
    session.get_one(Rehearsal, entry.meeting).pace = body.pace


@phrase("rehearsal.paced")
def _say_paced(_entry: Entry, body: RehearsalPaced) -> str:
    sentences = {
        "hand": gettext("The absent are played by hand."),
        "brisk": gettext("The absent are played briskly."),
        "real": gettext("The absent are played at the pace of a real meeting."),
    }
    return sentences[body.pace]


class PutAway(InMeeting, frozen=True, kw_only=True):
    """The rehearsal that is over."""


class RehearsalPutAway(Body, frozen=True, kw_only=True):
    """No fields: the entry names the meeting and the time."""


@act("rehearsal.put_away", "Put the rehearsal away", by={Role.ANYONE}, audience="public", rehearsal=True)
def put_away(occasion: Occasion, inputs: PutAway) -> RehearsalPutAway:
    """Anyone may put a rehearsal away and so make room for a fresh one. The record keeps what was done in it."""
    may_change_rehearsal(occasion.actor, *_rehearsal(occasion.session, inputs.meeting))
    return RehearsalPutAway()


@effect("rehearsal.put_away")
def _put_away(session: Session, entry: Entry, _body: RehearsalPutAway) -> None:
    rehearsal = session.get_one(Rehearsal, entry.meeting)
    rehearsal.away, rehearsal.pace = True, "hand"


@phrase("rehearsal.put_away")
def _say_put_away(_entry: Entry, _body: RehearsalPutAway) -> str:
    return gettext("The rehearsal was put away.")


def _rehearsal(session: Session, meeting: str) -> tuple[Meeting, Rehearsal]:
    rehearsal = session.get(Rehearsal, meeting)
    if rehearsal is None:
        raise not_found()
    return session.get_one(Meeting, meeting), rehearsal
