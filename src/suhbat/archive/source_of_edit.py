"""The source of an editor's change: one that is in the file, or a new one, which is added to it."""

from typing import Any

import msgspec

from suhbat.archive.editor_fields import Sourced, checked_day
from suhbat.archive.field_edit import Faults
from suhbat.ground.language import lazy


class NamedSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source, as a file writes it."""

    n: int
    """Its number in the file."""
    url: str
    publisher: str
    date: str | None
    """When it was published: a day, a month or a year."""


def name_source(content: Any, inputs: Sourced, faults: Faults, *, needed: bool = True) -> NamedSource | None:
    """The source of an act. If it is new, it is added to the content; the same page is not added twice.

    The file of people has no sources: there the source is only in the entry.
    """
    sources: list[dict[str, Any]] = content["sources"] if isinstance(content, dict) else []
    if inputs.source:
        if existing := next((source for source in sources if source["url"] == inputs.source), None):
            return msgspec.convert(existing, NamedSource)
        if not inputs.publisher:
            faults["publisher"] = lazy("This is needed.")
        published = checked_day(inputs.published, "published", faults)
        new = NamedSource(n=next_number(content), url=inputs.source, publisher=inputs.publisher, date=published)
        sources.append(msgspec.to_builtins(new))
        return new
    if inputs.cites is not None:
        cited = next((source for source in sources if source["n"] == inputs.cites), None)
        if cited is not None:
            return msgspec.convert(cited, NamedSource)
        faults["cites"] = lazy("This is not one of the choices.")
    elif needed:
        faults["source"] = lazy("Where is it published? Choose a source, or name another.")
    return None


def next_number(content: Any) -> int:
    """The number for the next source of a file."""
    sources = content["sources"] if isinstance(content, dict) else []
    return max((int(source["n"]) for source in sources), default=0) + 1
