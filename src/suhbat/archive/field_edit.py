"""Edits one place of a file: reads the input of a form, and sets it as the file writes it. Nothing else changes."""

from dataclasses import dataclass
from typing import Any

from suhbat.archive.file_validation import codes
from suhbat.archive.shapes_from_schema import FIXED, Shape, shape_in_schema
from suhbat.archive.yaml_reader import Step
from suhbat.ground.dates import is_partial
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.money import MOST

Faults = dict[str, Lazy | str]
Steps = tuple[Step, ...]
PAIRS = {"part_of": ("part_of", "part_of_confidence"), "follows": ("follows", "follows_as")}
"""Fields that belong together, by the field under which both are edited."""
APPENDED = {"participants", "documents", "membership", "sources", "notes", "variants", "offices"}
"""Lists to which a correction may add. Outcomes and deliveries have acts of their own."""
KEPT = {"outcomes", "people"}
"""Lists from which nothing is removed, as other facts may refer to it."""
LONGEST_NUMBER = 16


@dataclass(frozen=True)
class Spot:
    """One place of a file: its shape and its present value."""

    kind: str
    """The kind of the file."""
    steps: Steps
    shape: Shape | None
    """None if the place cannot be corrected."""
    value: Any
    """None if the place is empty."""

    @property
    def open(self) -> bool:
        """Whether the value can be corrected, or one can be added at the end of the list."""
        if self.shape is None or not self._is_in_list:
            return self.shape is not None
        return self.value is not None or self._list_name in APPENDED

    @property
    def removable(self) -> bool:
        """Whether the value can be removed: it is in a list, and nothing else refers to it."""
        return self._is_in_list and self.value is not None and self._list_name not in KEPT

    @property
    def _is_in_list(self) -> bool:
        return isinstance(self.steps[-1], int)

    @property
    def _list_name(self) -> str:
        """The name of the list in which the place is."""
        return str(self.steps[-2]) if len(self.steps) > 1 else "people"


def spot_in(kind: str, content: Any, steps: Steps) -> Spot:
    """A place of a file; without a shape if there is no such place."""
    try:
        return Spot(kind, steps, editable_shape(kind, steps), value_at(content, steps))
    except (LookupError, TypeError):
        return Spot(kind, steps, None, None)


def form_fields(shape: Shape, steps: Steps) -> dict[str, Shape]:
    """The fields of an object in one form, without ids and without fields that are edited separately."""
    excluded = (
        FIXED | ({"source"} if "deliveries" in steps else set()) | ({"sources"} if "outcomes" in steps else set())
    )
    return {
        name: inner
        for name, inner in shape.fields.items()
        if name not in excluded and inner.kind not in {"items", "names"}
    }


def editable_shape(kind: str, steps: Steps) -> Shape | None:
    """The shape of a place that can be corrected; None for other places."""
    shape = shape_in_schema(kind, steps)
    if shape is None or not steps or steps[-1] in FIXED or shape.kind in {"items", "names"}:
        return None
    if steps[-1] in PAIRS and "outcomes" in steps and (parent := shape_in_schema(kind, steps[:-1])):
        return Shape("object", empty=True, fields={name: parent.fields[name] for name in PAIRS[str(steps[-1])]})
    return shape


def value_at(content: Any, steps: Steps) -> Any:
    """The value at a place, or None. Raises LookupError if there is no such place."""
    if steps and steps[-1] in PAIRS and "outcomes" in steps:
        parent = _value_inside(content, steps[:-1])
        pair = {name: parent[name] for name in PAIRS[str(steps[-1])] if name in parent}
        return pair or None
    parent = _value_inside(content, steps[:-1])
    last = steps[-1]
    if isinstance(last, int):
        if not isinstance(parent, list) or last > len(parent):
            raise LookupError(last)
        return parent[last] if last < len(parent) else None
    return parent.get(last) if isinstance(parent, dict) else None


def _value_inside(content: Any, steps: Steps) -> Any:
    for step in steps:
        if isinstance(step, int) != isinstance(content, list):
            raise LookupError(step)
        content = content[step]
    return content


def read_input(shape: Shape, steps: Steps, entered: Any, present: Any, faults: Faults, name: str = "now") -> Any:
    """The entered value as the file writes it, or None. Faults have the names of the form's fields."""
    if shape.kind == "object":
        return _read_object(shape, steps, entered, present, faults, name)
    if shape.kind == "list":
        return _read_list(shape, entered, present, faults, name)
    text = str(entered).strip() if entered is not None and not isinstance(entered, list | dict) else ""
    if not text:
        if not shape.empty or entered:
            faults[name] = lazy("This is needed.")
        return None
    return _read_leaf(shape, text, faults, name)


