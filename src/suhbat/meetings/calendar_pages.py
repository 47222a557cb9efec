"""Addresses of calendar files: of one meeting, of a format, of all formats."""

from litestar import get
from litestar.response import Response

from suhbat.acts.app import App
from suhbat.acts.page_cache import cacheable
from suhbat.acts.roles_and_seats import Viewer
from suhbat.acts.stored_file_responses import download_headers
from suhbat.formats.format_names import format_name
from suhbat.formats.models import Format
from suhbat.ground.language import gettext
from suhbat.ground.refusals import not_found
from suhbat.meetings.calendars import feed, invitation, meeting_file
from suhbat.meetings.queries import of_format, visible_meeting
from suhbat.record.audiences import PARTICIPANTS


@get("/meetings/{format_:str}/{slug:str}/calendar.ics", sync_to_thread=True)
def meeting_calendar(app: App, actor: Viewer, format_: str, slug: str) -> Response[bytes]:
    """The calendar file of a meeting: an invitation for participants, a plain event for anyone else."""
    with app.database.reading() as session:
        meeting = visible_meeting(session, actor, f"{format_}/{slug}")
        if meeting.origin == "held" and actor.scope(meeting.id).sees(PARTICIPANTS):
            content = invitation(session, app.settings, meeting, actor)
            method = "CANCEL" if meeting.status == "cancelled" else "REQUEST"
        else:
            content, method = meeting_file(session, app.settings, meeting), "PUBLISH"
    return _calendar(content, f"{slug}.ics", method)


@get("/calendars/{name:str}", sync_to_thread=True)
def calendar_feed(app: App, name: str) -> Response[bytes]:
    """The meetings of a format, or of all, as a calendar feed, without drafts and rehearsals."""
    format_id = name.removesuffix(".ics")
    if format_id == name:
        raise not_found()
    with app.database.reading() as session:
        format_ = None if format_id == "all" else session.get(Format, format_id)
        if (format_ is None or format_.hidden) and format_id != "all":
            raise not_found()
        title = format_name(format_.id, format_.name, {}) if format_ else gettext("Dialogues of Central Asia")
        meetings = of_format(session, format_.id if format_ else None)
        content = feed(session, app.settings, meetings, title, f"/calendars/{name}")
    return cacheable(_calendar(content, name, "PUBLISH"))


def _calendar(content: bytes, name: str, method: str) -> Response[bytes]:
    return Response(
        content,
        media_type=f"text/calendar; method={method}",
        headers={**download_headers(name, inline=True), "cache-control": "no-cache"},
    )
