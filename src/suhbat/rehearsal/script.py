"""The script of a rehearsal: who meets, on what, and what each is known to have said and done."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from suhbat.texts.negotiation.positions import Stand

FOLDER = Path(__file__).parent / "scripts"


class Sitting(msgspec.Struct, frozen=True):
    """A delegation and who heads it."""

    state: str
    name: str
    office: str


class Deed(msgspec.Struct, frozen=True):
    """An outcome that somebody leaves behind."""

    act: str
    title: str
    summary: str
    topic: str
    to: list[str] = []
    amount: dict[str, Any] | None = None
    due: str = ""


class Filed(msgspec.Struct, frozen=True):
    """A statement filed as text."""

    language: str
    title: str
    text: str


class Speaker(msgspec.Struct, frozen=True):
    """One intervention: what the note-taker sums up, the text that was filed, what the delegation does in it."""

    state: str
    says: str
    files: Filed | None = None
    does: list[Deed] = []


class Item(msgspec.Struct, frozen=True):
    """An agenda item with its speakers in order, and what the meeting itself then does."""

    title: str
    topic: str
    minutes: int
    speakers: list[Speaker]
    does: list[Deed] = []


class Asked(msgspec.Struct, frozen=True):
    """Other words that a delegation asks for in a paragraph, how the others answer, and what becomes of it.

    Who is not among `answers` can accept it. `because` is said by whoever objects.
    """

    by: str
    paragraph: str
    old: str
    new: str
    then: Literal["taken", "aside"]
    note: str = ""
    answers: dict[str, Stand] = {}
    because: str = ""
    reason: str = ""


class Negotiated(msgspec.Struct, frozen=True):
    """A text that is negotiated after the last item. `paragraphs` are written as one pastes them."""

    title: str
    kind: str
    language: str
    paragraphs: str
    proposals: list[Asked]


class Script(msgspec.Struct, frozen=True):
    """A conference to be staged. `like` is the reported meeting whose facts it holds."""

    id: str
    format: str
    like: str
    title: str
    level: str
    mode: str
    day: str
    time: str
    zone: str
    minutes: int
    chair: str
    delegations: list[Sitting]
    agenda: list[Item]
    text: Negotiated | None = None

    def sitting(self, state: str) -> Sitting:
        """The delegation of a state."""
        return next(each for each in self.delegations if each.state == state)


@cache
def script(name: str) -> Script:
    """A script by its name."""
    return msgspec.convert(yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")), Script)


def names() -> list[str]:
    """The scripts that can be staged."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))
