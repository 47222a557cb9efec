"""The panels of outcomes in the conference room and on the desk."""

from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.panels import panel
from suhbat.acts.roles_and_seats import Viewer
from suhbat.meetings.models import Meeting
from suhbat.outcomes import waiting_outcomes  # noqa: F401  (it registers what waits)
from suhbat.outcomes.outcome_cards import cards, outcomes_shown
from suhbat.record.audiences import PARTICIPANTS

ACTS = ("pledge.", "decision.", "recommendation.", "announcement.", "project.", "next_meeting.", "outcome.")
"""Beginnings of the names of acts that change the lists."""
LATER = (*ACTS, "meeting.opened", "meeting.closed", "minutes.published", "floor.given")


@panel("outcomes", "room", "Outcomes", "outcomes/panel.html", order=30, refresh_on=LATER)
def in_room(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """The outcomes of the meeting so far, and the forms for those who may add one."""
    row = session.get(Meeting, meeting)
    if row is None or not actor.scope(meeting).sees(PARTICIPANTS):
        return None
    return outcomes_shown(session, actor, row)


@panel("outcomes-desk", "desk", "Outcomes", "outcomes/desk_panel.html", order=60, refresh_on=LATER)
def at_desk(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """The number of outcomes and of those that wait for confirmation, with a link to the full list."""
    row = session.get(Meeting, meeting)
    if row is None or not actor.scope(meeting).sees(PARTICIPANTS) or row.status in {"draft", "convened"}:
        return None
    outcomes = [card.outcome for card in cards(session, actor, row) if card.outcome.status != "withdrawn"]
    return {
        "outcome_meeting": row,
        "made": outcomes,
        "waiting": [outcome for outcome in outcomes if outcome.status == "proposed"],
    }
