"""The bodies of entries about a file of the public record: which file, and its content.

In the API the inputs have the names of the acts (`DeliveryAdded`). So the bodies are named the other way round
(`AddedDelivery`).
"""

from typing import Any, TypeVar

from suhbat.acts import Body, Decision

FileContent = dict[str, Any] | list[dict[str, Any]]
"""The content of a file; a list in the file of people. `schema` has the JSON Schema of each kind of file."""


class AboutFile(Body, frozen=True, kw_only=True):
    """The file that an entry is about."""

    path: str
    """Relative to the folder of the record: `meetings/ca-japan/2004-08-28-first-ministerial.yaml`."""
    of: str
    """The id of the format or meeting that it is about; `people` for the file of people."""


class FileBody(AboutFile, frozen=True, kw_only=True):
    """The whole file after this entry."""

    sha256: str
    """The hash of the bytes that export writes, in hex."""
    content: FileContent


K = TypeVar("K", bound=AboutFile)


def decision_on_file(body: K, page: str = "") -> Decision[K]:
    """The decision, with the format and meeting that the file is about. `page` is shown after the act."""
    reply = {"then": page} if page else {}
    if body.of == "people":
        return Decision(body, reply=reply)
    meeting = body.of if "/" in body.of else ""
    return Decision(body, format=body.of.partition("/")[0], meeting=meeting, reply=reply)
