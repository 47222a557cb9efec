"""The autopilot: plays the absent participants, with ordinary acts through the door.

It stores no position in the script. For every move it reads the state of the meeting and returns the one act that is
due. So it works when a human chairs in another order, after a restart, and when it is stepped by hand.
"""

from typing import Any

from sqlalchemy import select

from suhbat.acts import Actor, Role
from suhbat.floor.models import Intervention, Summary
from suhbat.ground.language import Lazy, lazy
from suhbat.minutes.minutes_agreement import agreed_by
from suhbat.minutes.models import Minutes
from suhbat.rehearsal.autopilot_scene import Move, Scene
from suhbat.rehearsal.script import Item, ScriptedOutcome, Speaker
from suhbat.rehearsal.staging import note_taker_actor, secretariat_actor
from suhbat.rehearsal.text_autopilot import text_move

NOTES = str(Role.NOTE_TAKER)
"""The seat of the note-taker; it is played while no human has it."""


def next_move(scene: Scene) -> Move | None:
    """The one move that is due now; None when all is done."""
    if scene.may(scene.chair, "meeting.opened"):
        present = [delegation.state for delegation in scene.script.delegations]
        return scene.move(
            scene.chair, "meeting.opened", lazy("You are in the chair: open the meeting."), present=present
        )
    if scene.may(scene.chair, "meeting.resumed"):
        return scene.move(scene.chair, "meeting.resumed", lazy("You are in the chair: resume the meeting."))
    if scene.meeting.status == "open":
        return _while_open(scene)
    if scene.meeting.status == "closed":
        return _after_close(scene)
    return None


def _while_open(scene: Scene) -> Move | None:
    current = scene.item_at()
    if current is None:
        first = scene.meeting.agenda[0].id
        return scene.move(scene.chair, "item.opened", lazy("Move to the first item of the agenda."), item=first)
    index, item = current
    intervention = _current_intervention(scene)
    if intervention is not None:
        return _intervention_move(scene, item, intervention)
    return _request_or_give_floor(scene, index, item) or _no_more_speakers(scene, index, item)


def _current_intervention(scene: Scene) -> Intervention | None:
    query = select(Intervention).where(Intervention.meeting == scene.meeting.id, Intervention.ended.is_(None))
    return next(iter(scene.session.scalars(query.order_by(Intervention.entry.desc()))), None)


def _intervention_move(scene: Scene, item: Item, intervention: Intervention) -> Move:
    """The move of the delegation with the floor: its scripted outcomes, then the summary, then the end."""
    speech = _scripted_speech(scene, item, intervention)
    head = scene.head(intervention.delegation)
    if speech is not None:
        for outcome in speech.does:
            if not _outcome_exists(scene, outcome):
                return _outcome_move(scene, head, outcome, lazy("You have the floor: announce it."), intervention.entry)
        if NOTES not in scene.humans and scene.session.get(Summary, intervention.entry) is None:
            return Move(
                note_taker_actor(scene.meeting.id),
                "summary.noted",
                {"meeting": scene.meeting.id, "given_entry": intervention.entry, "text": speech.says},
            )
    return scene.move(
        head, "floor.ended", lazy("You have the floor: speak, and end when you are done."), given=intervention.id
    )


def _scripted_speech(scene: Scene, item: Item, intervention: Intervention) -> Speaker | None:
    """The scripted speech for an intervention: a delegation's first speech on an item is its first in the script."""
    if intervention.kind != "speech":
        return None
    own_turns = [turn.id for turn in scene.turns(intervention.item) if turn.delegation == intervention.delegation]
    speeches = [speaker for speaker in item.speakers if speaker.state == intervention.delegation]
    index = own_turns.index(intervention.id)
    return speeches[index] if index < len(speeches) else None


