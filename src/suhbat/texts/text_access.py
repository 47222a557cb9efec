"""Who may read a text, and the text that a page handler opens for a reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from litestar.response import Response
from sqlalchemy.orm import Session

from suhbat.acts.app import App
from suhbat.acts.door import Asker
from suhbat.acts.request_bodies import AnyRequest
from suhbat.acts.roles_and_seats import SPEAKERS, STAFF, Role, Seat, Viewer
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.models import Meeting
from suhbat.record.audiences import PARTICIPANTS
from suhbat.texts.models import Text
from suhbat.texts.text_guard_checks import CHAIR


@dataclass(frozen=True)
class Reader:
    """What a viewer is at a meeting: for which delegation, and whether at the drafter's desk."""

    takes_part: bool
    delegation: str
    """The own delegation, whose notes are shown; empty for none."""
    speaks: bool
    """Whether the reader may propose and answer for it."""
    drafts: bool
    """Whether the reader sits at the drafter's desk."""
    assists: bool = False
    """Whether what the reader fills in waits for the head."""

    @property
    def side(self) -> str:
        """Whose words are the reader's own: a delegation's, or the chair's."""
        return self.delegation if self.speaks else CHAIR if self.drafts else self.delegation

    def nameless(self, meeting: str) -> Viewer:
        """A viewer without a name who may do the same: for HTML that is drawn once for many readers."""
        seats = []
        if self.delegation:
            role = Role.HEAD if self.assists else Role.DELEGATE if self.speaks else Role.ADVISER
            seats.append(Seat(role, meeting, self.delegation, assists=self.assists))
        if self.drafts:
            seats.append(Seat(Role.CHAIR, meeting))
        return Viewer("", "", tuple(seats))


def reader_of(actor: Viewer, meeting: str) -> Reader:
    """The reader that a viewer is at a meeting."""
    roles = actor.roles_at(meeting)
    return Reader(
        actor.scope(meeting).sees(PARTICIPANTS),
        actor.delegation_at(meeting),
        bool(roles & SPEAKERS),
        bool(roles & STAFF),
        any(seat.assists for seat in actor.seats_at(meeting)),
    )


def readable_meeting(session: Session, actor: Viewer, meeting_id: str) -> Meeting:
    """The meeting; refused to those who may not know of it."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None or (meeting.hidden and not actor.scope(meeting_id).sees(PARTICIPANTS)):
        raise not_found()
    return meeting


def readable_text(session: Session, actor: Viewer, meeting_id: str, name: str) -> tuple[Meeting, Text]:
    """The meeting and the text, for those who negotiate it; once it is published, for anyone."""
    meeting = readable_meeting(session, actor, meeting_id)
    text = session.get(Text, f"{meeting_id}/{name}")
    takes_part = actor.scope(meeting_id).sees(PARTICIPANTS)
    if text is None or not (takes_part or text.published):
        raise not_found()
    return meeting, text


def only_participants(actor: Viewer, meeting: str) -> None:
    """Refuse those who may read the text but do not negotiate it."""
    if not actor.scope(meeting).sees(PARTICIPANTS):
        raise not_allowed()


@dataclass(frozen=True)
class OpenedText:
    """A text that a page handler has open for a reader."""

    app: App
    session: Session
    actor: Viewer
    meeting: Meeting
    text: Text

    @cached_property
    def reader(self) -> Reader:
        """What the viewer is at the meeting."""
        return reader_of(self.actor, self.meeting.id)

    @property
    def here(self) -> str:
        """The address of the text's page."""
        return f"/meetings/{self.meeting.id}/texts/{self.text.name}"

    def page(self, request: AnyRequest, template: str, **context: Any) -> Response[str]:
        """A page about the text. Every template gets the `meeting`, the `reader`, and `here`."""
        return self.app.page(
            request, self.actor, template, meeting=self.meeting, reader=self.reader, here=self.here, **context
        )


@contextmanager
def opened_text(
    app: App, actor: Viewer | Asker, meeting_id: str, name: str, *, participants_only: bool = False
) -> Iterator[OpenedText]:
    """Open a text for a reader, in a session for reading; refused to those who may not read it."""
    with app.database.reading() as session:
        viewer = actor(session) if callable(actor) else actor
        meeting, text = readable_text(session, viewer, meeting_id, name)
        if participants_only:
            only_participants(viewer, meeting_id)
        yield OpenedText(app, session, viewer, meeting, text)
