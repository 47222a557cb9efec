"""The faults that the schema validator finds, in the reader's language. Its own sentences are in English only."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from jsonschema_rs import ValidationError

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.name_lists import in_a_row

LONGEST = 120
"""Characters of a value that are quoted, so that a fault has one line."""


def shape_fault(error: ValidationError) -> Lazy | str:
    """Why a value does not fit its schema; in the validator's own words for a rule that our schemas do not use."""
    kind: Any = error.kind  # (the stubs have one type for all kinds)
    if kind.name == "propertyNames":
        return shape_fault(kind.error)
    message = _MESSAGES.get(kind.name)
    return message(_quote(error.instance), kind) if message else error.message


def innermost(error: ValidationError) -> ValidationError:
    """The fault of a value that may be X or null: what is wrong with it as an X, at its place."""
    kind: Any = error.kind
    while kind.name == "anyOf":
        first_errors = [branch[0] for branch in kind.context]
        error = next((first for first in first_errors if not _expects_null(first)), first_errors[0])
        kind = error.kind
    return error


def _expects_null(error: ValidationError) -> bool:
    kind: Any = error.kind
    return kind.name == "type" and "null" in kind.types


def _quote(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


class _Row:
    """A list of values, with the separators of the reader's language."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = values

    def __str__(self) -> str:
        return in_a_row(_quote(value) for value in self.values)


_MESSAGES: dict[str, Callable[[str, Any], Lazy]] = {
    "type": lambda value, kind: (
        lazy("%(value)s is not of type %(types)s") % {"value": value, "types": _Row(sorted(kind.types))}
    ),
    "enum": lambda value, kind: (
        lazy("%(value)s is not one of %(options)s") % {"value": value, "options": _Row(kind.options)}
    ),
    "const": lambda value, kind: (
        lazy("%(value)s stands where only %(wanted)s can stand")
        % {"value": value, "wanted": _quote(kind.expected_value)}
    ),
    "pattern": lambda value, kind: (
        lazy("%(value)s does not match %(pattern)s") % {"value": value, "pattern": kind.pattern}
    ),
    "minimum": lambda value, kind: lazy("%(value)s is less than %(least)s") % {"value": value, "least": kind.limit},
    "minLength": lambda _value, _kind: lazy("must not be empty"),
    "minItems": lambda _value, kind: lazy("too few: at least %(least)s needed") % {"least": kind.limit},
    "uniqueItems": lambda _value, _kind: lazy("names the same twice"),
    "required": lambda _value, kind: lazy("%(field)s is missing") % {"field": kind.property},
    "additionalProperties": lambda _value, kind: lazy("no such field: %(fields)s") % {"fields": _Row(kind.unexpected)},
}
"""The sentence of a fault, by the rule of the schema."""
