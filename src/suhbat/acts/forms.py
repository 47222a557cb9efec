"""A form for any act, built from the types of its input. The same types check the input and describe the API.

A field's `Meta` describes its control: `title` is the label, `description` the help,
`extra={"widget": …, "choices": …}` the control; `extra={"context": …}` is the label's context for translators,
`extra={"words_of": …}` the context for the words of a closed choice; `extra={"order": 1}` puts a field of a base class
after the others. Choices that depend on the meeting or format (its delegations, the items of its agenda) come from
providers that packages register by name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

import msgspec
from sqlalchemy.orm import Session

from suhbat.acts.inputs import Input, bare
from suhbat.acts.refused_form import present_refusal
from suhbat.acts.roles_and_seats import Viewer
from suhbat.ground.language import Lazy, gettext, translated
from suhbat.ground.register import Register

Choice = tuple[str, str]


class Choices(list[Choice]):
    """Choices of which the first `near` are the likely ones. The others are a step away."""

    def __init__(self, near: Sequence[Choice], others: Sequence[Choice]) -> None:
        super().__init__([*near, *others])
        self.near = len(near)


Provider = Callable[[Session, Viewer, dict[str, Any]], Sequence[Choice]]
PROVIDERS: Register[Provider] = Register("choices")


def choices(name: str) -> Callable[[Provider], Provider]:
    """Register the provider of the choices of this name. It gets the values that the form already has."""

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
    `suggest` is a text with suggestions; `heading` and `shown` are text without a control; `amount` is a number whose
    words stand beside it; `question` is a box that is shown only where its fault asks for it."""
    value: Any = ""
    required: bool = False
    help: str = ""
    error: str = ""
    longest: int | None = None
    choices: list[Choice] = field(default_factory=list)
    near: int = 0
    """How many of the choices come first because they are the likely ones; 0 if all are alike."""


Drawer = Callable[[Session, Viewer, dict[str, Any], Field], Sequence[Field]]
DRAWERS: Register[Drawer] = Register("drawers of fields")


def draws_field(name: str) -> Callable[[Drawer], Drawer]:
    """Register the function that makes a field's controls from the form's values, such as a path in a file.

    It gets the values of the form, and the control that the field's type alone would give.
    """

    def register(drawer: Drawer) -> Drawer:
        DRAWERS[name] = drawer
        return drawer

    return register


def fields_of(
    kind: type[Input], session: Session, actor: Viewer, values: dict[str, Any], faults: dict[str, Lazy | str]
) -> list[Field]:
    """The controls of an act's form, with the values that were entered and the faults of each field.

    If this is the form that was just refused (see `refused_form.py`), it has what was entered there.
    """
    refused = present_refusal()
    entered = refused.over(kind, values, _hidden_names(kind)) if refused else None
    if refused and entered is not None:
        values, faults = entered, refused.refusal.fields
    controls = list(_fields(kind, "", session, actor, values, entered=entered is not None))
    for control in controls:
        control.error = str(faults.get(control.name, ""))
        if refused and entered is not None and control.error and control.widget != "hidden":
            refused.shown.append(control.error)
    return controls


def _hidden_names(kind: type[Input]) -> set[str]:
    """The fields of an input that no page shows: what the act is about, and what the reader saw of it."""
    hints = get_type_hints(kind, include_extras=True)
    return {
        spec.encode_name
        for spec in msgspec.structs.fields(kind)
        if _meta(hints[spec.name])[1].get("widget") == "hidden"
    }


def labelled_values(kind: type[msgspec.Struct], values: dict[str, Any]) -> list[tuple[str, str]]:
    """What an input says, as labels and words, for people who look at it. What a form carries unseen is left out."""
    lines: list[tuple[str, str]] = []
    hints = get_type_hints(kind, include_extras=True)
    for spec in msgspec.structs.fields(kind):
        value, type_ = values.get(spec.encode_name), bare(hints[spec.name])
        meta, extra = _meta(hints[spec.name])
        if extra.get("widget") == "hidden" or value in (None, "", [], False, {}):
            continue
        label = translated(extra.get("context", ""), meta.get("title") or spec.name.replace("_", " ").capitalize())
        if isinstance(value, dict) and isinstance(type_, type) and issubclass(type_, msgspec.Struct):
            lines += labelled_values(type_, value)
        elif isinstance(value, list):
            lines.append((label, ", ".join(str(each) for each in value)))
        else:
            lines.append((label, gettext("yes") if value is True else str(value)))
    return lines


def ticked(value: Any) -> list[str]:
    """The boxes that are ticked. A form with a single ticked box sends a string, not a list."""
    if not isinstance(value, list | tuple):
        return [str(value)] if value else []
    return [str(choice) for choice in value]


