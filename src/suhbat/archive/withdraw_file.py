"""A file is withdrawn from the public record, with its facts."""

from collections.abc import Collection
from typing import Annotated

from msgspec import Meta
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Input, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.place_finders import Place
from suhbat.archive.file_entry_bodies import AboutFile, decision_on_file
from suhbat.archive.file_reports import CURATORS
from suhbat.archive.file_rows import clear_format, clear_meeting, clear_people
from suhbat.archive.models import ArchiveFile
from suhbat.formats.models import Format
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.ground.refusals import not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.record.entries import Entry


class Withdrawn(Input, frozen=True, kw_only=True):
    """A file that is no longer part of the public record."""

    path: Annotated[str, Meta(title="File", max_length=240)]
    why: Annotated[str, Meta(title="Why", max_length=1000)] = ""


class WithdrawnFile(AboutFile, frozen=True, kw_only=True):
    """The file that was withdrawn, and why."""

    why: str


@guard("archive.withdrawn")
def may_withdraw(_viewer: Viewer, _place: Place, origins: Collection[str]) -> None:
    """The format of the file has no meetings. `origins` are those of its meetings."""
    if "held" in origins:
        raise out_of_order(lazy("Meetings of this format were held here: it cannot be withdrawn."))
    if origins:
        raise out_of_order(lazy("Meetings of this format are reported: withdraw those first."))


@act("archive.withdrawn", "Withdraw a file from the public record", by=CURATORS, audience="public")
def withdraw(occasion: Occasion, inputs: Withdrawn) -> Decision[WithdrawnFile]:
    """The editor takes a reported format or meeting back. The record keeps what it said and who withdrew it.

    What was held here cannot be withdrawn.
    """
    file = occasion.session.get(ArchiveFile, inputs.path)
    if file is None:
        raise not_found()
    may_withdraw(occasion.actor, INSTALLATION_PLACE, origins_within(occasion.session, file))
    return decision_on_file(WithdrawnFile(path=inputs.path, of=file.of, why=inputs.why))


def origins_within(session: Session, file: ArchiveFile) -> frozenset[str]:
    """The origins of a format's meetings, for the file of a format; empty for other files."""
    if not file.path.startswith("formats/"):
        return frozenset()
    return frozenset(session.scalars(select(Meeting.origin).where(Meeting.format == file.of).distinct()))


@effect("archive.withdrawn")
def withdrawn(session: Session, _entry: Entry, body: WithdrawnFile) -> None:
    """The file and its facts are no longer in the tables."""
    session.execute(delete(ArchiveFile).where(ArchiveFile.path == body.path))
    if body.of == "people":
        clear_people(session)
    elif "/" in body.of:
        clear_meeting(session, body.of)
        session.execute(delete(Meeting).where(Meeting.id == body.of))
    else:
        clear_format(session, body.of)
        session.execute(delete(Format).where(Format.id == body.of))


@phrase("archive.withdrawn")
def say_withdrawn(_entry: Entry, body: WithdrawnFile) -> str:
    """The sentence with the file's path."""
    return _("Withdrawn from the public record: %(path)s") % {"path": body.path}
