"""The inputs of acts: typed values, checked field by field. A refusal names every fault at once."""

from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from suhbat.ground.characters import Place, fits
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.refusals import Kind, Refused


class Input(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What an actor enters for an act. Each field's `Meta` has its label and describes its control on a page."""


OfMeeting = Annotated[str, Meta(title="Meeting", extra={"widget": "hidden"})]
OfFormat = Annotated[str, Meta(title="Format", extra={"widget": "hidden"})]


class InMeeting(Input, frozen=True, kw_only=True):
    """An act at one meeting."""

    meeting: OfMeeting


class InFormat(Input, frozen=True, kw_only=True):
    """An act in one format."""

    format: OfFormat


W = TypeVar("W", bound=Input)

Line = Annotated[str, Meta(max_length=300)]
Paragraph = Annotated[str, Meta(max_length=4_000, extra={"widget": "textarea"})]
Statement = Annotated[str, Meta(max_length=15_000, extra={"widget": "textarea"})]


def unflatten(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Turn form pairs into nested values: `amount.value=5` and repeated names. Blank values are left out."""
    values: dict[str, Any] = {}
    for name, value in pairs:
        if isinstance(value, str):
            value = value.strip().replace("\r\n", "\n")  # noqa: PLW2901  (browsers send CRLF)
        if value is None or value == "":
            continue
        *steps, last = name.split(".")
        if len(steps) > DEEPEST:
            raise Refused(
                Kind.INVALID, lazy("This form is not one of ours."), {name[:80]: lazy("There is no such field.")}
            )
        inner = values
        for step in steps:
            inner = inner.setdefault(step, {})
            if not isinstance(inner, dict):
                raise Refused(Kind.INVALID, lazy("This form is not one of ours."), {name: lazy("Given twice.")})
        if last in inner:
            earlier = inner[last]
            inner[last] = [*earlier, value] if isinstance(earlier, list) else [earlier, value]
        else:
            inner[last] = value
    return values


def read_input(kind: type[W], raw: dict[str, Any], *, lax: bool) -> W:
    """Convert plain values into an input. `lax` accepts the strings of a form. All faults are collected."""
    values = _listed(kind, raw) if lax else raw
    refuse_unwritable(values)
    try:
        inputs: W = msgspec.convert(values, kind, strict=not lax)
    except msgspec.ValidationError:
        faults = _faults(kind, values, lax=lax)
        raise Refused(Kind.INVALID, lazy("Please correct the marked fields."), faults) from None
    return inputs


def as_values(inputs: Input) -> dict[str, Any]:
    """An input as plain values, as `read_input` reads them."""
    values: dict[str, Any] = msgspec.to_builtins(inputs)
    return values


MOST_FAULTS = 100
"""Faults named in one refusal at most: nobody reads more, and collecting all of them can take long."""
DEEPEST = 12
"""Levels of nesting in an input or in an entry, at most."""
GREATEST = 2**53 - 1
"""The greatest integer that every JSON reader reads exactly."""


def refuse_unwritable(values: dict[str, Any]) -> None:
    """Refuse values that cannot be written the same way everywhere, and name the fields. Nothing is corrected."""
    faults: dict[str, Lazy | str] = {}
    _look_for_faults(values, "", 0, faults)
    if faults:
        raise Refused(Kind.INVALID, lazy("Please correct the marked fields."), faults)


def _look_for_faults(value: Any, name: str, depth: int, faults: dict[str, Lazy | str]) -> None:
    if len(faults) >= MOST_FAULTS:
        return
    if fault := _fault_of(value, depth):
        faults[name or "?"] = fault
    elif isinstance(value, dict):
        for step, inner in value.items():
            if fault := _fault_of(step, depth):
                faults[name or "?"] = fault
            else:
                _look_for_faults(inner, f"{name}.{step}" if name else step, depth + 1, faults)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            _look_for_faults(inner, f"{name}[{number}]", depth + 1, faults)


def _fault_of(value: Any, depth: int) -> Lazy | None:
    if isinstance(value, str):
        return None if fits(value, Place.ACT) else lazy("This holds characters that cannot be written.")
    if isinstance(value, int | float):
        return None if -GREATEST <= value <= GREATEST else lazy("The number is too large.")  # NaN is in no range
    if isinstance(value, dict | list | tuple) and depth >= DEEPEST:
        return lazy("This is nested too deeply.")
    return None


def _listed(kind: type[Input], values: dict[str, Any]) -> dict[str, Any]:
    """A form sends one ticked box as a string and two as a list. Make lists for the fields that need lists."""
    types = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    return {
        name: [value] if name in types and _is_list(types[name]) and not isinstance(value, list) else value
        for name, value in values.items()
    }


def bare(annotation: Any) -> Any:
    """The type inside `Annotated` and `| None`."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    arguments = [a for a in get_args(annotation) if a is not type(None)]
    if type(None) in get_args(annotation) and len(arguments) == 1:
        return bare(arguments[0])
    return annotation


def _is_list(annotation: Any) -> bool:
    return get_origin(bare(annotation)) in {list, tuple}


def _faults(kind: type[Input], values: dict[str, Any], *, lax: bool) -> dict[str, Lazy | str]:
    faults: dict[str, Lazy | str] = {}
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    hints = get_type_hints(kind, include_extras=True)
    for name in sorted(values.keys() - fields.keys())[:MOST_FAULTS]:
        faults[name[:80]] = lazy("There is no such field.")
    for name, field in fields.items():
        if name not in values:
            if field.required:
                faults[name] = lazy("This is needed.")
            continue
        try:
            msgspec.convert(values[name], hints[field.name], strict=not lax)
        except msgspec.ValidationError as fault:
            reason, _, path = str(fault).partition(" - at `$")
            faults[name + path.rstrip("`")] = explain(reason)
    return faults


def explain(reason: str) -> Lazy | str:
    """A validation fault in plain words, in the reader's language."""
    for beginning, message in _EXPLANATIONS:
        if reason.startswith(beginning):
            number = "".join(
                c for c in reason.rpartition("<=")[2] + reason.rpartition(">=")[2] if c.isdigit() or c == "-"
            )
            return message % {"limit": number} if "%(limit)" in message.message else message
    return reason


_EXPLANATIONS = (
    ("Expected `str` of length >=", lazy("This is needed.")),
    ("Expected `str` of length <=", lazy("This is too long.")),
    ("Expected `str` matching", lazy("The format is wrong.")),
    ("Expected `int` <=", lazy("The number is too large.")),
    ("Expected `int` >=", lazy("The number is too small.")),
    ("Expected `int`", lazy("A whole number is needed.")),
    ("Expected `float`", lazy("A number is needed.")),
    ("Expected `array` of length >=", lazy("At least one is needed.")),
    ("Expected `array` of length <=", lazy("These are too many.")),
    ("Invalid RFC3339", lazy("This is no date or time.")),
    ("Invalid ISO", lazy("This is no date or time.")),
    ("Invalid enum value", lazy("This is not one of the choices.")),
    ("Object missing required", lazy("Part of this is missing.")),
    ("Object contains unknown", lazy("There is no such field.")),
    ("Expected `bool`", lazy("Yes or no is needed.")),
    ("Expected", lazy("This is not of the kind that is asked for.")),
)
