"""What the record keeps of a file of the public record: which file it is, and all that it says.

In the API the acts' own names are their inputs' (`DeliveryAdded`); so the bodies are named the other way round
(`AddedDelivery`).
"""

from typing import Any, TypeVar

from suhbat.acts import Body, Decision

FileContent = dict[str, Any] | list[dict[str, Any]]
"""What a file says, a list for the file of people. Its shape is told by the JSON Schema of its kind (`schema`)."""


class AboutFile(Body, frozen=True, kw_only=True):
    """Which file an entry is about."""

    path: str
    """Relative to the folder of the record: `meetings/ca-japan/2004-08-28-first-ministerial.yaml`."""
    of: str
    """The id of the format or meeting that it tells of; `people` for the file of people."""


class FileBody(AboutFile, frozen=True, kw_only=True):
    """A file as it stands from this entry on, whole."""

    sha256: str
    """Of the bytes that export writes, in hex."""
    content: FileContent


K = TypeVar("K", bound=AboutFile)


def in_its_place(body: K, page: str = "") -> Decision[K]:
    """The entry belongs where the file does: to a format, to a meeting, or to neither. `page` shows what was done."""
    reply = {"then": page} if page else {}
    if body.of == "people":
        return Decision(body, reply=reply)
    meeting = body.of if "/" in body.of else ""
    return Decision(body, format=body.of.partition("/")[0], meeting=meeting, reply=reply)
