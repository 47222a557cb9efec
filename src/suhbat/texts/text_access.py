"""Who may read a text."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from suhbat.acts.roles_and_seats import SPEAKERS, STAFF, Role, Seat, Viewer
from suhbat.ground.refusals import not_allowed, not_found
from suhbat.meetings.models import Meeting
from suhbat.record.audiences import PARTICIPANTS
from suhbat.texts.models import Text
from suhbat.texts.text_lookup import CHAIR


@dataclass(frozen=True)
class Reader:
    """Who reads: for which delegation, and whether at the drafter's desk."""

    takes_part: bool
    delegation: str
    """The own delegation, if it may read notes of its own here."""
    speaks: bool
    """Whether the reader may propose and answer for it."""
    drafts: bool
    """Whether the reader sits at the drafter's desk."""

    @property
    def side(self) -> str:
        """Whose words are the reader's own: a delegation's, or the chair's."""
        return self.delegation if self.speaks else CHAIR if self.drafts else self.delegation

    def nameless(self, meeting: str) -> Viewer:
        """Somebody without a name who may do what this reader may: for what is drawn once for many."""
        seats = []
        if self.delegation:
            seats.append(Seat(Role.DELEGATE if self.speaks else Role.ADVISER, meeting, self.delegation))
        if self.drafts:
            seats.append(Seat(Role.CHAIR, meeting))
        return Viewer("", "", tuple(seats))


def reader_of(actor: Viewer, meeting: str) -> Reader:
    """What the actor is at this meeting."""
    roles = actor.roles_at(meeting)
    return Reader(
        actor.scope(meeting).sees(PARTICIPANTS),
        actor.delegation_at(meeting),
        bool(roles & SPEAKERS),
        bool(roles & STAFF),
    )


def readable_meeting(session: Session, actor: Viewer, meeting: str) -> Meeting:
    """The meeting, if the reader may know of it."""
    found = session.get(Meeting, meeting)
    if found is None or (found.hidden and not actor.scope(meeting).sees(PARTICIPANTS)):
        raise not_found()
    return found


def readable_text(session: Session, actor: Viewer, meeting: str, name: str) -> tuple[Meeting, Text]:
    """A text for those who negotiate it; once it is published, for anyone."""
    held = readable_meeting(session, actor, meeting)
    text = session.get(Text, f"{meeting}/{name}")
    takes_part = actor.scope(meeting).sees(PARTICIPANTS)
    if text is None or not (takes_part or text.published):
        raise not_found()
    return held, text


def only_participants(actor: Viewer, meeting: str) -> None:
    """Refuse those who may read the text but do not negotiate it."""
    if not actor.scope(meeting).sees(PARTICIPANTS):
        raise not_allowed()
