"""Sources of the facts on a page that have no source number beside them; for a meeting held here, the entry."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from suhbat.ground.name_lists import in_a_row
from suhbat.public.read_model.fact_types import Meeting
from suhbat.record.models import EntryRow

CONVOCATION_ACTS = ("meeting.released", "facts.published", "meeting.changed")


def rests_on(meeting: Meeting) -> list[int]:
    """The numbers of the sources of a meeting's own facts: day, place, who came.

    These are the sources that no outcome cites (see the README of the public record). If outcomes cite every source,
    these facts rest on all of them.
    """
    cited = {n for outcome in meeting.outcomes for n in outcome.sources}
    cited |= {d.source for outcome in meeting.outcomes for d in outcome.deliveries if d.source}
    numbers = [source.n for source in meeting.sources]
    return [n for n in numbers if n not in cited] or numbers


def convocation_entry(session: Session, meeting: str) -> int | None:
    """The newest public entry that says where and when a meeting held here takes place."""
    public = or_(EntryRow.audience == "public", EntryRow.released_by.is_not(None))
    number: int | None = session.scalar(
        select(func.max(EntryRow.number)).where(EntryRow.meeting == meeting, EntryRow.act.in_(CONVOCATION_ACTS), public)
    )
    return number


def in_short(numbers: Sequence[int]) -> str:
    """Numbers as a short list of ranges: `1–3, 7`."""
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return in_a_row(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
