"""The working pages of a meeting: the desk, its agenda, its delegations, its papers."""

from typing import Any

from litestar import Request, Router, get
from litestar.response import Response
from markupsafe import Markup
from sqlalchemy.orm import Session

from suhbat.acts.actors import DELEGATION, Role, Viewer
from suhbat.acts.downloads import as_filed, saved_as
from suhbat.acts.forms import Field, fields_of
from suhbat.acts.house import House, address
from suhbat.acts.panels import Panel, panels_of
from suhbat.acts.registry import REGISTRY
from suhbat.formats.models import Format
from suhbat.ground.ids import new_id
from suhbat.ground.refusals import not_found
from suhbat.ground.sizes import show_size
from suhbat.meetings import calendar_pages, convene_page
from suhbat.meetings.agenda import agenda_shown, numbered
from suhbat.meetings.changing import CHANGEABLE
from suhbat.meetings.clocks import clocks_of
from suhbat.meetings.models import Meeting, Paper
from suhbat.meetings.queries import knowable, may_read, papers, releases, taking_part, unreleased
from suhbat.meetings.showing import beginnings, change_form
from suhbat.record.reading import PARTICIPANTS

Asked = Request[Any, Any, Any]


@get("/meetings/{format_:str}/{slug:str}/desk", sync_to_thread=True)
def desk(request: Asked, house: House, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """Where a meeting is prepared: what is still to be done, the agenda, the delegations, every clock."""
    with house.database.reading() as session:
        meeting = taking_part(session, actor, f"{format_}/{slug}")
        scope = actor.scope(meeting.id)
        versions = releases(session, meeting.id, scope)
        staff = bool(actor.roles_at(meeting.id) & {Role.SECRETARIAT, Role.CHAIR})
        return house.page(
            request,
            actor,
            "meetings/desk.html",
            **_head(session, house, actor, meeting, "desk"),
            staff=staff,
            rows=numbered(meeting.agenda) if staff else [],
            version=versions[0] if versions else None,
            waiting=unreleased(meeting, versions[0] if versions else None) if staff else 0,
            add_item=_controls(session, actor, "agenda.item_added", meeting) if staff else [],
            invite=_controls(session, actor, "delegation.invited", meeting) if staff else [],
            change=change_form(meeting),
            papers=papers(session, meeting, scope),
            clocks=clocks_of(meeting),
            panels=_panels(session, house, actor, meeting),
        )


@get("/meetings/{format_:str}/{slug:str}/agenda", sync_to_thread=True)
def agenda(request: Asked, house: House, actor: Viewer, format_: str, slug: str, version: int = 0) -> Response[str]:
    """The agenda as it was released, version by version, with what changed between them."""
    with house.database.reading() as session:
        meeting = knowable(session, actor, f"{format_}/{slug}")
        scope = actor.scope(meeting.id)
        versions = releases(session, meeting.id, scope)
        shown = next((each for each in versions if not version or each.version == version), None)
        if version and shown is None:
            raise not_found()
        return house.page(
            request,
            actor,
            "meetings/agenda.html",
            **_head(session, house, actor, meeting, "agenda"),
            versions=versions,
            shown=shown,
            times=beginnings(meeting, shown.items) if shown else {},
            papers=papers(session, meeting, scope),
        )


@get("/meetings/{format_:str}/{slug:str}/delegations", sync_to_thread=True)
def delegations(request: Asked, house: House, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """Who sits for whom: the delegations in protocol order, and where their credentials stand."""
    with house.database.reading() as session:
        meeting = taking_part(session, actor, f"{format_}/{slug}")
        mine = actor.delegation_at(meeting.id)
        return house.page(
            request,
            actor,
            "meetings/delegations.html",
            **_head(session, house, actor, meeting, "delegations"),
            mine=mine,
            secretariat=Role.SECRETARIAT in actor.roles_at(meeting.id),
            present=_presenting(session, actor, meeting, mine) if mine else [],
        )


@get("/meetings/{format_:str}/{slug:str}/papers", sync_to_thread=True)
def paper_list(request: Asked, house: House, actor: Viewer, format_: str, slug: str) -> Response[str]:
    """The papers that a reader may see, by the items of the agenda."""
    with house.database.reading() as session:
        meeting = knowable(session, actor, f"{format_}/{slug}")
        scope = actor.scope(meeting.id)
        found = papers(session, meeting, scope)
        may_file = meeting.origin == "held" and house.door.may(actor, "paper.filed", meeting.id)
        rows = numbered(agenda_shown(session, meeting, actor)) if scope.sees(PARTICIPANTS) else []
        named = {each.item.id: f"{each.number} {each.item.title}" for each in rows}
        return house.page(
            request,
            actor,
            "meetings/papers.html",
            **_head(session, house, actor, meeting, "papers"),
            groups=_groups(found, named),
            file_paper=_controls(session, actor, "paper.filed", meeting) if may_file else [],
            mine=actor.delegation_at(meeting.id),
            secretariat=Role.SECRETARIAT in actor.roles_at(meeting.id),
            participant=bool(actor.roles_at(meeting.id) & DELEGATION),
        )


@get("/meetings/{format_:str}/{slug:str}/papers/{paper:str}", sync_to_thread=True)
def paper_file(house: House, actor: Viewer, format_: str, slug: str, paper: str) -> Response[bytes]:
    """A paper's file, to be kept and not shown: no browser runs or renders what a delegation uploaded."""
    with house.database.reading() as session:
        meeting = knowable(session, actor, f"{format_}/{slug}")
        held = session.get(Paper, paper)
        if held is None or held.meeting != meeting.id or held.withdrawn:
            raise not_found()
        if not may_read(meeting, held, actor.scope(meeting.id)):
            raise not_found()
    return Response(
        as_filed(house.settings.data, held.sha256),
        media_type=held.media_type,
        headers={**saved_as(held.file_name), "cache-control": "private, no-cache"},
    )


def _head(session: Session, house: House, actor: Viewer, meeting: Meeting, tab: str) -> dict[str, Any]:
    """What the head of each of these pages needs."""
    return {
        "meeting": meeting,
        "format": session.get_one(Format, meeting.format),
        "tab": tab,
        "takes_part": actor.scope(meeting.id).sees(PARTICIPANTS),
        "changeable": meeting.origin == "held" and meeting.status in CHANGEABLE,
        "may": lambda act: house.door.may(actor, act, meeting.id),
        "file_size": show_size,
    }


def _panels(session: Session, house: House, actor: Viewer, meeting: Meeting) -> list[tuple[Panel, Markup]]:
    """What other rooms show on the desk, each drawn with what it knows."""
    found = []
    for panel in panels_of("desk"):
        content = panel.content(session, actor, meeting.id)
        if content is not None:
            common = {
                "actor": actor, "path": f"/meetings/{meeting.id}/desk", "address": address, "settings": house.settings,
                "form_key": f"{new_id()}.{panel.name}", "door": house.door, "then": f"/meetings/{meeting.id}/desk",
            }  # fmt: skip
            drawn = house.templates.get_template(panel.template).render(common | content)
            found.append((panel, Markup(drawn)))  # noqa: S704  (a template's own output, escaped there)
    return found


def _controls(session: Session, actor: Viewer, act: str, meeting: Meeting, **values: Any) -> list[Field]:
    return fields_of(REGISTRY[act].wish, session, actor, {"meeting": meeting.id, **values}, {})


def _presenting(session: Session, actor: Viewer, meeting: Meeting, state: str) -> list[Field]:
    """The form of a delegation's credentials, filled with what it presented before."""
    held = next((each for each in meeting.delegations if each.state == state), None)
    if held is None:
        return []
    lines: dict[str, list[str]] = {}
    for member in held.others:
        said = ", ".join(filter(None, [member.get("name", ""), member.get("office", "")]))
        lines.setdefault(f"{member.get('role', 'delegate')}s", []).append(said)
    values = {name: "\n".join(said) for name, said in lines.items()}
    made = _controls(
        session, actor, "credentials.presented", meeting, head_name=held.head_name or "",
        head_office=held.head_office or "", letter=held.letter, **values,
    )  # fmt: skip
    return [control for control in made if control.name != "state"]


def _groups(found: list[Paper], named: dict[str, str]) -> list[tuple[str, list[Paper]]]:
    """Papers under the items they are for, in the order of the agenda; those for the whole meeting first."""
    groups: dict[str, list[Paper]] = {item: [] for item in ("", *named)}
    for paper in found:
        groups[paper.item or "" if paper.item in named else ""].append(paper)
    return [(named.get(item, ""), rows) for item, rows in groups.items() if rows]


routes = Router(
    "/",
    route_handlers=[
        desk,
        agenda,
        delegations,
        paper_list,
        paper_file,
        convene_page.convene,
        calendar_pages.meeting_calendar,
        calendar_pages.calendar_feed,
    ],
)