def _request_or_give_floor(scene: Scene, index: int, item: Item) -> Move | None:
    """Absent delegations with a scripted speech request the floor, and the chair gives it in the order of requests."""
    item_id = scene.meeting.agenda[index].id
    waiting = scene.waiting(item_id)
    requested = [request.delegation for request in waiting if request.kind == "speech"]
    have_spoken = [turn.delegation for turn in scene.turns(item_id)]
    to_speak = _states_to_speak(item, have_spoken, requested)
    for state in to_speak:
        if state not in scene.humans:
            return scene.move(scene.head(state), "floor.requested", kind="speech", item=item_id)
    if waiting:
        return scene.move(scene.chair, "floor.given", lazy("Give the floor to who asked first."), request=waiting[0].id)
    if to_speak:
        return scene.move(
            scene.head(to_speak[0]), "floor.requested", lazy("Ask for the floor."), kind="speech", item=item_id
        )
    return None


def _states_to_speak(item: Item, have_spoken: list[str], requested: list[str]) -> list[str]:
    """Delegations with further scripted speeches on an item, in the order of the script."""
    counted = have_spoken + requested
    to_speak: list[str] = []
    for speaker in item.speakers:
        if speaker.state in counted:
            counted.remove(speaker.state)
        else:
            to_speak.append(speaker.state)
    return to_speak


def _no_more_speakers(scene: Scene, index: int, item: Item) -> Move | None:
    """Nobody wants to speak: record the meeting's outcomes, then go to the next item or close the meeting."""
    for outcome in item.does:
        if not _outcome_exists(scene, outcome):
            return _outcome_move(scene, scene.chair, outcome, lazy("Record what the meeting agreed on."))
    opened_items = {
        turn.item
        for turn in scene.session.scalars(select(Intervention).where(Intervention.meeting == scene.meeting.id))
    }
    for later in scene.meeting.agenda[index + 1 :]:
        if later.id not in opened_items:
            return scene.move(scene.chair, "item.opened", lazy("Move to the next item of the agenda."), item=later.id)
    move = text_move(scene)
    if move is not None:
        return move
    return scene.move(scene.chair, "meeting.closed", lazy("All has been said: close the meeting."))


def _outcome_exists(scene: Scene, scripted: ScriptedOutcome) -> bool:
    """Whether this outcome exists: by its title, or, if a human changed the words, by its kind and amount."""
    kind = scripted.act.partition(".")[0].replace("_", "-")
    value = (scripted.amount or {}).get("value")
    for outcome in scene.outcomes():
        if outcome.title == scripted.title or (value is not None and outcome.kind == kind and outcome.value == value):
            return True
    return False


def _outcome_move(
    scene: Scene, actor: Actor, outcome: ScriptedOutcome, hint: Lazy, intervention: int | None = None
) -> Move:
    inputs: dict[str, Any] = {
        "title": outcome.title,
        "summary": outcome.summary,
        "topic": outcome.topic,
        "due": outcome.due,
    }
    if outcome.act in {"pledge.made", "project.announced"}:
        inputs["to"] = outcome.to
    if outcome.amount:
        inputs["amount"] = outcome.amount
    if outcome.act == "announcement.made":
        inputs["of_meeting"] = intervention is None
    if intervention is not None:
        inputs["intervention"] = intervention
    return scene.move(actor, outcome.act, hint, **inputs)


def _after_close(scene: Scene) -> Move | None:
    """After the close: outcomes are confirmed, and the summary record is agreed and published."""
    for outcome in scene.outcomes():
        actor = scene.head(outcome.delegation) if outcome.delegation else scene.chair
        if scene.may(actor, "outcome.confirmed", outcome):
            hint = lazy("Confirm what your delegation left behind.")
            return scene.move(actor, "outcome.confirmed", hint, outcome=outcome.id, changed=outcome.changed)
    minutes = scene.session.get(Minutes, scene.meeting.id)
    if minutes is None:
        return None
    agreed = agreed_by(minutes)
    for state in (delegation.state for delegation in scene.script.delegations):
        if state not in agreed and scene.may(scene.head(state), "minutes.agreed"):
            hint = lazy("Read the summary record and agree to it, or object.")
            return scene.move(scene.head(state), "minutes.agreed", hint, version=minutes.version, unnamed=True)
    secretariat = secretariat_actor(scene.script.format)
    if scene.may(secretariat, "minutes.published", minutes):
        return scene.move(secretariat, "minutes.published", version=minutes.version, unnamed=True)
    return None
