"""`/rehearse`: stage a conference, take a seat, let the others be played. Not available in production."""

from typing import Any

from anyio.to_thread import run_sync
from litestar import Router, get, post
from litestar.response import Redirect, Response
from sqlalchemy.orm import Session

from suhbat.acts.app import App, address
from suhbat.acts.registry import REGISTRY
from suhbat.acts.request_bodies import AnyRequest, read_fields
from suhbat.acts.roles_and_seats import ROLE_NAMES, Role, Viewer
from suhbat.formats.state_names import state_name
from suhbat.ground.refusals import not_found
from suhbat.ground.urls import local_address
from suhbat.meetings.models import Meeting
from suhbat.rehearsal import runner, staging
from suhbat.rehearsal.autopilot_scene import Move, read_scene
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.script import Script, load_script, script_names

SERVING = frozenset({Role.SECRETARIAT, Role.NOTE_TAKER})
"""Roles that are played without a person's name."""


@get("/rehearse", sync_to_thread=True)
def rehearse(request: AnyRequest, app: App, actor: Viewer) -> Response[str]:
    """The page of all scripts, with the staged rehearsals and their seats."""
    rehearsals = []
    for name in script_names():
        script = load_script(name)
        meeting = next(iter(staging.current_meetings(app, name)), "")
        with app.database.reading() as session:
            rehearsals.append(
                {"script": script, **(_staged_facts(session, actor, script, meeting) if meeting else {"meeting": None})}
            )
    return app.page(request, actor, "rehearsal/rehearse.html", rehearsals=rehearsals, reload=_any_runs(rehearsals))


@post("/rehearse/{name:str}/stage", status_code=303, sync_to_thread=True)
def stage(app: App, name: str) -> Redirect:
    """Stage a script again."""
    if name not in script_names():
        raise not_found()
    staging.stage(app, name)
    return Redirect(address("/rehearse"), status_code=303)


@post("/rehearse/{name:str}/step", status_code=303)
async def step(request: AnyRequest, app: App, name: str) -> Response[Any]:
    """Make the next move of the script; with `for_humans`, also a move of a human."""
    form = await read_fields(request)

    def perform_next() -> None:
        meeting = next(iter(staging.current_meetings(app, name)), "")
        if not meeting:
            raise not_found()
        runner.step(app, meeting, for_humans=form.get("for_humans") == "1")

    await run_sync(perform_next)
    if "hx-request" in request.headers:
        return Response("", status_code=204)
    return Redirect(address(back_to(form.get("then", ""))), status_code=303)


def back_to(then: str) -> str:
    """The address after a form: the page of the form, if it is a page of a meeting on this server."""
    return local_address(then, "/rehearse") if then.startswith("/meetings/") else "/rehearse"


def _staged_facts(session: Session, actor: Viewer, script: Script, meeting: str) -> dict[str, Any]:
    scene = read_scene(session, script, meeting)
    move = runner.due_move(session, meeting)
    own = {seat.state for seat in actor.seats_at(meeting) if seat.role == Role.HEAD}
    return {
        "meeting": session.get_one(Meeting, meeting),
        "staged": session.get_one(Rehearsal, meeting),
        "humans": scene.humans,
        "own": own,
        "move": move,
        "mover": mover_name(move),
        "move_text": describe_move(move),
    }


def describe_move(move: Move | None) -> str:
    """A move in words: the hint if a human is to move, else the title of the act."""
    if move is None:
        return ""
    return str(move.hint) if move.yours else str(REGISTRY[move.act].title)


def mover_name(move: Move | None) -> str:
    """Who makes a move: the delegation of a human; else the role, or the name of the played person."""
    if move is None or move.yours:
        return state_name(move.yours) if move else ""
    serving = next((seat.role for seat in move.actor.seats if seat.role in SERVING), None)
    return str(ROLE_NAMES[serving]) if serving else move.actor.name


def _any_runs(rehearsals: list[dict[str, Any]]) -> bool:
    return any(row["meeting"] is not None and row["staged"].pace != "hand" for row in rehearsals)


def routes(app: App) -> list[Router]:
    """The routes; none if rehearsals are disabled."""
    return [Router("/", route_handlers=[rehearse, stage, step])] if app.settings.rehearsal else []
