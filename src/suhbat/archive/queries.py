"""Look-ups: the file about a format or meeting, and what a file may refer to."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.archive.file_validation import ReferenceTargets
from suhbat.archive.models import ArchiveFile
from suhbat.archive.yaml_reader import File
from suhbat.formats.models import Format
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome


def file_about(session: Session, of: str) -> ArchiveFile | None:
    """The file about a format, a meeting, or `people`."""
    return session.scalar(select(ArchiveFile).where(ArchiveFile.of == of).limit(1))


def targets_here(session: Session, today: date, file: File) -> ReferenceTargets:
    """What a single file may refer to: what is in the tables, and what is in the file itself."""
    targets = ReferenceTargets(today, [file])
    targets.formats.update(session.scalars(select(Format.id).where(~Format.hidden)))
    targets.meetings.update(session.scalars(select(Meeting.id)))
    for id_, part_of, follows in session.execute(select(Outcome.id, Outcome.part_of, Outcome.follows)):
        targets.outcomes.setdefault(id_, {"part_of": part_of, "follows": follows})
    return targets
