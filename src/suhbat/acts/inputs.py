"""What an act is given: typed values, checked field by field, with every fault named at once."""

from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from suhbat.ground.characters import Place, fits
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.refusals import Kind, Refused


class Wish(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What an actor asks for. Each field's `Meta` carries its label and how it is asked for on a page."""


OfMeeting = Annotated[str, Meta(title="Meeting", extra={"widget": "hidden"})]
OfFormat = Annotated[str, Meta(title="Format", extra={"widget": "hidden"})]


class InMeeting(Wish, frozen=True, kw_only=True):
    """An act at one meeting."""

    meeting: OfMeeting


class InFormat(Wish, frozen=True, kw_only=True):
    """An act in one format."""

    format: OfFormat


W = TypeVar("W", bound=Wish)

Line = Annotated[str, Meta(max_length=300)]
Paragraph = Annotated[str, Meta(max_length=4_000, extra={"widget": "textarea"})]
Statement = Annotated[str, Meta(max_length=15_000, extra={"widget": "textarea"})]


def unflatten(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Turn form pairs into nested values: `amount.value=5` and repeated names; blanks count as not given."""
    made: dict[str, Any] = {}
    for name, given in pairs:
        if isinstance(given, str):
            given = given.strip().replace("\r\n", "\n")  # noqa: PLW2901  (browsers send CRLF)
        if given is None or given == "":
            continue
        *path, last = name.split(".")
        if len(path) > DEEPEST:
            raise Refused(
                Kind.INVALID, lazy("This form is not one of ours."), {name[:80]: lazy("There is no such field.")}
            )
        inner = made
        for step in path:
            inner = inner.setdefault(step, {})
            if not isinstance(inner, dict):
                raise Refused(Kind.INVALID, lazy("This form is not one of ours."), {name: lazy("Given twice.")})
        if last in inner:
            held = inner[last]
            inner[last] = [*held, given] if isinstance(held, list) else [held, given]
        else:
            inner[last] = given
    return made


def read_wish(kind: type[W], given: dict[str, Any], *, lax: bool) -> W:
    """Convert plain values into a wish. `lax` reads the strings of a form; faults are collected from all fields."""
    values = _listed(kind, given) if lax else given
    unspoilt(values)
    try:
        wish: W = msgspec.convert(values, kind, strict=not lax)
    except msgspec.ValidationError:
        faults = _faults(kind, values, lax=lax)
        raise Refused(Kind.INVALID, lazy("Some of what was given does not fit."), faults) from None
    return wish


MOST_FAULTS = 100
"""Faults that are told of one thing that was given: nobody reads more, and telling all can take long."""
DEEPEST = 12
"""Levels of nesting in what an act is given or an entry holds."""
GREATEST = 2**53 - 1
"""The greatest whole number that every reader of JSON reads alike."""


def unspoilt(values: dict[str, Any]) -> None:
    """Refuse what cannot be written down the same everywhere, naming the field; nothing is silently mended."""
    faults: dict[str, Lazy | str] = {}
    _look_for_faults(values, "", 0, faults)
    if faults:
        raise Refused(Kind.INVALID, lazy("Some of what was given does not fit."), faults)


def _look_for_faults(value: Any, name: str, depth: int, faults: dict[str, Lazy | str]) -> None:
    if len(faults) >= MOST_FAULTS:
        return
    if fault := _fault_of(value, depth):
        faults[name or "?"] = fault
    elif isinstance(value, dict):
        for step, each in value.items():
            if fault := _fault_of(step, depth):
                faults[name or "?"] = fault
            else:
                _look_for_faults(each, f"{name}.{step}" if name else step, depth + 1, faults)
    elif isinstance(value, list | tuple):
        for number, each in enumerate(value):
            _look_for_faults(each, f"{name}[{number}]", depth + 1, faults)


def _fault_of(value: Any, depth: int) -> Lazy | None:
    if isinstance(value, str):
        return None if fits(value, Place.ACT) else lazy("This holds characters that cannot be written.")
    if isinstance(value, int | float):
        return None if -GREATEST <= value <= GREATEST else lazy("This is more than can be.")  # NaN is in no range
    if isinstance(value, dict | list | tuple) and depth >= DEEPEST:
        return lazy("This is nested too deeply.")
    return None


def _listed(kind: type[Wish], given: dict[str, Any]) -> dict[str, Any]:
    """A form sends one ticked box as a string and two as a list: give lists where lists are wanted."""
    wanted = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    return {
        name: [value] if name in wanted and _is_list(wanted[name]) and not isinstance(value, list) else value
        for name, value in given.items()
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


def _faults(kind: type[Wish], values: dict[str, Any], *, lax: bool) -> dict[str, Lazy | str]:
    faults: dict[str, Lazy | str] = {}
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    hints = get_type_hints(kind, include_extras=True)
    for name in sorted(values.keys() - fields.keys())[:MOST_FAULTS]:
        faults[name] = lazy("There is no such field.")
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
    """Say a validation fault in words a person uses, in the reader's language."""
    for beginning, said in _SAID:
        if reason.startswith(beginning):
            number = "".join(
                c for c in reason.rpartition("<=")[2] + reason.rpartition(">=")[2] if c.isdigit() or c == "-"
            )
            return said % {"limit": number} if "%(limit)" in said.message else said
    return reason


_SAID = (
    ("Expected `str` of length >=", lazy("This is needed.")),
    ("Expected `str` of length <=", lazy("This is too long.")),
    ("Expected `str` matching", lazy("This is not written as it should be.")),
    ("Expected `int` <=", lazy("This is more than can be.")),
    ("Expected `int` >=", lazy("This is less than can be.")),
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
