"""What the judge of schemas finds wrong, said in the reader's language: its own sentences are English alone."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from jsonschema_rs import ValidationError

from suhbat.ground.language import Lazy, lazy
from suhbat.ground.lists import in_a_row

LONGEST = 120
"""Characters of a value that are quoted, so that a fault stays one line."""


def shape_fault(error: ValidationError) -> Lazy | str:
    """Why a value does not fit its schema; in the judge's own words where a schema uses a rule that none here does."""
    kind: Any = error.kind  # (the stubs do not tell kinds apart)
    if kind.name == "propertyNames":
        return shape_fault(kind.error)
    tell = _TELLERS.get(kind.name)
    return tell(_quoted(error.instance), kind) if tell else error.message


def innermost(error: ValidationError) -> ValidationError:
    """Of "this or null": what is wrong with it as this, at the place where that is."""
    kind: Any = error.kind
    while kind.name == "anyOf":
        firsts = [branch[0] for branch in kind.context]
        error = next((each for each in firsts if not _wants_null(each)), firsts[0])
        kind = error.kind
    return error


def _wants_null(error: ValidationError) -> bool:
    kind: Any = error.kind
    return kind.name == "type" and "null" in kind.types


def _quoted(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= LONGEST else written[: LONGEST - 1] + "…"


class _Row:
    """Values side by side, as the language of whoever reads them sets a row."""

    def __init__(self, values: Sequence[Any]) -> None:
        self.values = values

    def __str__(self) -> str:
        return in_a_row(_quoted(value) for value in self.values)


_TELLERS: dict[str, Callable[[str, Any], Lazy]] = {
    "type": lambda value, kind: (
        lazy("%(value)s is not of type %(types)s") % {"value": value, "types": _Row(sorted(kind.types))}
    ),
    "enum": lambda value, kind: (
        lazy("%(value)s is not one of %(options)s") % {"value": value, "options": _Row(kind.options)}
    ),
    "const": lambda value, kind: (
        lazy("%(value)s stands where only %(wanted)s can stand")
        % {"value": value, "wanted": _quoted(kind.expected_value)}
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
"""By rule of the schema."""
