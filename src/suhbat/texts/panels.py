"""What texts contribute to the room and to the desk: the paragraph under discussion, and whose move it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.panels import panel
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.clock import stamp
from suhbat.ground.database import read_once
from suhbat.meetings.models import Meeting
from suhbat.texts import waiting_texts  # noqa: F401  (it registers what waits)
from suhbat.texts.adoption.consensus import question_on
from suhbat.texts.models import Text
from suhbat.texts.text_access import reader_of
from suhbat.texts.view.text_view import Sheet
from suhbat.texts.view.view_cache import cached_sheets
from suhbat.texts.wording.numbering import typed

REFRESH_ON = (
    "text.", "paragraph.", "proposal.", "compromise.", "position.", "package.", "silence.", "adoption.",
)  # fmt: skip


def _sheets(session: Session, meeting: str) -> list[Sheet]:
    """The texts laid out for everyone, because neither panel shows a delegation's own notes."""
    query = select(Text.id).where(Text.meeting == meeting).order_by(Text.opened)
    return read_once(
        session, ("sheets", meeting), lambda: cached_sheets(session, session.scalars(query).all(), meeting)
    )


@panel(
    "texts-discussed",
    "stage",
    "Under discussion",
    "texts/discussed.html",
    order=40,
    refresh_on=(*REFRESH_ON, "presence."),
)
def before_all(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """The chair's question whether a text may be adopted, and the paragraph under discussion; empty without both."""
    reader = reader_of(actor, meeting)
    if not reader.takes_part:
        return None
    sheets = _sheets(session, meeting)
    before_room = next((sheet for sheet in sheets if sheet.text.status == "asked"), None)
    discussed = [sheet for sheet in sheets if sheet.text.discussed and sheet.text.status not in {"asked", "adopted"}]
    return {
        "text_meeting": meeting,
        "place": session.get_one(Meeting, meeting),
        "sheets": discussed,
        "before_room": before_room,
        "question": question_on(session, before_room.text) if before_room else None,
        "typed": typed,
        "reader": reader,
    }


@panel("texts", "room", "Texts", "texts/panel.html", order=41, refresh_on=REFRESH_ON)
def in_room(session: Session, actor: Viewer, meeting: str, moment: datetime) -> dict[str, Any] | None:
    """The texts of the meeting and how they stand; shown even without any, because one may be opened at any time."""
    reader = reader_of(actor, meeting)
    if not reader.takes_part:
        return None
    place = session.get_one(Meeting, meeting)
    sheets = _sheets(session, meeting)
    return {"text_meeting": meeting, "place": place, "sheets": sheets, "reader": reader, "moment": stamp(moment)}


@panel("texts-desk", "desk", "Texts", "texts/desk_panel.html", order=50, refresh_on=REFRESH_ON)
def at_desk(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """How the texts stand."""
    reader = reader_of(actor, meeting)
    if not reader.takes_part:
        return None
    return {"text_meeting": meeting, "sheets": _sheets(session, meeting), "reader": reader}
