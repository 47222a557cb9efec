"""On which sources the facts of a page rest where no number stands beside them; of what was held here, which entry."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from suhbat.ground.name_lists import in_a_row
from suhbat.public.read_model.facts import Meeting
from suhbat.record.models import EntryRow

CONVOKING = ("meeting.released", "meeting.changed")


def rests_on(meeting: Meeting) -> list[int]:
    """The numbers of the sources of a meeting's own facts: day, place, who came.

    A source that no outcome cites stands for them (so the README of the public record); where each is cited by some
    outcome, they rest on all of them together.
    """
    cited = {n for outcome in meeting.outcomes for n in outcome.sources}
    cited |= {d.source for outcome in meeting.outcomes for d in outcome.deliveries if d.source}
    numbers = [source.n for source in meeting.sources]
    return [n for n in numbers if n not in cited] or numbers


def convoked_by(session: Session, meeting: str) -> int | None:
    """The newest entry, of those that anyone may see, that says where and when a meeting held here is."""
    public = or_(EntryRow.audience == "public", EntryRow.released_by.is_not(None))
    found: int | None = session.scalar(
        select(func.max(EntryRow.number)).where(EntryRow.meeting == meeting, EntryRow.act.in_(CONVOKING), public)
    )
    return found


def in_short(numbers: Sequence[int]) -> str:
    """Numbers as a reader writes them: `1–3, 7`."""
    runs: list[list[int]] = []
    for n in sorted(numbers):
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    return in_a_row(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
