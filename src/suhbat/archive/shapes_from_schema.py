"""The shape of each place in a file of the public record, read from its JSON Schema: what a form may ask there.

A place is named by steps, as a fault names it: `outcomes.3.amount` is `("outcomes", 3, "amount")`.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from suhbat.archive.file_validation import document_of
from suhbat.archive.yaml_reader import Step

LEAVES = {"text", "url", "date", "state", "choice", "number", "source", "outcome", "meeting"}
_REFERENCES = {"isoDate": "date", "state": "state", "outcomeRef": "outcome", "meetingRef": "meeting"}
FIXED = {"id", "format", "n"}
"""Names that others point to: an address that was given once stays."""


@dataclass(frozen=True)
class Shape:
    """What may stand at a place."""

    kind: str
    """One of `LEAVES`; `list` of leaves, `items` (a list of objects or of texts), `object`, `names` (by language)."""
    empty: bool = False
    """Whether nothing may stand there: null, or the field left out."""
    optional: bool = False
    """Whether the field is left out where nothing is known; otherwise that is written as null."""
    choices: tuple[str, ...] = ()
    inner: "Shape | None" = None
    fields: dict[str, "Shape"] = field(default_factory=dict)
    least: int = 0
    """How many a list has at least; what a number is at least."""


@cache
def shape_of(kind: str) -> Shape:
    """The shape of a whole file of a kind: `format`, `meeting` or `people`."""
    document = document_of(kind)
    return _read(document, document, (), required=True)


def at(kind: str, steps: tuple[Step, ...]) -> Shape | None:
    """The shape of a place in a file; None where the schema knows no such place."""
    found: Shape | None = shape_of(kind)
    for step in steps:
        if found is None:
            return None
        if isinstance(step, int):
            found = found.inner if found.kind == "items" else None
        elif found.kind == "names":
            found = found.inner if step.isascii() and step.isalpha() and len(step) == len("ru") else None
        else:
            found = found.fields.get(step)
    return found


def place(written: str) -> tuple[Step, ...]:
    """`outcomes.3.summary` → `("outcomes", 3, "summary")`."""
    return tuple(int(step) if step.isascii() and step.isdigit() else step for step in written.split("."))


def _read(node: dict[str, Any], document: dict[str, Any], steps: tuple[str, ...], *, required: bool) -> Shape:
    node, named, null = _resolved(node, document)
    empty, optional = null or not required, not required
    last = steps[-1] if steps else ""
    if "properties" in node:
        wanted = set(node.get("required", ()))
        inside = {
            name: _read(inner, document, (*steps, name), required=name in wanted)
            for name, inner in node["properties"].items()
        }
        return Shape("object", empty, optional, fields=inside)
    if "additionalProperties" in node:
        return Shape(
            "names", empty, optional, inner=_read(node["additionalProperties"], document, steps, required=False)
        )
    if node.get("type") == "array":
        inner = _read(node["items"], document, steps, required=True)
        many = "list" if inner.kind in {"state", "choice", "source"} else "items"
        return Shape(many, empty, optional, inner=inner, least=int(node.get("minItems", 0)))
    if node.get("type") in ("integer", ["integer", "null"]):
        kind = "source" if last in {"source", "sources"} else "number"
        empty = empty or "null" in node.get("type", ())
        return Shape(kind, empty, optional, least=int(node.get("minimum", 0)))
    if words := node.get("enum") or ([node["const"]] if "const" in node else []):
        return Shape("choice", empty or None in words, optional, tuple(str(word) for word in words if word is not None))
    return Shape(_leaf(node, named, last), empty, optional)


def _leaf(node: dict[str, Any], named: str, last: str) -> str:
    if named in _REFERENCES:
        return _REFERENCES[named]
    if last == "country":
        return "state"
    return "url" if "http" in node.get("pattern", "") else "text"


def _resolved(node: dict[str, Any], document: dict[str, Any]) -> tuple[dict[str, Any], str, bool]:
    """A node behind its references and its "or null": itself, the name it was referred to by, whether null may be."""
    named, null = "", False
    while "$ref" in node or "anyOf" in node:
        if "$ref" in node:
            named = str(node["$ref"]).rpartition("/")[2]
            node = document["$defs"][named]
        else:
            null = null or {"type": "null"} in node["anyOf"]
            node = next(each for each in node["anyOf"] if each != {"type": "null"})
    return node, named, null
