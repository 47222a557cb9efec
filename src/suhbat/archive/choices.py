"""The choices in editors' forms: the words of the files, states, and the sources and outcomes that are there."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.forms import Choice, choices
from suhbat.acts.roles_and_seats import Viewer
from suhbat.archive.models import ArchiveFile
from suhbat.archive.queries import file_about
from suhbat.formats.models import Format, Membership
from suhbat.formats.state_names import protocol_order, register, state_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import Lazy
from suhbat.ground.language import gettext as _
from suhbat.ground.name_lists import in_a_row
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.public.presentation import code_labels
from suhbat.public.presentation.format_titles import by_title, title_of

Values = dict[str, Any]
NOT_IN_FILES = {"LAS"}
"""Codes of the register that the files must not use."""
LABEL_LENGTH = 90
"""Characters of a summary or title in a choice."""


def file_of(session: Session, values: Values) -> ArchiveFile | None:
    """The file that a form is about."""
    of = str(values.get("of") or values.get("outcome", "")).partition("#")[0]
    return file_about(session, of) if of else None


def file_title(file: ArchiveFile) -> str:
    """The title of a file: the name of its format, or the title and day of its meeting."""
    if file.of == "people":
        return _("The people of the public record")
    content = file.content
    return in_a_row([content["title"], show_date(content["starts"])]) if "title" in content else str(content["name"])


def _format_id(values: Values) -> str:
    id_ = str(values.get("of") or values.get("outcome") or values.get("format") or "")
    return id_.partition("/")[0]


@choices("record states")
def states(session: Session, _actor: Viewer, values: Values) -> Sequence[Choice]:
    """Every state of the register, those of the format first."""
    in_format = session.scalars(select(Membership.state).where(Membership.format == _format_id(values)))
    members = protocol_order(code for code in in_format if code in register())
    others = [code for code in protocol_order(register()) if code not in members and code not in NOT_IN_FILES]
    return [(code, state_name(code)) for code in [*members, *others]]


@choices("record sources")
def sources(session: Session, _actor: Viewer, values: Values) -> Sequence[Choice]:
    """The sources in the file."""
    file = file_of(session, values)
    in_file = file.content["sources"] if file and isinstance(file.content, dict) else []
    return [(str(source["n"]), source_label(source)) for source in in_file]


def source_label(source: dict[str, Any]) -> str:
    """A source as a choice: its number, publisher and day."""
    label = f"{source['n']} · {source['publisher']}"
    return in_a_row([label, show_date(source["date"])]) if source.get("date") else label


@choices("record outcomes")
def outcomes(session: Session, _actor: Viewer, values: Values) -> Sequence[Choice]:
    """The reported outcomes of the format, the newest first."""
    query = (
        select(Outcome.id, Outcome.summary)
        .join(Meeting, Meeting.id == Outcome.meeting)
        .where(Meeting.format == _format_id(values), Outcome.origin == "reported")
        .order_by(Meeting.starts.desc(), Outcome.position)
    )
    return [(id_, summary[:LABEL_LENGTH]) for id_, summary in session.execute(query.limit(500))]


@choices("record meetings")
def meetings(session: Session, _actor: Viewer, values: Values) -> Sequence[Choice]:
    """The reported meetings of the format, the newest first."""
    query = (
        select(Meeting.id, Meeting.title)
        .where(Meeting.format == _format_id(values), Meeting.origin == "reported")
        .order_by(Meeting.starts.desc())
    )
    return [(id_, title[:LABEL_LENGTH]) for id_, title in session.execute(query.limit(500))]


@choices("record formats")
def formats(session: Session, _actor: Viewer, _values: Values) -> Sequence[Choice]:
    """The formats to which a reported meeting may belong."""
    return [
        (format_.id, title_of(format_))
        for format_ in by_title(session.scalars(select(Format).where(~Format.hidden)).all())
    ]


def _register_words(name: str, table: dict[str, Lazy]) -> None:
    @choices(name)
    def labels(_session: Session, _actor: Viewer, _values: Values) -> Sequence[Choice]:
        return [(code, str(label)) for code, label in table.items()]


for _name, _table in (
    ("record confidence", code_labels.CONFIDENCE_SHORT),
    ("record follows", code_labels.FOLLOWS),
):
    _register_words(_name, _table)
