"""What texts contribute to the room and to the desk: the paragraph under discussion, and whose move it is."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.panels import panel
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.database import database_of
from suhbat.meetings.models import Meeting
from suhbat.texts.adoption.consensus import question_on
from suhbat.texts.models import Text
from suhbat.texts.text_access import reader_of
from suhbat.texts.view.text_view import Sheet
from suhbat.texts.view.view_cache import kept_sheets
from suhbat.texts.wording.numbering import typed

LATER = (
    "text.", "paragraph.", "proposal.", "compromise.", "position.", "package.", "silence.", "adoption.",
)  # fmt: skip


def _sheets(session: Session, meeting: str) -> list[Sheet]:
    """The texts as they are laid out for everyone: neither panel shows notes of a delegation's own."""
    texts = session.scalars(select(Text.id).where(Text.meeting == meeting).order_by(Text.opened)).all()
    return kept_sheets(database_of(session), texts, meeting)


@panel("texts-discussed", "stage", "Under discussion", "texts/discussed.html", order=40, refresh_on=LATER)
def before_all(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """What everyone has to see: the chair's question whether a text may be adopted, and the paragraph under discussion.

    Empty while there is neither.
    """
    reader = reader_of(actor, meeting)
    if not reader.takes_part:
        return None
    sheets = _sheets(session, meeting)
    asked = next((each for each in sheets if each.text.state == "asked"), None)
    return {
        "text_meeting": meeting,
        "place": session.get_one(Meeting, meeting),
        "sheets": [each for each in sheets if each.text.discussed and each.text.state not in {"asked", "adopted"}],
        "asked": asked,
        "question": question_on(session, asked.text) if asked else None,
        "typed": typed,
        "reader": reader,
    }


@panel("texts", "room", "Texts", "texts/panel.html", order=41, refresh_on=LATER)
def in_room(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """The texts of the meeting and how they stand; there from the beginning, since one may be opened at any time."""
    reader = reader_of(actor, meeting)
    if not reader.takes_part:
        return None
    place = session.get_one(Meeting, meeting)
    return {"text_meeting": meeting, "place": place, "sheets": _sheets(session, meeting), "reader": reader}


@panel("texts-desk", "desk", "Texts", "texts/desk_panel.html", order=50, refresh_on=LATER)
def at_desk(session: Session, actor: Viewer, meeting: str) -> dict[str, Any] | None:
    """How the texts stand."""
    reader = reader_of(actor, meeting)
    if not reader.takes_part:
        return None
    return {"text_meeting": meeting, "sheets": _sheets(session, meeting), "reader": reader}
