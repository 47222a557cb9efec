"""What a meeting left behind, told from its entries alone: this room reads the record, not the tables of outcomes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from suhbat.record.entries import Entry

MAKING = (
    "pledge.made",
    "decision.taken",
    "recommendation.made",
    "announcement.made",
    "project.announced",
    "next_meeting.set",
)


@dataclass
class Leaving:
    """One outcome as it stands after the entries so far."""

    written: dict[str, Any]
    made: int
    worded: int
    """The entry whose wording counts: the one that made it, or its last correction."""
    confirmed: int = 0
    """The entry that confirmed this wording; 0 while none has."""
    withdrawn: bool = False

    @property
    def id(self) -> str:
        """The outcome's id."""
        return str(self.written["id"])

    @property
    def entries(self) -> list[int]:
        """The entries that its present wording rests on."""
        return [self.worded, self.confirmed] if self.confirmed else [self.worded]


def leavings(entries: Iterable[Entry]) -> list[Leaving]:
    """All outcomes that were not withdrawn, in the order in which they were made."""
    found: dict[str, Leaving] = {}
    for entry in entries:
        written: dict[str, Any] = entry.body.get("outcome") or {}
        if entry.act in MAKING:
            found[written["id"]] = Leaving(written, entry.number, entry.number)
        elif entry.act == "outcome.corrected":
            held = found[written["id"]]
            held.written, held.worded, held.confirmed = written, entry.number, 0
        elif entry.act == "outcome.confirmed":
            found[written["id"]].confirmed = entry.number
        elif entry.act == "outcome.withdrawn":
            found[written["id"]].withdrawn = True
    return [each for each in found.values() if not each.withdrawn]
