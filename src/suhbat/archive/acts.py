"""Acts by which the facts of the public record enter the house: one file, one act."""

import binascii
import zlib
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy import select

from suhbat.acts import Decision, Input, Occasion, Role, act, phrase
from suhbat.archive.file_validation import Known, check
from suhbat.archive.models import ArchiveFile
from suhbat.archive.yaml_reader import File
from suhbat.archive.yaml_writer import file_text, unpack
from suhbat.formats.models import Format
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.ground.refusals import invalid, not_found, out_of_order
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.public.presentation.caption_sentences import clauses
from suhbat.record.entries import Entry

CURATORS = frozenset({Role.ADMINISTRATOR, Role.EDITOR})


class Reported(Input, frozen=True, kw_only=True):
    """A file of the public record."""

    path: Annotated[
        str, Meta(title="File", max_length=240, pattern=r"^(formats|meetings/[a-z0-9-]+)/[a-z0-9-]+\.yaml$")
    ]
    content: Annotated[dict[str, Any], Meta(title="Content")]
    text: Annotated[str, Meta(title="The file's own text, deflated", max_length=60_000)] = ""


class PeopleReported(Input, frozen=True, kw_only=True):
    """The file of people."""

    content: Annotated[list[dict[str, Any]], Meta(title="Content")]
    path: Annotated[str, Meta(pattern=r"^people\.yaml$", extra={"widget": "hidden"})] = "people.yaml"
    text: Annotated[str, Meta(title="The file's own text, deflated", max_length=60_000)] = ""


class ReportedTogether(Reported, frozen=True, kw_only=True):
    """A file that was looked through with all others of its folder; only a load makes this, no form and no program."""

    file: File


class PeopleReportedTogether(PeopleReported, frozen=True, kw_only=True):
    """The file of people, looked through with all others of its folder."""

    file: File


class Withdrawn(Input, frozen=True, kw_only=True):
    """A file that is no longer part of the public record."""

    path: Annotated[str, Meta(title="File", max_length=240)]
    why: Annotated[str, Meta(title="Why", max_length=1000)] = ""


@act("archive.format_reported", "Report a format", by=CURATORS, audience="public")
def report_format(occasion: Occasion, inputs: Reported) -> Decision[Any]:
    """The editor of the public record reports what sources say of a standing dialogue: who is in it since when.

    Every fact names its sources. A format that was founded here is not overwritten.
    """
    held = occasion.session.get(Format, inputs.path.partition("/")[2].removesuffix(".yaml"))
    if held is not None and held.origin == "held":
        raise out_of_order(lazy("This format was founded here: what is held here is not overwritten by reports."))
    return _decide(occasion, inputs, "format")


@act("archive.meeting_reported", "Report a meeting", by=CURATORS, audience="public")
def report_meeting(occasion: Occasion, inputs: Reported) -> Decision[Any]:
    """The editor of the public record reports what sources say of a meeting: who met, and what came of it.

    Every outcome names at least one source. A meeting that was held here is not overwritten.
    """
    held = occasion.session.get(Meeting, inputs.path.partition("/")[2].removesuffix(".yaml"))
    if held is not None and held.origin == "held":
        raise out_of_order(lazy("This meeting was held here: what is held here is not overwritten by reports."))
    return _decide(occasion, inputs, "meeting")


@act("archive.people_reported", "Report the people of the public record", by=CURATORS, audience="public")
def report_people(occasion: Occasion, inputs: PeopleReported) -> Decision[Any]:
    """The editor of the public record names the ministers and heads in it, with one spelling for each."""
    return _decide(occasion, inputs, "people")


@act("archive.withdrawn", "Withdraw a file from the public record", by=CURATORS, audience="public")
def withdraw(occasion: Occasion, inputs: Withdrawn) -> Decision[Any]:
    """The editor takes a reported format or meeting back. The record keeps what it said and who withdrew it.

    What was held here cannot be withdrawn.
    """
    row = occasion.session.get(ArchiveFile, inputs.path)
    if row is None:
        raise not_found()
    if inputs.path.startswith("formats/"):
        origins = set(occasion.session.scalars(select(Meeting.origin).where(Meeting.format == row.of).distinct()))
        if "held" in origins:
            raise out_of_order(lazy("Meetings of this format were held here: it cannot be withdrawn."))
        if origins:
            raise out_of_order(lazy("Meetings of this format are reported: withdraw those first."))
    format_ = row.of.partition("/")[0] if row.of != "people" else ""
    meeting = row.of if "/" in row.of else ""
    return Decision({"path": inputs.path, "of": row.of, "why": inputs.why}, format=format_, meeting=meeting)


def _decide(occasion: Occasion, inputs: Reported | PeopleReported, kind: str) -> Decision[Any]:
    if isinstance(inputs, ReportedTogether | PeopleReportedTogether):
        file = inputs.file
    else:
        file = _looked_at(occasion, inputs, kind)
    body: dict[str, Any] = {"path": inputs.path, "of": file.of, "sha256": file.sha256, "content": inputs.content}
    if inputs.text:
        body["text"] = inputs.text
    if kind == "people":
        return Decision(body)
    return Decision(body, format=file.of.partition("/")[0], meeting=file.of if kind == "meeting" else "")


def _looked_at(occasion: Occasion, inputs: Reported | PeopleReported, kind: str) -> File:
    """A file that comes by itself, once nothing is found wrong with it."""
    file = File(inputs.path, "", inputs.content)
    if file.kind != kind:
        raise invalid(path=lazy("This is not where such a file stands."))
    if faults := check(file, known_here(occasion, file)):
        raise invalid(content=clauses(fault.reason for fault in faults[:20]))
    try:
        file.text = unpack(inputs.text) if inputs.text else file_text(inputs.content)
    except (ValueError, zlib.error, binascii.Error) as fault:
        raise invalid(text=lazy("This is no deflated text.")) from fault
    return file


def known_here(occasion: Occasion, file: File) -> Known:
    """What the references of a file that comes by itself may point to: what the tables hold, and the file's own."""
    known = Known([file])
    known.today = occasion.now.date()
    known.formats.update(occasion.session.scalars(select(Format.id)))
    known.meetings.update(occasion.session.scalars(select(Meeting.id)))
    for id_, part_of, follows in occasion.session.execute(select(Outcome.id, Outcome.part_of, Outcome.follows)):
        known.outcomes.setdefault(id_, {"part_of": part_of, "follows": follows})
    return known


@phrase("archive.format_reported")
@phrase("archive.meeting_reported")
@phrase("archive.people_reported")
def say_reported(entry: Entry) -> str:
    """Say what was reported."""
    content = entry.body["content"]
    if isinstance(content, list):
        return _("%(count)s people of the public record reported") % {"count": len(content)}
    return _("Reported: %(title)s") % {"title": content.get("title") or content.get("name")}


@phrase("archive.withdrawn")
def say_withdrawn(entry: Entry) -> str:
    """Say what was withdrawn."""
    return _("Withdrawn from the public record: %(path)s") % {"path": entry.body["path"]}
