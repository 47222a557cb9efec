"""The shape of each place in a file of the public record, read from its JSON Schema. Forms are drawn from it.

A place is given as steps: `outcomes.3.amount` is `("outcomes", 3, "amount")`.
"""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from suhbat.archive.file_validation import document_of
from suhbat.archive.yaml_reader import Step

LEAVES = {"text", "url", "date", "state", "choice", "number", "source", "outcome", "meeting"}
_KINDS_OF_DEFINITIONS = {"isoDate": "date", "state": "state", "outcomeRef": "outcome", "meetingRef": "meeting"}
"""The kind of a leaf by the name of its definition in the schema."""
FIXED = {"id", "format", "n"}
"""Fields that other facts refer to. They never change."""


@dataclass(frozen=True)
class Shape:
    """What a place may contain."""

    kind: str
    """One of `LEAVES`; `list` (of leaves), `items` (a list of objects or texts), `object`, `names` (by language)."""
    empty: bool = False
    """Whether the value may be null or left out."""
    optional: bool = False
    """Whether an unknown value is left out. Otherwise it is written as null."""
    choices: tuple[str, ...] = ()
    inner: "Shape | None" = None
    fields: dict[str, "Shape"] = field(default_factory=dict)
    least: int = 0
    """The least length of a list; the least value of a number."""


@cache
def shape_of(kind: str) -> Shape:
    """The shape of a whole file of a kind: `format`, `meeting` or `people`."""
    document = document_of(kind)
    return _node_shape(document, document, (), required=True)


def shape_in_schema(kind: str, steps: tuple[Step, ...]) -> Shape | None:
    """The shape of a place in a file; None if the schema has no such place."""
    shape: Shape | None = shape_of(kind)
    for step in steps:
        if shape is None:
            return None
        if isinstance(step, int):
            shape = shape.inner if shape.kind == "items" else None
        elif shape.kind == "names":
            shape = shape.inner if step.isascii() and step.isalpha() and len(step) == len("ru") else None
        else:
            shape = shape.fields.get(step)
    return shape


def steps_of(place: str) -> tuple[Step, ...]:
    """The steps to a place: `outcomes.3.summary` → `("outcomes", 3, "summary")`."""
    return tuple(int(step) if step.isascii() and step.isdigit() else step for step in place.split("."))


def _node_shape(node: dict[str, Any], document: dict[str, Any], steps: tuple[str, ...], *, required: bool) -> Shape:
    node, definition, null = _resolved(node, document)
    empty, optional = null or not required, not required
    last = steps[-1] if steps else ""
    if "properties" in node:
        required_fields = set(node.get("required", ()))
        fields = {
            name: _node_shape(inner, document, (*steps, name), required=name in required_fields)
            for name, inner in node["properties"].items()
        }
        return Shape("object", empty, optional, fields=fields)
    if "additionalProperties" in node:
        return Shape(
            "names", empty, optional, inner=_node_shape(node["additionalProperties"], document, steps, required=False)
        )
    if node.get("type") == "array":
        inner = _node_shape(node["items"], document, steps, required=True)
        list_kind = "list" if inner.kind in {"state", "choice", "source"} else "items"
        return Shape(list_kind, empty, optional, inner=inner, least=int(node.get("minItems", 0)))
    if node.get("type") in ("integer", ["integer", "null"]):
        kind = "source" if last in {"source", "sources"} else "number"
        empty = empty or "null" in node.get("type", ())
        return Shape(kind, empty, optional, least=int(node.get("minimum", 0)))
    if words := node.get("enum") or ([node["const"]] if "const" in node else []):
        return Shape("choice", empty or None in words, optional, tuple(str(word) for word in words if word is not None))
    return Shape(_leaf_kind(node, definition, last), empty, optional)


def _leaf_kind(node: dict[str, Any], definition: str, last: str) -> str:
    if definition in _KINDS_OF_DEFINITIONS:
        return _KINDS_OF_DEFINITIONS[definition]
    if last == "country":
        return "state"
    return "url" if "http" in node.get("pattern", "") else "text"


def _resolved(node: dict[str, Any], document: dict[str, Any]) -> tuple[dict[str, Any], str, bool]:
    """A node without references and "or null": the node, the name of its definition, and whether null is allowed."""
    definition, null = "", False
    while "$ref" in node or "anyOf" in node:
        if "$ref" in node:
            definition = str(node["$ref"]).rpartition("/")[2]
            node = document["$defs"][definition]
        else:
            null = null or {"type": "null"} in node["anyOf"]
            node = next(option for option in node["anyOf"] if option != {"type": "null"})
    return node, definition, null
