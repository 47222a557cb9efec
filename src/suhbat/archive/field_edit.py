"""Putting one place of a file right: what a form gave becomes what the file says there, and nothing around it moves."""

from dataclasses import dataclass
from typing import Any

from suhbat.archive.file_validation import codes
from suhbat.archive.shapes_from_schema import FIXED, Shape, at
from suhbat.archive.yaml_reader import Step
from suhbat.ground.dates import is_partial
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.money import MOST

Faults = dict[str, Lazy | str]
Steps = tuple[Step, ...]
PAIRS = {"part_of": ("part_of", "part_of_confidence"), "follows": ("follows", "follows_as")}
"""Fields that stand only together, by the one that names both."""
APPENDED = {"participants", "documents", "membership", "sources", "notes", "variants", "offices"}
"""Lists to which a correction may add; outcomes and deliveries have acts of their own."""
KEPT = {"outcomes", "people"}
"""Lists from which nothing is taken out: others may point to it."""
LONGEST_NUMBER = 16


@dataclass(frozen=True)
class Spot:
    """One place of a file as it stands: what may stand there, and what does."""

    kind: str
    """The kind of the file."""
    steps: Steps
    shape: Shape | None
    """None where nothing can be put right."""
    held: Any
    """None where nothing stands there."""

    @property
    def open(self) -> bool:
        """Whether something can be put right there, or added at the end of a list."""
        if self.shape is None or not self._item:
            return self.shape is not None
        return self.held is not None or self._list in APPENDED

    @property
    def removable(self) -> bool:
        """Whether what stands there can be taken out: one of a list, to which nothing else points."""
        return self._item and self.held is not None and self._list not in KEPT

    @property
    def _item(self) -> bool:
        return isinstance(self.steps[-1], int)

    @property
    def _list(self) -> str:
        """The list that an item stands in."""
        return str(self.steps[-2]) if len(self.steps) > 1 else "people"


def spot_in(kind: str, content: Any, steps: Steps) -> Spot:
    """A place of a file; without a shape where nothing can stand."""
    try:
        return Spot(kind, steps, shape_at(kind, steps), held_at(content, steps))
    except (LookupError, TypeError):
        return Spot(kind, steps, None, None)


def asked(shape: Shape, steps: Steps) -> dict[str, Shape]:
    """The fields of an object that are asked for together: not what others point to, nor what has forms of its own."""
    left_out = (
        FIXED | ({"source"} if "deliveries" in steps else set()) | ({"sources"} if "outcomes" in steps else set())
    )
    return {
        name: inner
        for name, inner in shape.fields.items()
        if name not in left_out and inner.kind not in {"items", "names"}
    }


def shape_at(kind: str, steps: Steps) -> Shape | None:
    """The shape of a place that can be put right; None where there is none."""
    shape = at(kind, steps)
    if shape is None or not steps or steps[-1] in FIXED or shape.kind in {"items", "names"}:
        return None
    if steps[-1] in PAIRS and "outcomes" in steps and (around := at(kind, steps[:-1])):
        return Shape("object", empty=True, fields={name: around.fields[name] for name in PAIRS[str(steps[-1])]})
    return shape


def held_at(content: Any, steps: Steps) -> Any:
    """What stands at a place; None where nothing does. Raises LookupError where nothing can: no such item."""
    if steps and steps[-1] in PAIRS and "outcomes" in steps:
        around = _walk(content, steps[:-1])
        pair = {name: around[name] for name in PAIRS[str(steps[-1])] if name in around}
        return pair or None
    inner = _walk(content, steps[:-1])
    last = steps[-1]
    if isinstance(last, int):
        if not isinstance(inner, list) or last > len(inner):
            raise LookupError(last)
        return inner[last] if last < len(inner) else None
    return inner.get(last) if isinstance(inner, dict) else None


def _walk(content: Any, steps: Steps) -> Any:
    for step in steps:
        if isinstance(step, int) != isinstance(content, list):
            raise LookupError(step)
        content = content[step]
    return content


