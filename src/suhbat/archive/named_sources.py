"""The page on which an editor's change rests: one that the file names already, or another, which is added to it."""

from typing import Any

import msgspec

from suhbat.archive.editor_fields import Sourced, partial_day
from suhbat.archive.field_edit import Faults
from suhbat.ground.language import lazy


class NamedSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source as a file names it."""

    n: int
    """Its number in the file."""
    url: str
    publisher: str
    date: str | None
    """When it was published: a day, a month or a year."""


def name_source(content: Any, inputs: Sourced, faults: Faults, *, needed: bool = True) -> NamedSource | None:
    """The source that an act names, added to the file where it is new there: a page is not named twice.

    The file of persons names no sources; there the entry alone keeps it.
    """
    sources: list[dict[str, Any]] = content["sources"] if isinstance(content, dict) else []
    if inputs.source:
        if named := next((source for source in sources if source["url"] == inputs.source), None):
            return msgspec.convert(named, NamedSource)
        if not inputs.publisher:
            faults["publisher"] = lazy("This is needed.")
        published = partial_day(inputs.published, "published", faults)
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
    """The number that a further source of a file bears."""
    sources = content["sources"] if isinstance(content, dict) else []
    return max((int(source["n"]) for source in sources), default=0) + 1
