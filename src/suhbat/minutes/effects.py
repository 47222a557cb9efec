"""What the entries of summary records mean for the tables."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import effect, further_effect
from suhbat.ground.clock import stamp
from suhbat.meetings.models import Meeting
from suhbat.minutes import acts  # noqa: F401  (the acts must stand before their effects)
from suhbat.minutes.models import Minutes, MinutesParagraph, MinutesStand
from suhbat.minutes.outcomes_in_log import MAKING
from suhbat.record.entries import Entry


@effect("minutes.drafted")
def _drafted(session: Session, entry: Entry) -> None:
    """The draft stands; its first part takes the place of an earlier draft, further parts go on from it."""
    body = entry.body
    minutes = session.get(Minutes, entry.meeting) or Minutes(meeting=entry.meeting)
    minutes.version, minutes.language = body["version"], body["language"]
    minutes.edited, minutes.changed = False, entry.number
    session.add(minutes)
    if body["part"] == 1:
        minutes.paragraphs = []
        session.flush()
    first = len(minutes.paragraphs)
    minutes.paragraphs += [
        MinutesParagraph(position=first + n, changed=entry.number, **paragraph)
        for n, paragraph in enumerate(body["paragraphs"])
    ]


@effect("minutes.edited")
def _edited(session: Session, entry: Entry) -> None:
    body = entry.body
    minutes = session.get_one(Minutes, entry.meeting)
    minutes.version, minutes.edited, minutes.changed = body["version"], True, entry.number
    if body["before"] is None:
        _insert(minutes, entry)
        return
    held = session.scalars(
        select(MinutesParagraph).where(
            MinutesParagraph.meeting == entry.meeting, MinutesParagraph.name == body["paragraph"]
        )
    ).one()
    if body["text"]:
        held.text, held.changed = body["text"], entry.number
    else:
        minutes.paragraphs.remove(held)


def _insert(minutes: Minutes, entry: Entry) -> None:
    """A new paragraph after the named one, or at the very beginning; what follows moves on by one."""
    body = entry.body
    at = next((n for n, each in enumerate(minutes.paragraphs, 1) if each.name == body["after"]), 0)
    position = minutes.paragraphs[at - 1].position + 1 if at else 0
    for later in minutes.paragraphs[at:]:
        later.position += 1
    minutes.paragraphs.insert(
        at,
        MinutesParagraph(
            name=body["paragraph"], position=position, kind="text", text=body["text"], entries=[], changed=entry.number
        ),
    )


def _stands(session: Session, entry: Entry) -> None:
    """The delegation's stand takes the place of its earlier one."""
    body = entry.body
    held = session.scalar(
        select(MinutesStand).where(MinutesStand.meeting == entry.meeting, MinutesStand.delegation == body["delegation"])
    )
    if held is None:
        held = MinutesStand(meeting=entry.meeting, delegation=body["delegation"])
        session.add(held)
    held.version, held.agrees = body["version"], entry.act == "minutes.agreed"
    held.paragraph, held.correction = body.get("paragraph", ""), body.get("correction", "")
    held.name, held.time, held.entry = entry.name, stamp(entry.time), entry.number


effect("minutes.agreed")(_stands)
effect("minutes.objected")(_stands)


@effect("minutes.published")
def _published(session: Session, entry: Entry) -> None:
    """The summary record and its meeting are published."""
    minutes = session.get_one(Minutes, entry.meeting)
    minutes.published = minutes.changed = entry.number
    meeting = session.get_one(Meeting, entry.meeting)
    meeting.status, meeting.entry = "published", entry.number


def _leaves_more(session: Session, entry: Entry) -> None:
    """An outcome that is made, corrected or withdrawn after the draft changes what would be published."""
    minutes = session.get(Minutes, entry.meeting)
    if minutes is not None and minutes.published is None:
        minutes.version, minutes.changed = minutes.version + 1, entry.number


for name in (*MAKING, "outcome.corrected", "outcome.withdrawn"):
    further_effect(name)(_leaves_more)
