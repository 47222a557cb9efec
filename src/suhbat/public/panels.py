"""What an editor's own page shows of the public record."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.panels import panel
from suhbat.acts.registry import REGISTRY
from suhbat.public.models import ErrorReport


@panel("editors", "me", "Editors of the public record", "public/own_record.html", order=60)
def to_correct(session: Session, viewer: Viewer, _place: str) -> dict[str, Any] | None:
    """The ways of those who correct reported facts, and how many reports of errors wait; nothing for others."""
    if viewer.seat_for(REGISTRY["error.answered"].by, "") is None:
        return None
    waiting = select(func.count()).select_from(ErrorReport).where(ErrorReport.answered == "")
    return {"waiting": session.scalar(waiting) or 0}
