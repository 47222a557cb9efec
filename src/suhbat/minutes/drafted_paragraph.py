"""A paragraph of a drafted summary record, as an entry stores it."""

from typing import Any

import msgspec


class AnnexedStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A written statement that belongs to an intervention; its text is in the annex."""

    statement: str
    """Its id."""
    title: str
    language: str
    delegation: str
    entry: int
    """The number of the entry that filed it."""


class ParagraphFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Facts about a paragraph beside its text. Which of them are set depends on its kind."""

    item: str | msgspec.UnsetType = msgspec.UNSET
    """For the heading of an agenda item: the item."""
    speaker: str | msgspec.UnsetType = msgspec.UNSET
    """This and the following, for an intervention: who spoke; empty where nobody was named."""
    office: str | msgspec.UnsetType = msgspec.UNSET
    kind: str | msgspec.UnsetType = msgspec.UNSET
    """`speech`, `reply`, `question`, `point-of-order`."""
    seconds: int | msgspec.UnsetType = msgspec.UNSET
    statements: list[AnnexedStatement] | msgspec.UnsetType = msgspec.UNSET
    summary: int | msgspec.UnsetType = msgspec.UNSET
    """The number of the entry with its summary, if there is one."""
    outcome: str | msgspec.UnsetType = msgspec.UNSET
    """For an outcome: its id."""


class DraftedParagraph(msgspec.Struct, frozen=True, kw_only=True):
    """One paragraph, heading or line of a list. `models.MinutesParagraph.kind` names the kinds."""

    name: str
    kind: str
    text: str
    entries: list[int]
    """The numbers of the entries that it is based on."""
    delegation: str
    about: ParagraphFacts

    @property
    def facts(self) -> dict[str, Any]:
        """The facts as the table stores them."""
        facts: dict[str, Any] = msgspec.to_builtins(self.about)
        return facts
