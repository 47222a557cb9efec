"""The forms of pages, filled in with valid input and sent, as every role.

A form itself says what can be chosen, what is required and what kind of value a field takes. What it cannot say (an
amount, a future date, words in a language) is in the samples of the acts: see `rights_world.py`.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from tests.page_controls import UNNAMED, Control, Field, form_of, words_of
from tests.rights_visitors import Visitors
from tests.rights_walk import sample_of

DONE, INVALID = {201, 303}, 422
EXAMPLES = {"number": "1", "date": "2021-08-11", "datetime-local": "2021-08-11T16:00", "url": "https://example.org/page",
            "email": "someone@example.org"}  # fmt: skip
"""What is entered into a field of a kind, without a sample; into all others, words."""
FILE = b"The words of a file.\n"
BOUNDARY = "between-two-fields"
Value = str | bytes
"""Words, or the content of a file."""
Pairs = tuple[tuple[str, Value], ...]
Habit = Callable[[Field, list[Value]], list[Value]]
"""How somebody fills in a field. The list is what the sample of the act has there."""


def by_the_sample(field: Field, sample: list[Value]) -> list[Value]:
    """Enter what the sample has, leave the rest, and enter what is required."""
    return sample or _filled_already(field) or (_example(field) if field.required else [*field.values])


def as_it_stands(field: Field, sample: list[Value]) -> list[Value]:
    """Change nothing, and enter only what is required."""
    return _filled_already(field) or (sample or _example(field) if field.required else [*field.values])


def with_every_choice(field: Field, sample: list[Value]) -> list[Value]:
    """Choose something wherever there is a choice."""
    wanted = field.required or field.choices
    return sample or _filled_already(field) or (_example(field) if wanted else [*field.values])


HABITS: tuple[Habit, ...] = (by_the_sample, as_it_stands, with_every_choice)


def _filled_already(field: Field) -> list[Value]:
    return [*field.values] if any(field.values) else []


def _example(field: Field) -> list[Value]:
    if field.kind == "file":
        return [FILE]
    if field.choices:
        return [choice for choice in field.choices if choice][:1]
    return [EXAMPLES.get(field.kind, "Words")[: field.longest]]


def filled(control: Control, button: tuple[str, str], habit: Habit, sample: dict[str, list[str]]) -> Pairs:
    """What a browser sends after the form was filled in and this button pressed."""
    pairs: list[tuple[str, Value]] = [(name, value) for name, values in control.hidden.items() for value in values]
    for field in control.fields.values():
        pairs += [(field.name, value) for value in habit(field, _sample_for(field, sample))]
    return (*pairs, button) if button != UNNAMED else tuple(pairs)


def _sample_for(field: Field, sample: dict[str, list[str]]) -> list[Value]:
    """What the sample has for a field, if the form lets a person enter it."""
    if field.kind == "file":
        return [FILE] if any(name.startswith(f"{field.name}.") for name in sample) else []
    return [value for value in sample.get(field.name, []) if not field.choices or value in field.choices]


def flattened(sample: dict[str, Any], prefix: str = "") -> dict[str, list[str]]:
    """Nested values as a form sends them: `amount.value`, and several of one name."""
    flat: dict[str, list[str]] = {}
    for name, value in sample.items():
        if isinstance(value, dict):
            flat |= flattened(value, f"{prefix}{name}.")
        else:
            values = value if isinstance(value, list | tuple) else [value]
            flat[prefix + name] = [str(item).lower() if isinstance(item, bool) else str(item) for item in values]
    return flat


def encoded(pairs: Pairs) -> tuple[str, bytes]:
    """The media type and the bytes that a browser makes of a form."""
    if not any(isinstance(value, bytes) for _name, value in pairs):
        return "application/x-www-form-urlencoded", urlencode(pairs).encode()
    parts = b"".join(_part(name, value) for name, value in pairs)
    return f"multipart/form-data; boundary={BOUNDARY}", parts + f"--{BOUNDARY}--\r\n".encode()


def _part(name: str, value: Value) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
    if isinstance(value, bytes):
        return f'{head}; filename="paper.txt"\r\nContent-Type: text/plain\r\n\r\n'.encode() + value + b"\r\n"
    return f"{head}\r\n\r\n{value}\r\n".encode()


class Trials:
    """Controls tried by every role. Nothing is stored, and the same form is sent only once."""

    def __init__(self, visitors: Visitors) -> None:
        self.visitors = visitors
        self.answers: dict[tuple[str, str, Pairs], tuple[int, str]] = {}
        self.forms: dict[tuple[str, str], Control | None] = {}
        self.samples: dict[str, dict[str, list[str]]] = {}

    async def refusal(self, role: str, control: Control) -> str:
        """Why a role cannot do what a control offers; empty if each of its buttons works with some valid input."""
        form = await self._linked(role, control) if control.link else control
        if form is None:
            return "the link leads to no such form"
        for button in dict.fromkeys(form.buttons or [UNNAMED]):
            if why := await self._refusal_by(role, form, button):
                return f"{'='.join(button)} {why}"
        return ""

    async def _refusal_by(self, role: str, form: Control, button: tuple[str, str]) -> str:
        why, sample = "", self._sample(form.act)
        for habit in HABITS:
            status, page = await self._answer(role, form.act, filled(form, button, habit, sample))
            shown_again = form_of(form.act, page) if status == INVALID else None
            if shown_again:  # with what is missing, or what will change
                status, page = await self._answer(role, form.act, filled(shown_again, UNNAMED, habit, sample))
            if status in DONE:
                return ""
            why = why or f"{status} {words_of(page)[:300]}"
        return why

    async def _answer(self, role: str, act: str, pairs: Pairs) -> tuple[int, str]:
        """The status, and the page unless the act was performed."""
        trial = role, act, tuple(pair for pair in pairs if pair[0] not in {"key", "then"})
        if trial not in self.answers:
            kind, body = encoded(pairs)
            headers = {"accept": "text/html", "content-type": kind}
            with self.visitors.world.looking_only():
                answer = await self.visitors.ask(role, "POST", f"/acts/{act}", headers=headers, body=body)
            self.answers[trial] = answer.status_code, "" if answer.status_code in DONE else answer.text
        return self.answers[trial]

    async def _linked(self, role: str, control: Control) -> Control | None:
        if (role, control.link) not in self.forms:
            page = await self.visitors.ask(role, "GET", control.link, headers={"accept": "text/html"})
            self.forms[role, control.link] = form_of(control.act, page.text) if page.status_code == 200 else None
        return self.forms[role, control.link]

    def _sample(self, act: str) -> dict[str, list[str]]:
        """The sample of an act. It may need acts before it, which are undone."""
        if act not in self.samples:
            world = self.visitors.world
            before = world.size
            self.samples[act] = flattened(sample_of(world, act))
            if world.size != before:
                world.put_back()
        return self.samples[act]
