"""The controls of a page that perform an act: its forms with their fields and buttons, and its links to such forms."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import lxml.html

PASSING = {"key", "then", "seen"}
"""Fields that do not change what is done: the one-time key, where to go next, and what the reader saw."""
ACTS = "/acts/"
UNNAMED = ("", "")
"""A button that sends nothing of its own."""
WRONG = "ancestor::*[contains(concat(' ', @class, ' '), ' wrong ')]"
"""The part of a form around a field with a fault."""


@dataclass
class Field:
    """A field that a person fills in."""

    name: str
    kind: str
    """The type of an input, or `textarea`, `select`."""
    required: bool = False
    """Whether the page says that it is required, or that it has a fault."""
    values: list[str] = field(default_factory=list)
    """What a browser sends if nobody touches it. Ticked boxes are several values."""
    choices: list[str] = field(default_factory=list)
    """Empty if anything can be written."""
    longest: int | None = None


@dataclass
class Control:
    """One way to perform an act from a page."""

    act: str
    link: str = ""
    """The address of the form, if the page only links to it."""
    hidden: dict[str, list[str]] = field(default_factory=dict)
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def about(self) -> tuple[str, ...]:
        """The act and its objects: the same for everyone who is offered it."""
        objects = (f"{name}={','.join(values)}" for name, values in self.hidden.items() if name not in PASSING)
        return (self.act, *sorted(objects))


def controls_of(page: str) -> list[Control]:
    """The controls of a page: its forms in their order, then its links to forms."""
    if ACTS not in page:
        return []
    tree: Any = lxml.html.document_fromstring(page)
    forms = {form: Control(act) for form in tree.iter("form") if (act := _act_of(form))}
    named = {form.get("id"): control for form, control in forms.items()}
    for part in tree.iter("input", "select", "textarea", "button"):
        around = next(part.iterancestors("form"), None)
        control = named.get(part.get("form")) if part.get("form") else forms.get(around)
        if control is not None and part.get("disabled") is None:
            _add(control, part)
    return [*forms.values(), *_links(tree)]


def form_of(act: str, page: str) -> Control | None:
    """The first form for an act on a page."""
    return next((control for control in controls_of(page) if control.act == act and not control.link), None)


def words_of(page: str) -> str:
    """The text of a page on one line, without its bars."""
    tree: Any = lxml.html.document_fromstring(page)
    return " ".join(" ".join(tree.xpath("//main//text()")).split())


def _act_of(form: Any) -> str:
    _, of_an_act, act = form.get("action", "").partition(ACTS)
    return act.partition("?")[0] if of_an_act and form.get("method") == "post" else ""


def _links(tree: Any) -> list[Control]:
    controls: dict[str, Control] = {}
    for link in dict.fromkeys(anchor.get("href", "") for anchor in tree.iter("a")):
        parts = urlsplit(link)
        if parts.path.startswith(ACTS) and parts.path != ACTS:
            controls[link] = Control(parts.path.removeprefix(ACTS), link)
            for name, value in parse_qsl(parts.query, keep_blank_values=True):
                controls[link].hidden.setdefault(name, []).append(value)
    return list(controls.values())


def _add(control: Control, part: Any) -> None:
    name, kind = part.get("name", ""), part.get("type", "text") if part.tag == "input" else part.tag
    if kind == "button":
        if part.get("type", "submit") == "submit" and not part.get("formaction"):
            control.buttons.append((name, part.get("value", "")))
    elif kind == "hidden" and name:
        control.hidden.setdefault(name, []).append(part.get("value", ""))
    elif name:
        entered = control.fields.setdefault(name, Field(name, kind))
        entered.required |= part.get("required") is not None or bool(part.xpath(WRONG))
        entered.longest = int(part.get("maxlength")) if part.get("maxlength") else None
        _add_values(entered, part)


def _add_values(entered: Field, part: Any) -> None:
    if entered.kind == "select":
        options = list(part.iter("option"))
        entered.choices += [_value_of(option) for option in options]
        selected = [option for option in options if option.get("selected") is not None] or options[:1]
        entered.values += [_value_of(option) for option in selected]
    elif entered.kind in {"checkbox", "radio"}:
        entered.choices.append(part.get("value", "on"))
        entered.values += entered.choices[-1:] if part.get("checked") is not None else []
    elif entered.kind != "file":
        entered.values.append(part.text_content() if entered.kind == "textarea" else part.get("value", ""))


def _value_of(option: Any) -> str:
    value: str = option.get("value", option.text_content().strip())
    return value
