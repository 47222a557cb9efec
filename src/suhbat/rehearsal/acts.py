"""Acts of the rehearsal itself. What is done in it are the ordinary acts of a meeting."""

from typing import Annotated, Any, Literal

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import InMeeting, Occasion, Role, act, effect, phrase
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.script import names

Pace = Annotated[Literal["hand", "brisk", "real"], Meta(extra={"words_of": "pace of a rehearsal"})]


class Stage(InMeeting, frozen=True, kw_only=True):
    """The meeting that was convened for it, and the script."""

    script: Annotated[str, Meta(title="Script", max_length=80)]


class SetPace(InMeeting, frozen=True, kw_only=True):
    """How fast the absent are played."""

    pace: Annotated[Pace, Meta(title="Pace")]


class PutAway(InMeeting, frozen=True, kw_only=True):
    """The rehearsal that is over."""


@act("rehearsal.staged", "Stage a rehearsal", by={Role.SECRETARIAT}, audience="public", rehearsal=True)
def stage(occasion: Occasion, inputs: Stage) -> dict[str, Any]:
    """A convened meeting is marked as the rehearsal of a script.

    Anyone may then sit down in it, and the house plays those who are absent, through the same acts as everyone. It is
    never taken for a real meeting: every page of it says what it is, and lists and downloads leave it out.
    """
    meeting = occasion.session.get(Meeting, inputs.meeting)
    if meeting is None or not meeting.rehearsal:
        raise not_found()
    if inputs.script not in names():
        raise invalid(script=lazy("There is no such script."))
    return {"script": inputs.script, "title": meeting.title}


@effect("rehearsal.staged")
def _staged(session: Session, entry: Entry) -> None:
    session.add(Rehearsal(meeting=entry.meeting, script=entry.body["script"], pace="hand", entry=entry.number))


@phrase("rehearsal.staged")
def _say_staged(entry: Entry) -> str:
    return gettext("“%(title)s” is rehearsed.") % {"title": entry.body["title"]}


@act("rehearsal.paced", "Set the pace", by={Role.ANYONE}, audience="public", rehearsal=True)
def pace(occasion: Occasion, inputs: SetPace) -> dict[str, Any]:
    """Anyone who rehearses sets how fast the absent are played: by hand, briskly, or as a real meeting goes."""
    _going_on(occasion, inputs.meeting)
    return {"pace": inputs.pace}


@effect("rehearsal.paced")
def _paced(session: Session, entry: Entry) -> None:
    session.get_one(Rehearsal, entry.meeting).pace = entry.body["pace"]


@phrase("rehearsal.paced")
def _say_paced(entry: Entry) -> str:
    said = {
        "hand": gettext("The absent are played by hand."),
        "brisk": gettext("The absent are played briskly."),
        "real": gettext("The absent are played at the pace of a real meeting."),
    }
    return said[entry.body["pace"]]


@act("rehearsal.put_away", "Put the rehearsal away", by={Role.ANYONE}, audience="public", rehearsal=True)
def put_away(occasion: Occasion, inputs: PutAway) -> dict[str, Any]:
    """Anyone may put a rehearsal away and so make room for a fresh one. The record keeps what was done in it."""
    _going_on(occasion, inputs.meeting)
    return {}


@effect("rehearsal.put_away")
def _put_away(session: Session, entry: Entry) -> None:
    found = session.get_one(Rehearsal, entry.meeting)
    found.away, found.pace = True, "hand"


@phrase("rehearsal.put_away")
def _say_put_away(_entry: Entry) -> str:
    return gettext("The rehearsal was put away.")


def _going_on(occasion: Occasion, meeting: str) -> Rehearsal:
    found = occasion.session.get(Rehearsal, meeting)
    if found is None:
        raise not_found()
    if found.away:
        raise out_of_order(lazy("This rehearsal was put away."))
    return found
