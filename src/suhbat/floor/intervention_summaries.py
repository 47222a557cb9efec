"""The note-taker's summaries of interventions."""

from typing import Annotated

from msgspec import Meta
from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts import Body, InMeeting, Occasion, Role, Viewer, act, effect, guard, phrase
from suhbat.floor.floor_state import CLOSED, OPEN, SUSPENDED, floor_state, mark_changed, must_be
from suhbat.floor.models import Intervention, Summary
from suhbat.formats.state_names import state_name
from suhbat.ground.language import _, lazy
from suhbat.ground.refusals import not_found
from suhbat.meetings.models import Meeting
from suhbat.record.entries import Entry

NOTERS = frozenset({Role.NOTE_TAKER, Role.SECRETARIAT})


class NoteSummary(InMeeting, frozen=True, kw_only=True):
    """A summary of one intervention, named by the number of the entry that gave the floor."""

    given_entry: Annotated[int, Meta(ge=1, title="Intervention", extra={"choices": "floor.interventions"})]
    text: Annotated[str, Meta(title="Summary", min_length=1, max_length=4_000, extra={"widget": "textarea"})]


class SummaryNoted(Body, frozen=True, kw_only=True):
    """What an intervention said, in a few sentences."""

    given_entry: int
    """The number of the entry that gave the floor."""
    delegation: str
    text: str


@guard("summary.noted")
def may_note_summary(_viewer: Viewer, meeting: Meeting) -> None:
    """The meeting was opened, and its summary record is not published yet."""
    must_be(meeting, OPEN, SUSPENDED, CLOSED)


@act("summary.noted", "Note a summary", by=NOTERS)
def note_summary(occasion: Occasion, inputs: NoteSummary) -> SummaryNoted:
    """The note-taker puts down what an intervention said, in a few sentences; a later summary replaces an earlier.

    It is a note of the secretariat and binds nobody; what is agreed is the summary record.
    """
    may_note_summary(occasion.actor, floor_state(occasion.session, inputs.meeting).meeting)
    query = select(Intervention).where(Intervention.entry == inputs.given_entry, Intervention.meeting == inputs.meeting)
    turn = occasion.session.scalar(query)
    if turn is None:
        raise not_found(lazy("There is no such intervention."))
    return SummaryNoted(given_entry=inputs.given_entry, delegation=turn.delegation, text=inputs.text)


@effect("summary.noted")
def summary_noted(session: Session, entry: Entry, body: SummaryNoted) -> None:
    """The intervention has this summary."""
    summary = session.get(Summary, body.given_entry)
    if summary is None:
        summary = Summary(given=body.given_entry, meeting=entry.meeting)
        session.add(summary)
    summary.text, summary.by, summary.entry = body.text, entry.name, entry.number
    mark_changed(session, entry, chair=False)


@phrase("summary.noted")
def say_summary_noted(_entry: Entry, body: SummaryNoted) -> str:
    """Names the delegation and quotes the summary."""
    return _("The intervention of %(state)s is summarised: %(text)s") % {
        "state": state_name(body.delegation),
        "text": body.text,
    }
