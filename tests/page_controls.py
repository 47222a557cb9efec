"""The controls of a page that perform an act: its forms, with what they hide, what they ask for, and their buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

PASSING = {"key", "then", "seen"}
"""Fields that say nothing of what is done: the one-time key, where to go next, and what the reader saw."""


@dataclass
class Control:
    """One way to perform an act from a page."""

    act: str
    hidden: dict[str, list[str]] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    """Names of the fields that a person fills in."""
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def about(self) -> tuple[str, ...]:
        """What it does to what, whatever else the form carries: the same for everyone who is offered it."""
        told = (f"{name}={','.join(values)}" for name, values in self.hidden.items() if name not in PASSING)
        return (self.act, *sorted(told))

    @property
    def sent(self) -> dict[str, list[str]]:
        """What is sent when nothing is filled in and the first button is pressed."""
        pressed = {name: [value] for name, value in self.buttons[:1] if name}
        return {**self.hidden, **pressed}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.controls: list[Control] = []
        self.form: Control | None = None
        self.named: dict[str, Control] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            _, of_an_act, act = given.get("action", "").partition("/acts/")
            self.form = Control(act.partition("?")[0] if of_an_act and given.get("method") == "post" else "")
            self.named[given.get("id", "")] = self.form
            if self.form.act:
                self.controls.append(self.form)
            return
        form = self.named.get(given["form"]) if "form" in given else self.form
        if form is not None and "disabled" not in given:
            _take(form, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None


def _take(form: Control, tag: str, given: dict[str, str]) -> None:
    name = given.get("name", "")
    if tag == "button" and given.get("type", "submit") == "submit":
        form.buttons.append((name, given.get("value", "")))
    elif tag == "input" and given.get("type") == "hidden" and name:
        form.hidden.setdefault(name, []).append(given.get("value", ""))
    elif tag in {"input", "select", "textarea"} and name:
        form.asked.add(name)


def controls_of(page: str) -> list[Control]:
    """The controls of a page, in their order."""
    reader = _Reader()
    reader.feed(page)
    return reader.controls