def read(shape: Shape, steps: Steps, given: Any, held: Any, faults: Faults, name: str = "now") -> Any:
    """What was given for a place as the file writes it; None for nothing. Faults are named by the form's fields."""
    if shape.kind == "object":
        return _object(shape, steps, given, held, faults, name)
    if shape.kind == "list":
        return _list(shape, given, held, faults, name)
    text = str(given).strip() if given is not None and not isinstance(given, list | dict) else ""
    if not text:
        if not shape.empty or given:
            faults[name] = lazy("This is needed.")
        return None
    return _leaf(shape, text, faults, name)


def _leaf(shape: Shape, text: str, faults: Faults, name: str) -> Any:
    if shape.kind in {"number", "source"}:
        return _number(shape, text, faults, name)
    if shape.kind == "choice" and text not in shape.choices:
        faults[name] = lazy("This is not one of the choices.")
    elif shape.kind == "state" and text not in codes():
        faults[name] = lazy("There is no such state.")
    elif shape.kind == "date" and not is_partial(text):
        faults[name] = lazy("This is no day, month or year that exists.")
    elif shape.kind == "url" and (" " in text or not text.startswith(("https://", "http://"))):
        faults[name] = lazy("The format is wrong.")
    return text


def _number(shape: Shape, text: str, faults: Faults, name: str) -> int | None:
    if not text.isascii() or not text.isdigit():
        faults[name] = lazy("A whole number is needed.")
    elif len(text) > LONGEST_NUMBER or int(text) > MOST:
        faults[name] = lazy("The number is too large.")
    elif int(text) < shape.least:
        faults[name] = lazy("The number is too small.")
    else:
        return int(text)
    return None


def _list(shape: Shape, given: Any, held: Any, faults: Faults, name: str) -> list[Any]:
    """What was there stays in its order; what is new comes after it."""
    several = given if isinstance(given, list) else [given] if given not in (None, "") else []
    assert shape.inner
    made = [_leaf(shape.inner, str(each), faults, name) for each in several if not isinstance(each, list | dict)]
    if len(made) < max(shape.least, 0):
        faults[name] = lazy("At least one is needed.")
    before = [each for each in held or [] if each in made]
    return before + [each for each in dict.fromkeys(made) if each not in before]


def _object(shape: Shape, steps: Steps, given: Any, held: Any, faults: Faults, name: str) -> dict[str, Any] | None:
    values = given if isinstance(given, dict) else {}
    if given and not isinstance(given, dict):
        faults[name] = lazy("This is not of the kind that is asked for.")
        return None
    wanted = asked(shape, steps)
    for unknown in values.keys() - wanted.keys():
        faults[f"{name}.{unknown}"] = lazy("There is no such field.")
    if shape.empty and not anything(values):
        return None
    made = dict(held or {})
    for field, inner in wanted.items():
        value = read(inner, (*steps, field), values.get(field), made.get(field), faults, f"{name}.{field}")
        set_in(made, field, value, shape)
    return made


def anything(values: dict[str, Any]) -> bool:
    """Whether a form says anything of an object: a word that is always chosen, such as "exact", says nothing alone."""
    return any(value not in (None, "", [], {}) for field, value in values.items() if field != "qualifier")


def set_in(made: dict[str, Any], field: str, value: Any, shape: Shape) -> None:
    """Set a field where its schema has it, or leave it out where nothing is known; the others keep their places."""
    if value is None and shape.fields[field].optional:
        if made.get(field) is not None:
            del made[field]
    elif field in made:
        made[field] = value
    else:
        order = list(shape.fields)
        later = set(order[order.index(field) + 1 :])
        moved = {name: made.pop(name) for name in list(made) if name in later}
        made[field] = value
        made.update(moved)


def put(content: Any, kind: str, steps: Steps, value: Any) -> None:
    """Put a value at a place; None takes out what stands there, or says that nothing is known."""
    around = at(kind, steps[:-1])
    inner = _walk(content, steps[:-1])
    last = steps[-1]
    if isinstance(last, int):
        inner[last : last + 1] = [] if value is None else [value]
        if not inner and around and around.optional:
            _walk(content, steps[:-2]).pop(steps[-2])
    elif last in PAIRS and "outcomes" in steps and around:
        for name in PAIRS[str(last)]:
            set_in(inner, name, (value or {}).get(name), around)
    elif around and around.kind == "names":
        inner.pop(last, None) if value is None else inner.update({last: value})
    elif around:
        set_in(inner, str(last), value, around)
