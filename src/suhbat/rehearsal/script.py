"""The script of a rehearsal: the delegations, the agenda, and what each is known to have said and done."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from suhbat.texts.negotiation.positions import Stand

FOLDER = Path(__file__).parent / "scripts"


class ScriptedDelegation(msgspec.Struct, frozen=True):
    """A delegation and its head."""

    state: str
    name: str
    office: str


class ScriptedOutcome(msgspec.Struct, frozen=True):
    """An outcome of the meeting or of a delegation."""

    act: str
    title: str
    summary: str
    topic: str
    to: list[str] = []
    amount: dict[str, Any] | None = None
    due: str = ""


class FiledStatement(msgspec.Struct, frozen=True):
    """A statement that is filed as a text."""

    language: str
    title: str
    text: str


class Speaker(msgspec.Struct, frozen=True):
    """An intervention: its summary by the note-taker, the filed statement, and the outcomes of the delegation."""

    state: str
    says: str
    files: FiledStatement | None = None
    does: list[ScriptedOutcome] = []


class Item(msgspec.Struct, frozen=True):
    """An agenda item with its speakers in order, and the outcomes of the meeting itself."""

    title: str
    topic: str
    minutes: int
    speakers: list[Speaker]
    does: list[ScriptedOutcome] = []


class ScriptedProposal(msgspec.Struct, frozen=True):
    """A proposal for other words in a paragraph, the positions of the others, and the decision.

    Delegations that are not in `answers` can accept it. `because` is the reason of those who object.
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


class ScriptedText(msgspec.Struct, frozen=True):
    """A text that is negotiated after the last item. `paragraphs` is plain text, as a user would paste it."""

    title: str
    kind: str
    language: str
    paragraphs: str
    proposals: list[ScriptedProposal]


class Script(msgspec.Struct, frozen=True):
    """A conference to be staged. `like` is the reported meeting that it is based on."""

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
    delegations: list[ScriptedDelegation]
    agenda: list[Item]
    text: ScriptedText | None = None

    def delegation(self, state: str) -> ScriptedDelegation:
        """The delegation of a state."""
        return next(delegation for delegation in self.delegations if delegation.state == state)


@cache
def load_script(name: str) -> Script:
    """Load a script by its name."""
    return msgspec.convert(yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")), Script)


def script_names() -> list[str]:
    """The names of the scripts that can be staged."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))