def _read_leaf(shape: Shape, text: str, faults: Faults, name: str) -> Any:
    if shape.kind in {"number", "source"}:
        return _read_number(shape, text, faults, name)
    if shape.kind == "choice" and text not in shape.choices:
        faults[name] = lazy("This is not one of the choices.")
    elif shape.kind == "state" and text not in codes():
        faults[name] = lazy("There is no such state.")
    elif shape.kind == "date" and not is_partial(text):
        faults[name] = lazy("This is no day, month or year that exists.")
    elif shape.kind == "url" and (" " in text or not text.startswith(("https://", "http://"))):
        faults[name] = lazy("The format is wrong.")
    return text


def _read_number(shape: Shape, text: str, faults: Faults, name: str) -> int | None:
    if not text.isascii() or not text.isdigit():
        faults[name] = lazy("A whole number is needed.")
    elif len(text) > LONGEST_NUMBER or int(text) > MOST:
        faults[name] = lazy("The number is too large.")
    elif int(text) < shape.least:
        faults[name] = lazy("The number is too small.")
    else:
        return int(text)
    return None


def _read_list(shape: Shape, entered: Any, present: Any, faults: Faults, name: str) -> list[Any]:
    """The entered values: first those of the present list in its order, then new ones."""
    inputs = entered if isinstance(entered, list) else [entered] if entered not in (None, "") else []
    assert shape.inner
    values = [_read_leaf(shape.inner, str(text), faults, name) for text in inputs if not isinstance(text, list | dict)]
    if len(values) < max(shape.least, 0):
        faults[name] = lazy("At least one is needed.")
    before = [value for value in present or [] if value in values]
    return before + [value for value in dict.fromkeys(values) if value not in before]


def _read_object(
    shape: Shape, steps: Steps, entered: Any, present: Any, faults: Faults, name: str
) -> dict[str, Any] | None:
    values = entered if isinstance(entered, dict) else {}
    if entered and not isinstance(entered, dict):
        faults[name] = lazy("This is not of the kind that is asked for.")
        return None
    fields = form_fields(shape, steps)
    for unknown in values.keys() - fields.keys():
        faults[f"{name}.{unknown}"] = lazy("There is no such field.")
    if shape.empty and not has_content(values):
        return None
    edited = dict(present or {})
    for field, inner in fields.items():
        value = read_input(inner, (*steps, field), values.get(field), edited.get(field), faults, f"{name}.{field}")
        set_field(edited, field, value, shape)
    return edited


def has_content(values: dict[str, Any]) -> bool:
    """Whether anything was entered for an object. The qualifier of an amount does not count: it is always chosen."""
    return any(value not in (None, "", [], {}) for field, value in values.items() if field != "qualifier")


def set_field(parent: dict[str, Any], field: str, value: Any, shape: Shape) -> None:
    """Set a field, in the order of the schema, or remove it if it is unknown. Other fields keep their order."""
    if value is None and shape.fields[field].optional:
        if parent.get(field) is not None:
            del parent[field]
    elif field in parent:
        parent[field] = value
    else:
        order = list(shape.fields)
        later = set(order[order.index(field) + 1 :])
        moved = {name: parent.pop(name) for name in list(parent) if name in later}
        parent[field] = value
        parent.update(moved)


def set_value(content: Any, kind: str, steps: Steps, value: Any) -> None:
    """Set the value at a place. None removes it from a list, or means that it is unknown."""
    parent_shape = shape_in_schema(kind, steps[:-1])
    parent = _value_inside(content, steps[:-1])
    last = steps[-1]
    if isinstance(last, int):
        parent[last : last + 1] = [] if value is None else [value]
        if not parent and parent_shape and parent_shape.optional:
            _value_inside(content, steps[:-2]).pop(steps[-2])
    elif last in PAIRS and "outcomes" in steps and parent_shape:
        for name in PAIRS[str(last)]:
            set_field(parent, name, (value or {}).get(name), parent_shape)
    elif parent_shape and parent_shape.kind == "names":
        parent.pop(last, None) if value is None else parent.update({last: value})
    elif parent_shape:
        set_field(parent, str(last), value, parent_shape)
