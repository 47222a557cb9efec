"""What outcomes contribute to the conference room and to the desk."""

from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.panels import panel
from suhbat.meetings.models import Meeting
from suhbat.outcomes.outcome_cards import AT_WORK, cards, makings, may_not_yet
from suhbat.record.reading import PARTICIPANTS

ACTS = ("pledge.", "decision.", "recommendation.", "announcement.", "project.", "next_meeting.", "outcome.")
"""Beginnings of the acts after which the lists look different."""
LATER = (*ACTS, "meeting.opened", "meeting.closed", "minutes.published", "floor.given")


@panel("outcomes", "room", "Outcomes", "outcomes/panel.html", order=30, refresh_on=LATER)
def in_room(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """What the meeting has left behind so far, and the forms of those who may add to it."""
    held = session.get(Meeting, meeting)
    if held is None or not actor.scope(meeting).sees(PARTICIPANTS):
        return None
    return {
        "outcome_meeting": held,
        "cards": cards(session, actor, held),
        "makings": makings(session, actor, held),
        "not_yet": held.status in AT_WORK and may_not_yet(session, actor, held),
    }


@panel("outcomes-desk", "desk", "Outcomes", "outcomes/desk_panel.html", order=60, refresh_on=LATER)
def at_desk(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """How many outcomes there are and how many wait for confirmation, with the way to the full desk."""
    held = session.get(Meeting, meeting)
    if held is None or not actor.scope(meeting).sees(PARTICIPANTS) or held.status in {"draft", "convened"}:
        return None
    made = [card.outcome for card in cards(session, actor, held) if card.outcome.status != "withdrawn"]
    return {
        "outcome_meeting": held,
        "made": made,
        "waiting": [outcome for outcome in made if outcome.status == "proposed"],
    }