def takes_files(kind: type[Input]) -> bool:
    """Whether an act's input has a file."""
    return any(_meta(hint)[1].get("widget") == "file" for hint in get_type_hints(kind, include_extras=True).values())


def _fields(
    kind: Any,
    prefix: str,
    session: Session,
    actor: Viewer,
    values: dict[str, Any],
    *,
    optional: bool = False,
    entered: bool = False,
) -> list[Field]:
    """The controls of a struct's fields. If they were `entered`, what is absent was left empty or unticked."""
    controls: list[Field] = []
    hints = get_type_hints(kind, include_extras=True)
    for spec in sorted(msgspec.structs.fields(kind), key=lambda spec: int(_meta(hints[spec.name])[1].get("order", 0))):
        annotation = hints[spec.name]
        name = prefix + spec.encode_name
        type_ = bare(annotation)
        meta, extra = _meta(annotation)
        if isinstance(type_, type) and issubclass(type_, msgspec.Struct) and "drawn" not in extra:
            inner_optional = not spec.required
            controls += _fields(type_, f"{name}.", session, actor, values, optional=inner_optional, entered=entered)
            continue
        control = Field(
            name=name,
            label=translated(extra.get("context", ""), meta.get("title") or spec.name.replace("_", " ").capitalize()),
            widget=extra.get("widget") or _widget(type_),
            value=_value_at(values, name, "" if entered or spec.default is msgspec.NODEFAULT else spec.default),
            required=spec.required and not optional,
            help=gettext(meta.get("description") or ""),
            longest=meta.get("max_length"),
        )
        if drawer := extra.get("drawn"):
            controls += DRAWERS[drawer](session, actor, values, control)
            continue
        control.choices = _choices(type_, extra, session, actor, values)
        control.near = getattr(control.choices, "near", 0)
        if control.choices and control.widget not in {"hidden", "boxes", "suggest"}:
            control.widget = "boxes" if get_origin(type_) in {list, tuple} else "select"
        if control.widget == "boxes" and control.choices:
            control.value = ticked(control.value)
        controls.append(control)
    return controls


def _choices(
    type_: Any, extra: dict[str, Any], session: Session, actor: Viewer, values: dict[str, Any]
) -> list[Choice]:
    if provider := extra.get("choices"):
        provided = PROVIDERS[provider](session, actor, values)
        return provided if isinstance(provided, Choices) else list(provided)
    words_of = str(extra.get("words_of", ""))
    labels = extra.get("labels")
    if get_origin(type_) in {list, tuple}:
        item_extra = _meta(get_args(type_)[0])[1]
        inherited = {"words_of": words_of, "labels": labels} | item_extra
        return _choices(bare(get_args(type_)[0]), inherited, session, actor, values)
    if get_origin(type_) is Literal and labels:
        return [(str(word), str(labels[word])) for word in get_args(type_)]
    if get_origin(type_) is Literal:
        return [(str(word), word_label(str(word), words_of)) for word in get_args(type_)]
    if isinstance(type_, type) and issubclass(type_, Enum):
        return [(str(item.value), word_label(str(item.value), words_of)) for item in type_]
    return []


def word_label(word: str, words_of: str = "") -> str:
    """The label of a word of a closed choice: `senior-officials` is Senior officials, in the reader's language."""
    return translated(words_of, word.replace("-", " ").capitalize())


_WIDGETS = {bool: "checkbox", int: "number", float: "number", date: "date", datetime: "datetime", dict: "file"}


def _widget(type_: Any) -> str:
    return _WIDGETS.get(type_, "boxes" if get_origin(type_) in {list, tuple} else "text")


def _meta(annotation: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values of all `Meta`s of an annotation; the outermost wins."""
    constraints: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    metas: list[Any] = []
    while True:
        if get_origin(annotation) is Annotated:
            metas += [m for m in annotation.__metadata__ if isinstance(m, msgspec.Meta)]
            annotation = get_args(annotation)[0]
            continue
        arguments = [a for a in get_args(annotation) if a is not type(None)]
        if type(None) in get_args(annotation) and len(arguments) == 1:
            annotation = arguments[0]
            continue
        break
    for meta in metas:
        for name in ("title", "description", "max_length", "pattern"):
            if getattr(meta, name) is not None:
                constraints.setdefault(name, getattr(meta, name))
        for name, value in (meta.extra or {}).items():
            extra.setdefault(name, value)
    return constraints, extra


def _value_at(values: dict[str, Any], name: str, default: Any) -> Any:
    inner: Any = values
    for step in name.split("."):
        if not isinstance(inner, dict) or step not in inner:
            return "" if default is None else default
        inner = inner[step]
    return inner
