"""The working pages of a meeting: desk, agenda, delegations and papers."""

from typing import Any

from litestar import Router, get
from litestar.response import Response
from markupsafe import Markup
from sqlalchemy.orm import Session, joinedload

from suhbat.acts.app import App, address
from suhbat.acts.forms import Field, fields_of
from suhbat.acts.panels import Panel, panels_of
from suhbat.acts.registry import REGISTRY, call_handler
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import STAFF, Role, Viewer
from suhbat.acts.stored_file_responses import download_headers, stored_bytes
from suhbat.formats.models import Format
from suhbat.ground.file_sizes import show_size
from suhbat.ground.ids import new_id
from suhbat.ground.refusals import not_found
from suhbat.meetings import calendar_pages, convene_page, other_eyes
from suhbat.meetings.agenda import agenda_shown, numbered_items
from suhbat.meetings.agenda_times import beginnings
from suhbat.meetings.capital_clocks import clocks_of
from suhbat.meetings.credentials import PRESENTERS
from suhbat.meetings.models import Delegation, Meeting, Paper
from suhbat.meetings.page_addresses import change_form, desk_of
from suhbat.meetings.presiding_heads import missing_chairs
from suhbat.meetings.queries import (
    may_read,
    meeting_for_participant,
    papers,
    releases,
    unreleased_changes,
    visible_meeting,
)
from suhbat.meetings.what_waits import PREPARATION, Asking, what_waits
from suhbat.record.audiences import PARTICIPANTS


