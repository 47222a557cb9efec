"""Releasing the agenda. Each version is stored as it was, with the changes since the version before."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, Decision, InMeeting, Notice, Occasion, Viewer, act, effect, guard, notice, phrase
from suhbat.acts.roles_and_seats import STAFF
from suhbat.ground.clock import stamp
from suhbat.ground.language import gettext, lazy
from suhbat.ground.refusals import invalid, out_of_order
from suhbat.meetings.agenda_items import OVER, Seen
from suhbat.meetings.agenda_lookup import refuse_stale
from suhbat.meetings.agenda_versions import (
    AgendaChange,
    ReleasedItem,
    changes_between,
    items_of,
    snapshot,
    working_copy,
)
from suhbat.meetings.meeting_status import not_over
from suhbat.meetings.models import AgendaRelease, Meeting
from suhbat.meetings.page_addresses import desk_of
from suhbat.meetings.queries import meeting_of
from suhbat.record.audiences import PARTICIPANTS
from suhbat.record.entries import Entry


class Release(InMeeting, frozen=True, kw_only=True):
    """The version to release, and for whom."""

    seen: Seen
    audience: Annotated[
        Literal["participants", "public"], Meta(title="Who may see it", extra={"words_of": "who may see it"})
    ] = "participants"
    note: Annotated[str, Meta(title="Note on this version", max_length=1_000, extra={"widget": "textarea"})] = ""


class AgendaReleased(Body, frozen=True, kw_only=True):
    """A version of the agenda."""

    agenda_version: int = msgspec.field(name="version")
    """1 for the first version. The attribute `version` is the version of the body itself."""
    items: list[ReleasedItem]
    """In the order of the tree."""
    changes: list[AgendaChange]
    """Changes since the version before; empty in the first version."""
    note: str
    audience: str
    """`participants` or `public`."""


@guard("agenda.released")
def may_release(_viewer: Viewer, meeting: Meeting, last: AgendaRelease | None) -> None:
    """The meeting is not over, the agenda has items, and a release would show something new to somebody.

    A draft meeting has no public agenda, so there an unchanged version cannot be released again.
    """
    not_over(meeting, OVER)
    if not meeting.agenda:
        raise out_of_order(lazy("There is nothing on the agenda."))
    fully_released = last is not None and (last.audience == "public" or meeting.hidden)
    if fully_released and not changes_between(items_of(last), snapshot(meeting.agenda)):
        raise out_of_order(lazy("Nothing would be different."))


@act("agenda.released", "Release the agenda", by=STAFF)
def release(occasion: Occasion, inputs: Release) -> Decision[AgendaReleased]:
    """The secretariat or the chair releases the agenda: its first version, or an amended one.

    Each version is kept as it stood, with what changed since the one before. A public version can only be followed by
    public ones; a public one needs a meeting that is released.
    """
    meeting = meeting_of(occasion.session, inputs.meeting)
    last = occasion.session.scalar(
        select(AgendaRelease).where(
            AgendaRelease.meeting == meeting.id, AgendaRelease.version == meeting.agenda_version
        )
    )
    may_release(occasion.actor, meeting, last)
    refuse_stale(meeting, inputs.seen)
    if inputs.audience == "public" and meeting.hidden:
        raise invalid(audience=lazy("The meeting itself has not been released yet."))
    items = snapshot(meeting.agenda)
    changes = changes_between(items_of(last), items) if last else []
    if last and last.audience == "public" and inputs.audience != "public":
        raise invalid(audience=lazy("The version before is public."))
    if last and not changes and inputs.audience == last.audience:
        raise out_of_order(lazy("Nothing would be different."))
    body = AgendaReleased(
        agenda_version=meeting.agenda_version + 1,
        items=items,
        changes=changes,
        note=inputs.note,
        audience=inputs.audience,
    )
    return Decision(body, audience=inputs.audience, reply={"then": desk_of(meeting.id)})


@effect("agenda.released")
def released(session: Session, entry: Entry, body: AgendaReleased) -> None:
    """Stores the version and its number. Whoever could not read the working copy has the version instead."""
    meeting = session.get_one(Meeting, entry.meeting)
    if {item.id for item in meeting.agenda} != {item.id for item in body.items}:
        meeting.agenda = working_copy(body.items, meeting.agenda)
    meeting.agenda_version, meeting.agenda_changed = body.agenda_version, entry.number
    session.add(
        AgendaRelease(
            meeting=meeting.id,
            version=body.agenda_version,
            time=stamp(entry.time),
            audience=body.audience,
            note=body.note,
            items=msgspec.to_builtins(body.items),
            changes=msgspec.to_builtins(body.changes),
        )
    )


@phrase("agenda.released")
def say_released(_entry: Entry, body: AgendaReleased) -> str:
    """The first version is "released", a later one "amended"."""
    if body.agenda_version == 1:
        return gettext("The agenda was released.")
    return gettext("The agenda was amended: version %(version)s.") % {"version": body.agenda_version}


@notice("agenda.released")
def tell_released(entry: Entry, body: AgendaReleased) -> Notice:
    """Everyone with a seat at the meeting."""
    return Notice(say_released(entry, body), (PARTICIPANTS,), page=f"/meetings/{entry.meeting}/agenda")
