"""What a meeting left behind, told from its entries alone: this room reads the record, not the tables of outcomes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from suhbat.acts import body_of
from suhbat.record.entries import Entry

MAKING = (
    "pledge.made",
    "decision.taken",
    "recommendation.made",
    "announcement.made",
    "project.announced",
    "next_meeting.set",
)
LATER = ("outcome.corrected", "outcome.confirmed", "outcome.withdrawn", "delivery.reported")


@dataclass
class Leaving:
    """One outcome as it stands after the entries so far."""

    written: Any
    """Its wording, as the room of outcomes has it in the bodies of its entries."""
    made: int
    worded: int
    """The entry whose wording counts: the one that made it, or its last correction."""
    confirmed: int = 0
    """The entry that confirmed this wording; 0 while none has."""
    withdrawn: bool = False

    @property
    def id(self) -> str:
        """The outcome's id."""
        return str(self.written.id)

    @property
    def entries(self) -> list[int]:
        """The entries that its present wording rests on."""
        return [self.worded, self.confirmed] if self.confirmed else [self.worded]


def outcome_in(entry: Entry) -> Any | None:
    """The outcome that an entry makes, changes or follows; None of any other entry."""
    return body_of(entry).outcome if entry.act in MAKING or entry.act in LATER else None


def leavings(entries: Iterable[Entry]) -> list[Leaving]:
    """All outcomes that were not withdrawn, in the order in which they were made."""
    by_id: dict[str, Leaving] = {}
    for entry in entries:
        outcome = outcome_in(entry)
        if outcome is None:
            continue
        if entry.act in MAKING:
            by_id[outcome.id] = Leaving(outcome, entry.number, entry.number)
        elif entry.act == "outcome.corrected":
            leaving = by_id[outcome.id]
            leaving.written, leaving.worded, leaving.confirmed = outcome, entry.number, 0
        elif entry.act == "outcome.confirmed":
            by_id[outcome.id].confirmed = entry.number
        elif entry.act == "outcome.withdrawn":
            by_id[outcome.id].withdrawn = True
    return [leaving for leaving in by_id.values() if not leaving.withdrawn]
