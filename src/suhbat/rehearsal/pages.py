"""`/rehearse`: stage the conference, take a seat, let the others be played. Not there in production."""

from typing import Any

from anyio.to_thread import run_sync
from litestar import Request, Router, get, post
from litestar.response import Redirect, Response
from sqlalchemy.orm import Session

from suhbat.acts.actors import ROLE_NAMES, Role, Viewer
from suhbat.acts.app import App, address
from suhbat.acts.registry import REGISTRY
from suhbat.acts.request_bodies import words_of
from suhbat.formats.state_names import state_name
from suhbat.ground.refusals import not_found
from suhbat.ground.urls import local
from suhbat.meetings.models import Meeting
from suhbat.rehearsal import runner, staging
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.scene import Move, scene
from suhbat.rehearsal.script import Script, names, script

Asked = Request[Any, Any, Any]
SERVING = frozenset({Role.SECRETARIAT, Role.NOTE_TAKER})
"""Roles that are played without the name of a person."""


@get("/rehearse", sync_to_thread=True)
def rehearse(request: Asked, app: App, actor: Viewer) -> Response[str]:
    """What can be rehearsed, what is being rehearsed, and every seat in it."""
    shown = []
    for name in names():
        made = script(name)
        meeting = next(iter(staging.going_on(app, name)), "")
        with app.database.reading() as session:
            shown.append({"script": made, **(_staged(session, actor, made, meeting) if meeting else {"meeting": None})})
    return app.page(request, actor, "rehearsal/rehearse.html", rehearsals=shown, reload=_runs(shown))


@post("/rehearse/{name:str}/stage", status_code=303, sync_to_thread=True)
def stage(app: App, name: str) -> Redirect:
    """Stage a script afresh."""
    if name not in names():
        raise not_found()
    staging.stage(app, name)
    return Redirect(address("/rehearse"), status_code=303)


@post("/rehearse/{name:str}/step", status_code=303)
async def step(request: Asked, app: App, name: str) -> Response[Any]:
    """Make the next move of the script; a human's own too, where the human asks for it."""
    given = await words_of(request)

    def move() -> None:
        meeting = next(iter(staging.going_on(app, name)), "")
        if not meeting:
            raise not_found()
        runner.step(app, meeting, for_humans=given.get("for_humans") == "1")

    await run_sync(move)
    if "hx-request" in request.headers:
        return Response("", status_code=204)
    return Redirect(address(back_to(given.get("then", ""))), status_code=303)


def back_to(then: str) -> str:
    """Where a form leads: the page it stood on, which is one of this house."""
    return local(then, "/rehearse") if then.startswith("/meetings/") else "/rehearse"


def _staged(session: Session, actor: Viewer, made: Script, meeting: str) -> dict[str, Any]:
    at = scene(session, made, meeting)
    move = runner.due(session, meeting)
    own = {seat.state for seat in actor.seats_at(meeting) if seat.role == Role.HEAD}
    return {
        "meeting": session.get_one(Meeting, meeting),
        "staged": session.get_one(Rehearsal, meeting),
        "humans": at.humans,
        "own": own,
        "move": move,
        "by": mover(move),
        "said": describe(move),
    }


def describe(move: Move | None) -> str:
    """A move in words: the hint for a human, else the title of the act."""
    if move is None:
        return ""
    return str(move.hint) if move.yours else str(REGISTRY[move.act].title)


def mover(move: Move | None) -> str:
    """Who makes a move: the delegation of a human, else who is played, by name or by what serves the meeting."""
    if move is None or move.yours:
        return state_name(move.yours) if move else ""
    serving = next((seat.role for seat in move.actor.seats if seat.role in SERVING), None)
    return str(ROLE_NAMES[serving]) if serving else move.actor.name


def _runs(shown: list[dict[str, Any]]) -> bool:
    return any(each["meeting"] is not None and each["staged"].pace != "hand" for each in shown)


def routes(app: App) -> list[Router]:
    """No rehearsal, no routes."""
    return [Router("/", route_handlers=[rehearse, stage, step])] if app.settings.rehearsal else []
