"""The autopilot: plays whoever is absent, through the same door as everyone.

It keeps no place in the script. At every move it looks at how the meeting stands and does the one thing that is due:
so it copes with a human who chairs in another order, with a restart, and with being stepped by hand.
"""

from typing import Any

from sqlalchemy import select

from suhbat.acts import Actor, Role
from suhbat.floor.models import Intervention, Summary
from suhbat.ground.language import Lazy, lazy
from suhbat.minutes.agreement import agreed_by
from suhbat.minutes.models import Minutes
from suhbat.rehearsal.scene import Move, Scene
from suhbat.rehearsal.script import Deed, Item, Speaker
from suhbat.rehearsal.staging import note_taker, secretary
from suhbat.rehearsal.text_autopilot import text_move

NOTES = str(Role.NOTE_TAKER)
"""A seat that is played while nobody sits in it."""


def next_move(at: Scene) -> Move | None:
    """The one thing that is due now; None when all is done."""
    if at.may(at.chair, "meeting.opened"):
        present = [sitting.state for sitting in at.script.delegations]
        return at.move(at.chair, "meeting.opened", lazy("You are in the chair: open the meeting."), present=present)
    if at.may(at.chair, "meeting.resumed"):
        return at.move(at.chair, "meeting.resumed", lazy("You are in the chair: resume the meeting."))
    if at.meeting.status == "open":
        return _during(at)
    if at.meeting.status == "closed":
        return _afterwards(at)
    return None


def _during(at: Scene) -> Move | None:
    here = at.item_at()
    if here is None:
        first = at.meeting.agenda[0].id
        return at.move(at.chair, "item.opened", lazy("Move to the first item of the agenda."), item=first)
    n, item = here
    holder = _holder(at)
    if holder is not None:
        return _on_the_floor(at, item, holder)
    return _asking(at, n, item) or _between(at, n, item)


def _holder(at: Scene) -> Intervention | None:
    query = select(Intervention).where(Intervention.meeting == at.meeting.id, Intervention.ended.is_(None))
    return next(iter(at.session.scalars(query.order_by(Intervention.entry.desc()))), None)


def _on_the_floor(at: Scene, item: Item, holder: Intervention) -> Move:
    """Whoever has the floor does what the script knows of, is summed up, and ends."""
    part = _part(at, item, holder)
    head = at.head(holder.delegation)
    if part is not None:
        for deed in part.does:
            if not _done(at, deed):
                return _deed(at, head, deed, lazy("You have the floor: make it known."), holder.entry)
        if NOTES not in at.humans and at.session.get(Summary, holder.entry) is None:
            return Move(
                note_taker(at.meeting.id),
                "summary.noted",
                {"meeting": at.meeting.id, "given_entry": holder.entry, "text": part.says},
            )
    return at.move(head, "floor.ended", lazy("You have the floor: speak, and end when you are done."), given=holder.id)


def _part(at: Scene, item: Item, holder: Intervention) -> Speaker | None:
    """The script's part for an intervention: the first speech of a delegation on an item is its first part there."""
    if holder.kind != "speech":
        return None
    mine = [turn.id for turn in at.turns(holder.item) if turn.delegation == holder.delegation]
    parts = [speaker for speaker in item.speakers if speaker.state == holder.delegation]
    index = mine.index(holder.id)
    return parts[index] if index < len(parts) else None


def _asking(at: Scene, n: int, item: Item) -> Move | None:
    """Absent delegations that have something to say ask for the floor, and the chair gives it to who asked first."""
    here = at.meeting.agenda[n].id
    waiting = at.waiting(here)
    asked = [request.delegation for request in waiting if request.kind == "speech"]
    spoke = [turn.delegation for turn in at.turns(here)]
    due = _still_to_speak(item, spoke, asked)
    for state in due:
        if state not in at.humans:
            return at.move(at.head(state), "floor.requested", kind="speech", item=here)
    if waiting:
        return at.move(at.chair, "floor.given", lazy("Give the floor to who asked first."), request=waiting[0].id)
    if due:
        return at.move(at.head(due[0]), "floor.requested", lazy("Ask for the floor."), kind="speech", item=here)
    return None


def _still_to_speak(item: Item, spoke: list[str], asked: list[str]) -> list[str]:
    """Delegations with parts left on an item, in the script's order."""
    had = spoke + asked
    due: list[str] = []
    for speaker in item.speakers:
        if speaker.state in had:
            had.remove(speaker.state)
        else:
            due.append(speaker.state)
    return due


def _between(at: Scene, n: int, item: Item) -> Move | None:
    """Nobody wants to speak: what the meeting decides is recorded, and it moves on or closes."""
    for deed in item.does:
        if not _done(at, deed):
            return _deed(at, at.chair, deed, lazy("Record what the meeting agreed on."))
    seen = {turn.item for turn in at.session.scalars(select(Intervention).where(Intervention.meeting == at.meeting.id))}
    for later in at.meeting.agenda[n + 1 :]:
        if later.id not in seen:
            return at.move(at.chair, "item.opened", lazy("Move to the next item of the agenda."), item=later.id)
    due = text_move(at)
    if due is not None:
        return due
    return at.move(at.chair, "meeting.closed", lazy("All has been said: close the meeting."))


def _done(at: Scene, deed: Deed) -> bool:
    """Whether this outcome stands. A human may have worded it anew: kind, topic and amount then tell."""
    kind = deed.act.partition(".")[0].replace("_", "-")
    value = (deed.amount or {}).get("value")
    for outcome in at.outcomes():
        if outcome.title == deed.title or (value is not None and outcome.kind == kind and outcome.value == value):
            return True
    return False


def _deed(at: Scene, actor: Actor, deed: Deed, hint: Lazy, intervention: int | None = None) -> Move:
    inputs: dict[str, Any] = {"title": deed.title, "summary": deed.summary, "topic": deed.topic, "due": deed.due}
    if deed.act in {"pledge.made", "project.announced"}:
        inputs["to"] = deed.to
    if deed.amount:
        inputs["amount"] = deed.amount
    if deed.act == "announcement.made":
        inputs["of_meeting"] = intervention is None
    if intervention is not None:
        inputs["intervention"] = intervention
    return at.move(actor, deed.act, hint, **inputs)


def _afterwards(at: Scene) -> Move | None:
    """After the close: outcomes are confirmed, the summary record is agreed and published."""
    for outcome in at.outcomes():
        who = at.head(outcome.delegation) if outcome.delegation else at.chair
        if at.may(who, "outcome.confirmed", outcome):
            hint = lazy("Confirm what your delegation left behind.")
            return at.move(who, "outcome.confirmed", hint, outcome=outcome.id, changed=outcome.changed)
    minutes = at.session.get(Minutes, at.meeting.id)
    if minutes is None:
        return None
    agreed = agreed_by(minutes)
    for state in (sitting.state for sitting in at.script.delegations):
        if state not in agreed and at.may(at.head(state), "minutes.agreed"):
            hint = lazy("Read the summary record and agree to it, or object.")
            return at.move(at.head(state), "minutes.agreed", hint, version=minutes.version)
    clerk = secretary(at.script.format)
    if at.may(clerk, "minutes.published", minutes):
        return at.move(clerk, "minutes.published", version=minutes.version)
    return None
