"""The draft of a summary record: what its acts look up, and when it can be changed."""

from sqlalchemy.orm import Session

from suhbat.ground.language import lazy
from suhbat.ground.refusals import conflict, not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.minutes.minutes_agreement import minutes_of
from suhbat.minutes.models import Minutes, MinutesParagraph


def must_be_editable(meeting: Meeting) -> None:
    """Refuse unless the meeting is closed and its summary record is not published yet."""
    if meeting.status == "published":
        raise out_of_order(lazy("The summary record is published."))
    if meeting.status != "closed":
        raise out_of_order(lazy("A summary record is written when the meeting is closed."))


def draft_of(session: Session, meeting: Meeting) -> Minutes:
    """The summary record of a meeting; refused where there is none yet."""
    minutes = minutes_of(session, meeting.id)
    if minutes is None:
        must_be_editable(meeting)  # says why there is none yet
        raise not_found(lazy("There is no summary record yet."))
    return minutes


def must_be_unchanged(minutes: Minutes, version: int) -> None:
    """Refuse an answer to a version that is not the present one."""
    if minutes.version != version:
        raise conflict(lazy("The summary record was changed after you saw it. Read it again and decide again."))


def paragraph_of(minutes: Minutes, name: str) -> MinutesParagraph:
    """The paragraph that an act names; not found where there is none of this name."""
    for paragraph in minutes.paragraphs:
        if paragraph.name == name:
            return paragraph
    raise not_found(lazy("The summary record has no such paragraph."))
