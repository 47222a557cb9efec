"""The outcomes of a meeting, computed from its entries alone: this package does not read the tables of outcomes."""

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
class LoggedOutcome:
    """One outcome, as the entries so far leave it."""

    wording: Any
    """Its wording, as in the bodies of the entries of outcomes."""
    made_in: int
    """The entry that made it."""
    worded_in: int
    """The entry with the present wording: the one that made it, or its last correction."""
    confirmed: int = 0
    """The entry that confirmed this wording; 0 if it is not confirmed."""
    withdrawn: bool = False

    @property
    def id(self) -> str:
        """The outcome's id."""
        return str(self.wording.id)

    @property
    def entries(self) -> list[int]:
        """The entries that the present wording is based on."""
        return [self.worded_in, self.confirmed] if self.confirmed else [self.worded_in]


def outcome_in(entry: Entry) -> Any | None:
    """The outcome that an entry makes, changes or reports on; None for any other entry."""
    return body_of(entry).outcome if entry.act in MAKING or entry.act in LATER else None


def outcomes_in(entries: Iterable[Entry]) -> list[LoggedOutcome]:
    """All outcomes that were not withdrawn, in the order in which they were made.

    Of a corrected outcome the entry that made it stays closed, so a reader of the public record may not have it.
    """
    by_id: dict[str, LoggedOutcome] = {}
    for entry in entries:
        outcome = outcome_in(entry)
        if outcome is None:
            continue
        if entry.act in MAKING:
            by_id[outcome.id] = LoggedOutcome(outcome, entry.number, entry.number)
        elif entry.act == "outcome.corrected":
            made_in = body_of(entry).made or entry.number
            logged = by_id.setdefault(outcome.id, LoggedOutcome(outcome, made_in, entry.number))
            logged.wording, logged.worded_in, logged.confirmed = outcome, entry.number, 0
        elif entry.act == "outcome.confirmed":
            by_id[outcome.id].confirmed = entry.number
        elif entry.act == "outcome.withdrawn":
            by_id[outcome.id].withdrawn = True
    left = [logged for logged in by_id.values() if not logged.withdrawn]
    return sorted(left, key=lambda logged: logged.made_in)
