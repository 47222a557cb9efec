"""Reports: the facts of the public record come in file by file, by one act each."""

import binascii
import zlib
from typing import Annotated, Any

from msgspec import UNSET, Meta, UnsetType
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Input, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.acts.place_finders import Place
from suhbat.archive.file_entry_bodies import FileBody, decision_on_file
from suhbat.archive.file_rows import save_file, write_format, write_meeting, write_people
from suhbat.archive.file_validation import check
from suhbat.archive.queries import targets_here
from suhbat.archive.yaml_reader import File
from suhbat.archive.yaml_writer import decompress_text, file_text
from suhbat.formats.models import Format
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.public.presentation.caption_parts import clauses
from suhbat.record.entries import Entry

CURATORS = frozenset({Role.ADMINISTRATOR, Role.EDITOR})


class Reported(Input, frozen=True, kw_only=True):
    """A file of the public record."""

    path: Annotated[
        str, Meta(title="File", max_length=240, pattern=r"^(formats|meetings/[a-z0-9-]+)/[a-z0-9-]+\.yaml$")
    ]
    content: Annotated[dict[str, Any], Meta(title="Content")]
    text: Annotated[str, Meta(title="The file's own text, deflated", max_length=60_000)] = ""


class CheckedReport(Reported, frozen=True, kw_only=True):
    """A file that was checked together with its folder. Only a load makes this, no form and no program."""

    file: File


class ReportedFile(FileBody, frozen=True, kw_only=True):
    """The file of a format or a meeting."""

    content: dict[str, Any]
    text: str | UnsetType = UNSET
    """The file's own text, compressed and in base 64, if writing its content would not give the same bytes."""


@guard("archive.format_reported")
def may_report_format(_viewer: Viewer, _place: Place, format_: Format | None) -> None:
    """The format was not founded here."""
    if format_ is not None and format_.origin == "held":
        raise out_of_order(lazy("This format was founded here: what is held here is not overwritten by reports."))


@act("archive.format_reported", "Report a format", by=CURATORS, audience="public")
def report_format(occasion: Occasion, inputs: Reported) -> Decision[ReportedFile]:
    """The editor of the public record reports what sources say of a standing dialogue: who is in it since when.

    Every fact names its sources. A format that was founded here is not overwritten.
    """
    may_report_format(occasion.actor, INSTALLATION_PLACE, occasion.session.get(Format, File(inputs.path, "").of))
    return decision_on_file(_reported(occasion, inputs, "format"))


@effect("archive.format_reported")
def format_reported(session: Session, entry: Entry, body: ReportedFile) -> None:
    """The format has the facts of the file."""
    save_file(session, entry.number, body, text=body.text)
    write_format(session, body.of, body.content, entry.number)


@phrase("archive.format_reported")
def say_format_reported(_entry: Entry, body: ReportedFile) -> str:
    """The sentence with the format's name."""
    return _("Reported: %(title)s") % {"title": body.content["name"]}


@guard("archive.meeting_reported")
def may_report_meeting(_viewer: Viewer, _place: Place, meeting: Meeting | None) -> None:
    """The meeting was not held here."""
    if meeting is not None and meeting.origin == "held":
        raise out_of_order(lazy("This meeting was held here: what is held here is not overwritten by reports."))


@act("archive.meeting_reported", "Report a meeting", by=CURATORS, audience="public")
def report_meeting(occasion: Occasion, inputs: Reported) -> Decision[ReportedFile]:
    """The editor of the public record reports what sources say of a meeting: who met, and what came of it.

    Every outcome names at least one source. A meeting that was held here is not overwritten.
    """
    may_report_meeting(occasion.actor, INSTALLATION_PLACE, occasion.session.get(Meeting, File(inputs.path, "").of))
    return decision_on_file(_reported(occasion, inputs, "meeting"))


@effect("archive.meeting_reported")
def meeting_reported(session: Session, entry: Entry, body: ReportedFile) -> None:
    """The meeting has the facts of the file."""
    save_file(session, entry.number, body, text=body.text)
    write_meeting(session, body.of, body.content, entry.number)


@phrase("archive.meeting_reported")
def say_meeting_reported(_entry: Entry, body: ReportedFile) -> str:
    """The sentence with the meeting's title."""
    return _("Reported: %(title)s") % {"title": body.content["title"]}


class PeopleReported(Input, frozen=True, kw_only=True):
    """The file of people."""

    content: Annotated[list[dict[str, Any]], Meta(title="Content")]
    path: Annotated[str, Meta(pattern=r"^people\.yaml$", extra={"widget": "hidden"})] = "people.yaml"
    text: Annotated[str, Meta(title="The file's own text, deflated", max_length=60_000)] = ""


class CheckedPeopleReport(PeopleReported, frozen=True, kw_only=True):
    """The file of people, checked together with its folder."""

    file: File


class ReportedPeople(FileBody, frozen=True, kw_only=True):
    """The file of people: one object for each person."""

    content: list[dict[str, Any]]
    text: str | UnsetType = UNSET
    """As in `ReportedFile`."""


@act("archive.people_reported", "Report the people of the public record", by=CURATORS, audience="public")
def report_people(occasion: Occasion, inputs: PeopleReported) -> Decision[ReportedPeople]:
    """The editor of the public record names the ministers and heads in it, with one spelling for each."""
    file = _checked_file(occasion, inputs, "people")
    body = ReportedPeople(
        path=inputs.path, of=file.of, sha256=file.sha256, content=inputs.content, text=inputs.text or UNSET
    )
    return decision_on_file(body)


@effect("archive.people_reported")
def people_reported(session: Session, entry: Entry, body: ReportedPeople) -> None:
    """The people of the record are those of the file."""
    save_file(session, entry.number, body, text=body.text)
    write_people(session, body.content, entry.number)


@phrase("archive.people_reported")
def say_people_reported(_entry: Entry, body: ReportedPeople) -> str:
    """The sentence with the number of people."""
    return _("%(count)s people of the public record reported") % {"count": len(body.content)}


def _reported(occasion: Occasion, inputs: Reported, kind: str) -> ReportedFile:
    file = _checked_file(occasion, inputs, kind)
    return ReportedFile(
        path=inputs.path, of=file.of, sha256=file.sha256, content=inputs.content, text=inputs.text or UNSET
    )


def _checked_file(occasion: Occasion, inputs: Reported | PeopleReported, kind: str) -> File:
    """A file without faults. It is checked here, unless it was checked with its folder."""
    if isinstance(inputs, CheckedReport | CheckedPeopleReport):
        return inputs.file
    file = File(inputs.path, "", inputs.content)
    if file.kind != kind:
        raise invalid(path=lazy("This is not where such a file stands."))
    if faults := check(file, targets_here(occasion.session, occasion.now.date(), file)):
        raise invalid(content=clauses(fault.reason for fault in faults[:20]))
    try:
        file.text = decompress_text(inputs.text) if inputs.text else file_text(inputs.content)
    except (ValueError, zlib.error, binascii.Error) as fault:
        raise invalid(text=lazy("This is no deflated text.")) from fault
    return file
