"""Staging: convenes the conference, releases the agenda and files the statements, with ordinary acts."""

from typing import Any

from sqlalchemy import select

from suhbat.acts import Actor, Role, Seat
from suhbat.acts.app import App
from suhbat.ground.ids import new_id
from suhbat.meetings.models import Meeting
from suhbat.rehearsal.models import Rehearsal
from suhbat.rehearsal.script import Script, load_script


def secretariat_actor(format_: str) -> Actor:
    """The secretariat that stages rehearsals. It exists only in this process: nobody can sign in as it."""
    return Actor("rehearsal", "Secretariat", (Seat(Role.SECRETARIAT, format_, office="Secretariat of the rehearsal"),))


def played_head(script: Script, meeting: str, state: str) -> Actor:
    """The played head of a delegation, with the name in the script. The head of the chair's state is also the chair."""
    delegation = script.delegation(state)
    seats = [Seat(Role.HEAD, meeting, state, delegation.office)]
    if state == script.chair:
        seats.append(Seat(Role.CHAIR, meeting, state, delegation.office))
    return Actor(f"played-{state.lower()}", delegation.name, tuple(seats))


def note_taker_actor(meeting: str) -> Actor:
    """The played note-taker, who writes the summaries."""
    return Actor("played-notes", "Note-taker", (Seat(Role.NOTE_TAKER, meeting),))


def stage(app: App, name: str) -> str:
    """Stage a script and return the meeting's id. A rehearsal of the same script is put away first."""
    script = load_script(name)
    secretariat = secretariat_actor(script.format)
    for meeting in current_meetings(app, name):
        app.door.perform(secretariat, "rehearsal.put_away", {"meeting": meeting})
    meeting = f"{script.format}/rehearsal-{new_id()[:10]}"
    convened = app.door.perform(secretariat, "meeting.convened", _convening_input(script, meeting))
    app.door.perform(secretariat, "meeting.released", {"meeting": meeting})
    agenda = {"meeting": meeting, "audience": "public", "seen": convened.entry.number}
    app.door.perform(secretariat, "agenda.released", agenda)
    app.door.perform(secretariat, "rehearsal.staged", {"meeting": meeting, "script": script.id})
    for state in (delegation.state for delegation in script.delegations):
        statements = _statement_acts(script, meeting, state, _agenda_item_ids(app, meeting))
        head = played_head(script, meeting, state)
        presented = app.door.perform(head, "credentials.presented", _credentials_input(script, meeting, state))
        decision = {"meeting": meeting, "state": state, "seen": presented.entry.number}
        app.door.perform(secretariat, "credentials.accepted", decision)
        if statements:
            app.door.perform_all(head, statements)
    return meeting


def current_meetings(app: App, name: str) -> list[str]:
    """The meetings of this script that are not put away, the newest first."""
    with app.database.reading() as session:
        query = select(Rehearsal.meeting).where(Rehearsal.script == name, Rehearsal.away.is_(False))
        return list(session.scalars(query.order_by(Rehearsal.entry.desc())))


def _convening_input(script: Script, meeting: str) -> dict[str, Any]:
    chair = script.delegation(script.chair)
    hour, minute = map(int, script.time.split(":"))
    end_minutes = hour * 60 + minute + script.minutes
    return {
        "format": script.format,
        "slug": meeting.partition("/")[2],
        "title": script.title,
        "level": script.level,
        "mode": script.mode,
        "zone": script.zone,
        "opens": f"{script.day}T{script.time}",
        "closes": f"{script.day}T{end_minutes // 60:02}:{end_minutes % 60:02}",
        "chair_state": script.chair,
        "chair_name": chair.name,
        "chair_office": chair.office,
        "delegations": [delegation.state for delegation in script.delegations],
        "host_first": True,
        "rehearsal": True,
        "items": [{"title": item.title, "topic": item.topic, "minutes": item.minutes} for item in script.agenda],
    }


def _credentials_input(script: Script, meeting: str, state: str) -> dict[str, Any]:
    delegation = script.delegation(state)
    return {"meeting": meeting, "state": state, "head_name": delegation.name, "head_office": delegation.office}


def _agenda_item_ids(app: App, meeting: str) -> list[str]:
    with app.database.reading() as session:
        return [item.id for item in session.get_one(Meeting, meeting).agenda]


def _statement_acts(script: Script, meeting: str, state: str, item_ids: list[str]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (
            "statement.filed",
            {
                "meeting": meeting,
                "item": item_ids[index],
                "language": speaker.files.language,
                "title": speaker.files.title,
                "text": speaker.files.text,
            },
        )
        for index, item in enumerate(script.agenda)
        for speaker in item.speakers
        if speaker.state == state and speaker.files
    ]
