"""Look-ups: the file that tells of a thing, and what a file may point to."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.archive.file_validation import Known
from suhbat.archive.models import ArchiveFile
from suhbat.archive.yaml_reader import File
from suhbat.formats.models import Format
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome


def file_about(session: Session, of: str) -> ArchiveFile | None:
    """The file that tells of a format, a meeting, or the `people`."""
    return session.scalar(select(ArchiveFile).where(ArchiveFile.of == of).limit(1))


def known_here(session: Session, today: date, file: File) -> Known:
    """What the references of a file that comes by itself may point to: what the tables hold, and the file's own."""
    known = Known([file])
    known.today = today
    known.formats.update(session.scalars(select(Format.id)))
    known.meetings.update(session.scalars(select(Meeting.id)))
    for id_, part_of, follows in session.execute(select(Outcome.id, Outcome.part_of, Outcome.follows)):
        known.outcomes.setdefault(id_, {"part_of": part_of, "follows": follows})
    return known
