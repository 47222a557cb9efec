"""`/rehearse`: stage a conference, take a seat, let the others be played. Not available in production."""

from typing import Annotated, Any

from anyio.to_thread import run_sync
from litestar import Router, get, post
from litestar.params import Parameter
from litestar.response import Redirect, Response
from sqlalchemy.orm import Session

from suhbat.acts.app import App, address
from suhbat.acts.registry import REGISTRY
from suhbat.acts.request_bodies import AnyRequest, read_fields
from suhbat.acts.roles_and_seats import ROLE_NAMES, Role, Viewer
from suhbat.formats.state_names import state_name
from suhbat.ground.language import gettext, lazy
from suhbat.ground.name_lists import labelled
from suhbat.ground.refusals import not_found, out_of_order
from suhbat.ground.urls import local_address
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.record.reading import entry_of
from suhbat.rehearsal import runner, staging
from suhbat.rehearsal.autopilot_scene import Move, read_scene
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.script import Script, load_script, script_names

Played = Annotated[int, Parameter(required=False, ge=0, le=2**53)]
"""The number of the entry of the move that was played last."""
SERVING = frozenset({Role.SECRETARIAT, Role.NOTE_TAKER})
"""Roles that are played without a person's name."""


@get("/rehearse", sync_to_thread=True)
def rehearse(request: AnyRequest, app: App, actor: Viewer, played: Played = 0) -> Response[str]:
    """The page of all scripts, with the staged rehearsals and their seats; and what the last press played."""
    rehearsals = []
    for name in script_names():
        script = load_script(name)
        meeting = next(iter(staging.current_meetings(app, name)), "")
        with app.database.reading() as session:
            rehearsals.append(
                {"script": script, **(_staged_facts(session, actor, script, meeting) if meeting else {"meeting": None})}
            )
    return app.page(
        request,
        actor,
        "rehearsal/rehearse.html",
        rehearsals=rehearsals,
        reload=_any_runs(rehearsals),
        said=_what_was_played(app, played),
    )


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
    entry = await run_sync(_perform_next, app, name, form.get("for_humans") == "1")
    if "hx-request" in request.headers:
        return Response({"said": describe_entry(entry)}, status_code=200)
    return Redirect(address(back_to(form.get("then", ""), entry.number)), status_code=303)


def _perform_next(app: App, name: str, for_humans: bool) -> Entry:
    """The entry of the move that was played. Where nothing can be played, a refusal says why."""
    meeting = next(iter(staging.current_meetings(app, name)), "")
    if not meeting:
        raise not_found(lazy("This rehearsal has not been started. Start it first."))
    done = runner.step(app, meeting, for_humans=for_humans)
    if done is not None:
        return done.entry
    with app.database.reading() as session:
        move = runner.due_move(session, meeting)
    if move is None:
        raise out_of_order(lazy("All of the script has been played."))
    raise out_of_order(lazy("The next step is for %(state)s, where a person sits.") % {"state": mover_name(move)})


def describe_entry(entry: Entry) -> str:
    """What was played, in a sentence: who, and the title of the act."""
    return gettext("Played: %(what)s") % {"what": labelled(entry.name, str(REGISTRY[entry.act].title))}


def _what_was_played(app: App, number: int) -> str:
    """The sentence of a played move; empty for any other entry."""
    with app.database.reading() as session:
        row = session.get(EntryRow, number) if number else None
        if row is None or session.get(Rehearsal, row.meeting) is None or row.act not in REGISTRY:
            return ""
        return describe_entry(entry_of(row))


def back_to(then: str, played: int) -> str:
    """The address after a form: the page of the form, if a meeting here has it; else one that says the move."""
    otherwise = f"/rehearse?played={played}"
    return local_address(then, otherwise) if then.startswith("/meetings/") else otherwise


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