@get("/meetings/{format_:str}/{slug:str}/desk", sync_to_thread=True)
def desk(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The page where a meeting is prepared: open tasks, agenda, delegations, and the time in every capital."""
    with app.database.reading() as session:
        meeting = meeting_for_participant(session, actor, f"{format_}/{slug}")
        scope = actor.scope(meeting.id)
        versions = releases(session, meeting.id, scope)
        last = versions[0] if versions else None
        staff = bool(actor.roles_at(meeting.id) & STAFF)
        return app.page(
            request,
            actor,
            "meetings/desk.html",
            **_head(session, actor, meeting, "desk"),
            staff=staff,
            rows=numbered_items(meeting.agenda) if staff else [],
            version=last,
            waiting=unreleased_changes(meeting, last) if staff else 0,
            add_item=_form(session, app, actor, "agenda.item_added", meeting),
            invite=_form(session, app, actor, "delegation.invited", meeting),
            change=change_form(meeting),
            no_chair=missing_chairs(session, [meeting]).get(meeting.id) if staff else None,
            waits=what_waits(Asking(session, app.door, actor, app.clock(), {meeting.id: meeting}), without=PREPARATION),
            in_room={str(peer.get("delegation", "")) for peer in app.tail.here(meeting.id)},
            papers=papers(session, meeting, scope),
            clocks=clocks_of(meeting),
            panels=_panels(session, app, actor, meeting),
        )


@get("/meetings/{format_:str}/{slug:str}/agenda", sync_to_thread=True)
def agenda(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str, version: int = 0) -> Response[str]:
    """The released versions of the agenda, with the changes between them."""
    with app.database.reading() as session:
        meeting = visible_meeting(session, actor, f"{format_}/{slug}")
        scope = actor.scope(meeting.id)
        versions = releases(session, meeting.id, scope)
        release = next((row for row in versions if not version or row.version == version), None)
        if version and release is None:
            raise not_found()
        writes = app.door.offers(actor, "agenda.item_changed", meeting)
        return app.page(
            request,
            actor,
            "meetings/agenda.html",
            **_head(session, actor, meeting, "agenda"),
            versions=versions,
            release=release,
            times=beginnings(meeting, release.items) if release else {},
            writes=writes,
            waiting=unreleased_changes(meeting, versions[0] if versions else None) if writes else 0,
            papers=papers(session, meeting, scope),
        )


@get("/meetings/{format_:str}/{slug:str}/delegations", sync_to_thread=True)
def delegations(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The delegations in protocol order, with their members and the status of their credentials."""
    with app.database.reading() as session:
        meeting = meeting_for_participant(session, actor, f"{format_}/{slug}")
        may_present = [
            row for row in meeting.delegations if app.door.offers(actor, "credentials.presented", meeting, row)
        ]
        seat = actor.seat_for(PRESENTERS, meeting.id)
        for_others = seat is not None and seat.role == Role.SECRETARIAT
        own_delegation = may_present[0] if may_present and not for_others else None
        return app.page(
            request,
            actor,
            "meetings/delegations.html",
            **_head(session, actor, meeting, "delegations"),
            mine=own_delegation.state if own_delegation else actor.delegation_at(meeting.id),
            enterable={row.state for row in may_present} if for_others else set(),
            present=_presenting(session, actor, meeting, own_delegation) if own_delegation else [],
        )


@get("/meetings/{format_:str}/{slug:str}/papers", sync_to_thread=True)
def paper_list(request: AnyRequest, app: App, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The papers that a reader may see, by agenda item."""
    with app.database.reading() as session:
        meeting = visible_meeting(session, actor, f"{format_}/{slug}", joinedload(Meeting.delegations))
        scope = actor.scope(meeting.id)
        items = numbered_items(agenda_shown(session, meeting, actor)) if scope.sees(PARTICIPANTS) else []
        item_titles = {row.item.id: f"{row.number} {row.item.title}" for row in items}
        return app.page(
            request,
            actor,
            "meetings/papers.html",
            **_head(session, actor, meeting, "papers"),
            groups=_groups(papers(session, meeting, scope), item_titles),
            file_paper=_form(session, app, actor, "paper.filed", meeting),
        )


@get("/meetings/{format_:str}/{slug:str}/papers/{paper:str}", sync_to_thread=True)
def paper_file(app: App, actor: Viewer, format_: str, slug: str, paper: str) -> Response[bytes]:
    """The file of a paper, as a download: a browser must not run or render uploaded files."""
    with app.database.reading() as session:
        meeting = visible_meeting(session, actor, f"{format_}/{slug}")
        row = session.get(Paper, paper)
        if row is None or row.meeting != meeting.id or row.withdrawn:
            raise not_found()
        if not may_read(meeting, row, actor.scope(meeting.id)):
            raise not_found()
        content = stored_bytes(app.settings.data, row.sha256)
    return Response(
        content,
        media_type=row.media_type,
        headers={**download_headers(row.file_name), "cache-control": "private, no-cache"},
    )


def _head(session: Session, actor: Viewer, meeting: Meeting, tab: str) -> dict[str, Any]:
    """The template context for the head of each of these pages."""
    return {
        "meeting": meeting,
        "format": session.get_one(Format, meeting.format),
        "tab": tab,
        "takes_part": actor.scope(meeting.id).sees(PARTICIPANTS),
        "file_size": show_size,
    }


def _panels(session: Session, app: App, actor: Viewer, meeting: Meeting) -> list[tuple[Panel, Markup]]:
    """The panels of other packages on the desk, rendered."""
    panels = []
    for panel in panels_of("desk"):
        content = call_handler(panel.content, session, actor, meeting.id, app.clock())
        if content is not None:
            common = {
                "actor": actor, "path": desk_of(meeting.id), "address": address, "settings": app.settings,
                "form_key": f"{new_id()}.{panel.name}", "door": app.door, "then": desk_of(meeting.id),
            }  # fmt: skip
            html = app.templates.get_template(panel.template).render(common | content)
            panels.append((panel, Markup(html)))  # noqa: S704  (a template's own output, escaped there)
    return panels


def _form(session: Session, app: App, actor: Viewer, act: str, meeting: Meeting) -> list[Field]:
    """The controls of an act on a meeting; empty if the act is not offered."""
    return _controls(session, actor, act, meeting) if app.door.offers(actor, act, meeting) else []


def _controls(session: Session, actor: Viewer, act: str, meeting: Meeting, **values: Any) -> list[Field]:
    return fields_of(REGISTRY[act].input_type, session, actor, {"meeting": meeting.id, **values}, {})


def _presenting(session: Session, actor: Viewer, meeting: Meeting, delegation: Delegation) -> list[Field]:
    """The form of a delegation's credentials, filled with what it presented before."""
    lists: dict[str, list[str]] = {}
    for member in delegation.others:
        line = ", ".join(filter(None, [member.get("name", ""), member.get("office", "")]))
        lists.setdefault(f"{member.get('role', 'delegate')}s", []).append(line)
    values = {name: "\n".join(lines) for name, lines in lists.items()}
    controls = _controls(
        session, actor, "credentials.presented", meeting, head_name=delegation.head_name or "",
        head_office=delegation.head_office or "", letter=delegation.letter, **values,
    )  # fmt: skip
    return [control for control in controls if control.name != "state"]


def _groups(papers_: list[Paper], item_titles: dict[str, str]) -> list[tuple[str, list[Paper]]]:
    """Papers by agenda item, in the order of the agenda; papers for the whole meeting come first."""
    groups: dict[str, list[Paper]] = {item: [] for item in ("", *item_titles)}
    for paper in papers_:
        groups[paper.item or "" if paper.item in item_titles else ""].append(paper)
    return [(item_titles.get(item, ""), group) for item, group in groups.items() if group]


routes = Router(
    "/",
    route_handlers=[
        desk,
        agenda,
        delegations,
        paper_list,
        paper_file,
        convene_page.convene,
        other_eyes.through_other_eyes,
        calendar_pages.meeting_calendar,
        calendar_pages.calendar_feed,
    ],
)
