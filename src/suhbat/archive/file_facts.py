"""The facts of a file, each with its label and present value. An editor picks from these."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from suhbat.archive.field_edit import APPENDED, PAIRS, Steps
from suhbat.archive.field_labels import label, value_in_words
from suhbat.archive.shapes_from_schema import FIXED, Shape, shape_of
from suhbat.formats.state_names import state_name
from suhbat.ground.language import LANGUAGES
from suhbat.ground.language import gettext as _
from suhbat.ground.name_lists import in_a_row, labelled

MOST = 400
"""Facts of one part of a file that are listed at most. No file has nearly as many."""


@dataclass(frozen=True)
class Fact:
    """One place of a file that can be corrected."""

    place: str
    label: str
    text: str
    """The value in words."""
    is_known: bool
    adds: bool = False
    """Whether it adds one to a list."""


@dataclass
class Section:
    """The facts about one thing: the meeting itself, an outcome, a person."""

    name: str
    title: str
    about: str = ""
    facts: list[Fact] = field(default_factory=list)


def sections(kind: str, content: Any) -> list[Section]:
    """All facts of a file: first about the meeting or format itself, then by outcome; or by person."""
    if kind == "people":
        return [
            Section(
                person["id"], person["name"], state_name(person["state"]), _facts(shape_of(kind).inner, (n,), person)
            )
            for n, person in enumerate(content)
        ]
    own = Section("", content.get("title") or content.get("name"), facts=_facts(shape_of(kind), (), content))
    all_sections = [own]
    sources = [fact for fact in own.facts if fact.place.startswith("sources.")]
    own.facts = [fact for fact in own.facts if fact not in sources]
    for n, outcome in enumerate(content.get("outcomes", ())):
        shape = shape_of(kind).fields["outcomes"].inner
        facts = _facts(shape, ("outcomes", n), outcome)
        title = value_in_words(shape.fields["kind"], "kind", outcome["kind"]) if shape else ""
        all_sections.append(Section(outcome["id"], title, outcome["summary"], facts))
    return [*all_sections, Section("sources", label(("sources",)), facts=sources)]


def _facts(shape: Shape | None, steps: Steps, content: Any) -> list[Fact]:
    return list(_all_facts(shape, steps, content))[:MOST] if shape else []


def _all_facts(shape: Shape, steps: Steps, content: dict[str, Any]) -> Iterator[Fact]:
    edited_with_another = {second for _first, second in PAIRS.values()}
    for name, inner in shape.fields.items():
        value = content.get(name)
        if name in FIXED or name in edited_with_another or name == "outcomes":
            continue
        if inner.kind == "names" and inner.inner:
            for code in dict.fromkeys([*(value or {}), *LANGUAGES]):
                yield _fact(inner.inner, (*steps, name, code), (value or {}).get(code))
        elif inner.kind == "items" and inner.inner:
            yield from _list_facts(inner.inner, (*steps, name), value or [])
        else:
            yield _fact(inner, (*steps, name), value)


def _list_facts(shape: Shape, steps: Steps, values: list[Any]) -> Iterator[Fact]:
    for n, value in enumerate(values):
        yield _fact(shape, (*steps, n), value)
    if steps[-1] in APPENDED:
        place = ".".join(str(step) for step in (*steps, len(values)))
        yield Fact(place, label(steps), _("one more"), is_known=False, adds=True)


def _fact(shape: Shape, steps: Steps, value: Any) -> Fact:
    text = value_in_words(shape, steps[-1] if not isinstance(steps[-1], int) else steps[-2], value)
    return Fact(".".join(str(step) for step in steps), label(steps), text, is_known=value not in (None, "", [], {}))


def place_title(content: Any, steps: Steps) -> str:
    """The label of a place, with the outcome or person before it: "Pledge, medical-equipment-grants: Sum"."""
    if steps[:1] == ("outcomes",) and len(steps) > 1 and isinstance(steps[1], int):
        if steps[1] < len(content["outcomes"]):
            outcome = content["outcomes"][steps[1]]
            kind = value_in_words(Shape("choice"), "kind", outcome["kind"])
            return labelled(in_a_row([kind, outcome["id"]]), label(steps))
    elif isinstance(steps[0], int) and isinstance(content, list) and steps[0] < len(content):
        return labelled(content[steps[0]]["name"], label(steps))
    return label(steps)
