"""A form for any act, drawn from the types of its input: the same types that check it and describe the API.

A field's `Meta` says how it is asked for: `title` is the label, `description` the help,
`extra={"widget": …, "choices": …}` the control; `extra={"context": …}` tells translators what the label is said of,
`extra={"words_of": …}` what the words of a closed choice are. Choices that depend on the place (the delegations of a
meeting, the items of its agenda) come from providers that rooms register by name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from sqlalchemy.orm import Session

from suhbat.acts.actors import Viewer
from suhbat.acts.inputs import Input, bare
from suhbat.ground.language import Lazy, gettext, said_in
from suhbat.ground.register import Register

Choice = tuple[str, str]
Provider = Callable[[Session, Viewer, dict[str, Any]], Sequence[Choice]]
PROVIDERS: Register[Provider] = Register("choices")


def choices(name: str) -> Callable[[Provider], Provider]:
    """Register who knows the choices of this name, given the values that the form already has."""

    def register(provider: Provider) -> Provider:
        PROVIDERS[name] = provider
        return provider

    return register


@dataclass
class Field:
    """One control of a form."""

    name: str
    label: str
    widget: str
    """`hidden`, `text`, `textarea`, `number`, `date`, `datetime`, `url`, `checkbox`, `select`, `boxes`, `file`;
    `suggest` a text with suggestions, `heading` and `shown` words that are no control."""
    value: Any = ""
    required: bool = False
    help: str = ""
    error: str = ""
    longest: int | None = None
    choices: list[Choice] = field(default_factory=list)


Drawer = Callable[[Session, Viewer, dict[str, Any], Field], Sequence[Field]]
DRAWERS: Register[Drawer] = Register("drawers of fields")


def drawn(name: str) -> Callable[[Drawer], Drawer]:
    """Register who draws a field whose controls depend on what the form is about, such as a place in a file.

    It is given the values that the form has and the control as its type alone would draw it.
    """

    def register(drawer: Drawer) -> Drawer:
        DRAWERS[name] = drawer
        return drawer

    return register


def fields_of(
    kind: type[Input], session: Session, actor: Viewer, values: dict[str, Any], faults: dict[str, Lazy | str]
) -> list[Field]:
    """The controls of an act's form, filled with what was given, with the fault of each beside it."""
    made = list(_fields(kind, "", session, actor, values))
    for control in made:
        control.error = str(faults.get(control.name, ""))
    return made


def ticked(value: Any) -> list[str]:
    """What of several boxes is ticked; a form that was sent with a single one gives a word, not a list."""
    if not isinstance(value, list | tuple):
        return [str(value)] if value else []
    return [str(each) for each in value]


def takes_files(kind: type[Input]) -> bool:
    """Whether an act is given a file."""
    return any(_meta(hint)[1].get("widget") == "file" for hint in get_type_hints(kind, include_extras=True).values())


def _fields(
    kind: Any, prefix: str, session: Session, actor: Viewer, values: dict[str, Any], *, optional: bool = False
) -> list[Field]:
    made: list[Field] = []
    hints = get_type_hints(kind, include_extras=True)
    for spec in msgspec.structs.fields(kind):
        annotation = hints[spec.name]
        name = prefix + spec.encode_name
        inner = bare(annotation)
        meta, extra = _meta(annotation)
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct) and "drawn" not in extra:
            made += _fields(inner, f"{name}.", session, actor, values, optional=not spec.required)
            continue
        control = Field(
            name=name,
            label=said_in(extra.get("context", ""), meta.get("title") or spec.name.replace("_", " ").capitalize()),
            widget=extra.get("widget") or _widget(inner),
            value=_dig(values, name, "" if spec.default is msgspec.NODEFAULT else spec.default),
            required=spec.required and not optional,
            help=gettext(meta.get("description") or ""),
            longest=meta.get("max_length"),
        )
        if named := extra.get("drawn"):
            made += DRAWERS[named](session, actor, values, control)
            continue
        control.choices = _choices(inner, extra, session, actor, values)
        if control.choices and control.widget not in {"hidden", "boxes", "suggest"}:
            control.widget = "boxes" if get_origin(inner) in {list, tuple} else "select"
        if control.widget == "boxes" and control.choices:
            control.value = ticked(control.value)
        made.append(control)
    return made


def _choices(
    inner: Any, extra: dict[str, Any], session: Session, actor: Viewer, values: dict[str, Any]
) -> list[Choice]:
    if named := extra.get("choices"):
        return list(PROVIDERS[named](session, actor, values))
    words_of = str(extra.get("words_of", ""))
    if get_origin(inner) in {list, tuple}:
        within = _meta(get_args(inner)[0])[1]
        return _choices(bare(get_args(inner)[0]), {"words_of": words_of} | within, session, actor, values)
    if get_origin(inner) is Literal:
        return [(str(word), word_label(str(word), words_of)) for word in get_args(inner)]
    if isinstance(inner, type) and issubclass(inner, Enum):
        return [(str(item.value), word_label(str(item.value), words_of)) for item in inner]
    return []


def word_label(word: str, words_of: str = "") -> str:
    """How a word of a closed choice is shown: `senior-officials` as Senior officials, in the reader's language."""
    return said_in(words_of, word.replace("-", " ").capitalize())


_WIDGETS = {bool: "checkbox", int: "number", float: "number", date: "date", datetime: "datetime", dict: "file"}


def _widget(inner: Any) -> str:
    return _WIDGETS.get(inner, "boxes" if get_origin(inner) in {list, tuple} else "text")


def _meta(annotation: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """All that the `Meta`s of an annotation say, the outermost winning."""
    said: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    layers: list[Any] = []
    while True:
        if get_origin(annotation) is Annotated:
            layers += [m for m in annotation.__metadata__ if isinstance(m, msgspec.Meta)]
            annotation = get_args(annotation)[0]
            continue
        arguments = [a for a in get_args(annotation) if a is not type(None)]
        if type(None) in get_args(annotation) and len(arguments) == 1:
            annotation = arguments[0]
            continue
        break
    for layer in layers:
        for name in ("title", "description", "max_length", "pattern"):
            if getattr(layer, name) is not None:
                said.setdefault(name, getattr(layer, name))
        for name, value in (layer.extra or {}).items():
            extra.setdefault(name, value)
    return said, extra


def _dig(values: dict[str, Any], name: str, default: Any) -> Any:
    found: Any = values
    for step in name.split("."):
        if not isinstance(found, dict) or step not in found:
            return "" if default is None else default
        found = found[step]
    return found
