"""Staging: the conference is convened, its agenda released and its papers filed, by the ordinary acts."""

from typing import Any

from sqlalchemy import select

from suhbat.acts import Actor, Role, Seat
from suhbat.acts.app import App
from suhbat.ground.ids import new_id
from suhbat.meetings.models import Meeting
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.script import Script, script


def secretary(format_: str) -> Actor:
    """The secretariat that stages rehearsals. It acts in this process alone: nobody can sign in as it."""
    return Actor("rehearsal", "Secretariat", (Seat(Role.SECRETARIAT, format_, office="Secretariat of the rehearsal"),))


def played(played_script: Script, meeting: str, state: str) -> Actor:
    """The head of a delegation whose seat nobody has taken, as the script names them; the chair's also chairs."""
    sitting = played_script.sitting(state)
    seats = [Seat(Role.HEAD, meeting, state, sitting.office)]
    if state == played_script.chair:
        seats.append(Seat(Role.CHAIR, meeting, state, sitting.office))
    return Actor(f"played-{state.lower()}", sitting.name, tuple(seats))


def note_taker(meeting: str) -> Actor:
    """Who sums up the interventions."""
    return Actor("played-notes", "Note-taker", (Seat(Role.NOTE_TAKER, meeting),))


def stage(app: App, name: str) -> str:
    """Stage a script and return the meeting's id. One that is going on is put away first: there is one at a time."""
    made = script(name)
    clerk = secretary(made.format)
    for meeting in going_on(app, name):
        app.door.perform(clerk, "rehearsal.put_away", {"meeting": meeting})
    meeting = f"{made.format}/rehearsal-{new_id()[:10]}"
    convened = app.door.perform(clerk, "meeting.convened", _convening(made, meeting))
    app.door.perform(clerk, "meeting.released", {"meeting": meeting})
    agenda = {"meeting": meeting, "audience": "public", "seen": convened.entry.number}
    app.door.perform(clerk, "agenda.released", agenda)
    app.door.perform(clerk, "rehearsal.staged", {"meeting": meeting, "script": made.id})
    for state in (sitting.state for sitting in made.delegations):
        acts = _papers(made, meeting, state, _items(app, meeting))
        head = played(made, meeting, state)
        presented = app.door.perform(head, "credentials.presented", _credentials(made, meeting, state))
        seen = {"meeting": meeting, "state": state, "seen": presented.entry.number}
        app.door.perform(clerk, "credentials.accepted", seen)
        if acts:
            app.door.perform_all(head, acts)
    return meeting


def going_on(app: App, name: str) -> list[str]:
    """The meetings of this script that were not put away, the newest first."""
    with app.database.reading() as session:
        query = select(Rehearsal.meeting).where(Rehearsal.script == name, Rehearsal.away.is_(False))
        return list(session.scalars(query.order_by(Rehearsal.entry.desc())))


def _convening(made: Script, meeting: str) -> dict[str, Any]:
    chair = made.sitting(made.chair)
    hour, minute = map(int, made.time.split(":"))
    end = hour * 60 + minute + made.minutes
    return {
        "format": made.format,
        "slug": meeting.partition("/")[2],
        "title": made.title,
        "level": made.level,
        "mode": made.mode,
        "zone": made.zone,
        "opens": f"{made.day}T{made.time}",
        "closes": f"{made.day}T{end // 60:02}:{end % 60:02}",
        "chair_state": made.chair,
        "chair_name": chair.name,
        "chair_office": chair.office,
        "delegations": [sitting.state for sitting in made.delegations],
        "host_first": True,
        "rehearsal": True,
        "items": [{"title": item.title, "topic": item.topic, "minutes": item.minutes} for item in made.agenda],
    }


def _credentials(made: Script, meeting: str, state: str) -> dict[str, Any]:
    sitting = made.sitting(state)
    return {"meeting": meeting, "state": state, "head_name": sitting.name, "head_office": sitting.office}


def _items(app: App, meeting: str) -> list[str]:
    with app.database.reading() as session:
        return [item.id for item in session.get_one(Meeting, meeting).agenda]


def _papers(made: Script, meeting: str, state: str, items: list[str]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (
            "statement.filed",
            {
                "meeting": meeting,
                "item": items[n],
                "language": speaker.files.language,
                "title": speaker.files.title,
                "text": speaker.files.text,
            },
        )
        for n, item in enumerate(made.agenda)
        for speaker in item.speakers
        if speaker.state == state and speaker.files
    ]
