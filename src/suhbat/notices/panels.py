"""What a person's own page shows of notices."""

from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts import Viewer
from suhbat.acts.panels import panel
from suhbat.notices.queries import notices_for, seated

FIRST = 10
"""Notices on the own page; the rest is a list of its own."""


@panel("notices", "me", "Notices", "notices/me.html", order=10)
def own_notices(session: Session, viewer: Viewer, _place: str) -> dict[str, Any] | None:
    """The newest notices; nothing for whoever sits nowhere or rehearses, and was told nothing."""
    notices, more = notices_for(session, viewer, limit=FIRST)
    real = bool(seated(session, [viewer.id]))
    return {"notices": notices, "more": more, "may_leave_address": real} if real or notices else None
