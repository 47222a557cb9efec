"""An entry as a value, used by everything that reads the record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from suhbat.ground.clock import stamp

LONGEST = 65_535
"""Bytes of one entry at most: C2SP tlog-tiles writes an entry's length in 16 bits."""


@dataclass(frozen=True)
class Entry:
    """One act, as recorded. `meeting` and `format` are empty if the act belongs to none."""

    number: int
    format: str
    meeting: str
    act: str
    actor: str
    name: str
    office: str
    delegation: str
    time: datetime
    audience: str
    body: dict[str, Any]

    @property
    def place(self) -> str:
        """Where it belongs: its meeting, else its format, else the installation (empty)."""
        return self.meeting or self.format

    def content(self) -> dict[str, Any]:
        """The content of this entry for its canonical JSON."""
        return {
            "act": self.act,
            "actor": {"id": self.actor, "name": self.name, "office": self.office},
            "audience": self.audience,
            "body": self.body,
            "delegation": self.delegation,
            "format": self.format,
            "meeting": self.meeting,
            "number": self.number,
            "time": stamp(self.time),
        }
