"""Where an editor picks the fact to correct: every fact of a file with its present value.

The pages are for editors only. Anyone else may report an error by a form.
"""

from typing import Any

from litestar import Router, get
from litestar.response import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.app import App
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import Viewer
from suhbat.archive.choices import file_title
from suhbat.archive.field_edit import spot_in
from suhbat.archive.file_facts import sections
from suhbat.archive.file_form_page import handlers as file_handlers
from suhbat.archive.models import ArchiveFile
from suhbat.archive.queries import file_about
from suhbat.archive.shapes_from_schema import steps_of
from suhbat.archive.withdraw_file import origins_within
from suhbat.archive.yaml_reader import File
from suhbat.formats.models import Format
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.models import Meeting
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.public.presentation.format_titles import by_title


@get("/correct", sync_to_thread=True)
def correct_which(request: AnyRequest, app: App, actor: Viewer) -> Response[Any]:
    """The files that can be corrected: formats, and the people."""
    _editors_only(app, actor)
    with app.database.reading() as session:
        formats = by_title(session.scalars(select(Format).where(Format.origin == "reported")).all())
        people = session.get(ArchiveFile, "people.yaml") is not None
    return app.page(request, actor, "archive/which.html", formats=formats, people=people)


@get("/correct/{format_:str}", sync_to_thread=True)
def correct_format(request: AnyRequest, app: App, actor: Viewer, format_: str) -> Response[Any]:
    """Every fact of a format, or of the people."""
    return _facts_page(request, app, actor, format_)


@get("/correct/{format_:str}/{slug:str}", sync_to_thread=True)
def correct_meeting(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str) -> Response[Any]:
    """Every fact of a meeting with its outcomes."""
    return _facts_page(request, app, actor, f"{format_}/{slug}")


def _facts_page(request: AnyRequest, app: App, actor: Viewer, of: str) -> Response[Any]:
    _editors_only(app, actor)
    with app.database.reading() as session:
        file = file_about(session, of)
        if file is None:
            raise not_found()
        kind = File(file.path, "").kind
        meetings = _meetings(session, of) if kind == "format" else []
        origins = origins_within(session, file)
    all_sections = sections(kind, file.content)
    context: dict[str, Any] = {
        "title": file_title(file),
        "sections": all_sections,
        "spots": {
            fact.place: spot_in(kind, file.content, steps_of(fact.place))
            for section in all_sections
            for fact in section.facts
        },
        "file": file,
        "origins": origins,
        "installation": INSTALLATION_PLACE,
    }
    return app.page(request, actor, "archive/correct.html", of=of, kind=kind, meetings=meetings, **context)


def _meetings(session: Session, format_: str) -> list[Any]:
    query = (
        select(Meeting.id, Meeting.title, Meeting.starts)
        .where(Meeting.format == format_, Meeting.origin == "reported")
        .order_by(Meeting.starts.desc())
    )
    return list(session.execute(query))


def _editors_only(app: App, actor: Viewer) -> None:
    if not app.door.may(actor, "archive.corrected"):
        raise not_allowed()


routes = Router("/", route_handlers=[correct_which, correct_format, correct_meeting, *file_handlers])
