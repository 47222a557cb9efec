"""The facts of a file, one by one, each with its name and what it says now: an editor picks from these."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from suhbat.archive.field_edit import APPENDED, PAIRS, Steps
from suhbat.archive.field_labels import label, shown
from suhbat.archive.shapes_from_schema import FIXED, Shape, shape_of
from suhbat.formats.state_names import state_name
from suhbat.ground.language import LANGUAGES
from suhbat.ground.language import gettext as _
from suhbat.ground.name_lists import in_a_row, labelled

MOST = 400
"""Facts of one file that are listed; no file comes near."""


@dataclass(frozen=True)
class Fact:
    """One place of a file that can be put right."""

    place: str
    label: str
    shown: str
    known: bool
    adds: bool = False
    """Whether it stands for one more of a list."""


@dataclass
class Section:
    """What is told of one thing: the meeting itself, an outcome, a person."""

    name: str
    title: str
    about: str = ""
    facts: list[Fact] = field(default_factory=list)


def sections(kind: str, content: Any) -> list[Section]:
    """All facts of a file; first those of the thing itself, then outcome by outcome, or person by person."""
    if kind == "people":
        return [
            Section(
                person["id"], person["name"], state_name(person["state"]), _facts(shape_of(kind).inner, (n,), person)
            )
            for n, person in enumerate(content)
        ]
    own = Section("", content.get("title") or content.get("name"), facts=_facts(shape_of(kind), (), content))
    listed = [own]
    cited = [fact for fact in own.facts if fact.place.startswith("sources.")]
    own.facts = [fact for fact in own.facts if fact not in cited]
    for n, outcome in enumerate(content.get("outcomes", ())):
        inside = shape_of(kind).fields["outcomes"].inner
        facts = _facts(inside, ("outcomes", n), outcome)
        listed.append(Section(outcome["id"], "", outcome["summary"], facts))
        listed[-1].title = shown(inside.fields["kind"], "kind", outcome["kind"]) if inside else ""
    return [*listed, Section("sources", label(("sources",)), facts=cited)]


def _facts(shape: Shape | None, steps: Steps, content: Any) -> list[Fact]:
    return list(_each(shape, steps, content))[:MOST] if shape else []


def _each(shape: Shape, steps: Steps, content: dict[str, Any]) -> Iterator[Fact]:
    seconds = {second for first, second in PAIRS.values()}
    for name, inner in shape.fields.items():
        value = content.get(name)
        if name in FIXED or name in seconds or name == "outcomes":
            continue
        if inner.kind == "names" and inner.inner:
            for code in dict.fromkeys([*(value or {}), *LANGUAGES]):
                yield _fact(inner.inner, (*steps, name, code), (value or {}).get(code))
        elif inner.kind == "items" and inner.inner:
            yield from _items(inner.inner, (*steps, name), value or [])
        else:
            yield _fact(inner, (*steps, name), value)


def _items(shape: Shape, steps: Steps, values: list[Any]) -> Iterator[Fact]:
    for n, value in enumerate(values):
        yield _fact(shape, (*steps, n), value)
    if steps[-1] in APPENDED:
        place = ".".join(str(step) for step in (*steps, len(values)))
        yield Fact(place, label(steps), _("one more"), known=False, adds=True)


def _fact(shape: Shape, steps: Steps, value: Any) -> Fact:
    said = shown(shape, steps[-1] if not isinstance(steps[-1], int) else steps[-2], value)
    return Fact(".".join(str(step) for step in steps), label(steps), said, known=value not in (None, "", [], {}))


def named(content: Any, steps: Steps) -> str:
    """What a place is called, with what it belongs to: "Pledge, medical-equipment-grants: Sum"."""
    if steps[:1] == ("outcomes",) and len(steps) > 1 and isinstance(steps[1], int):
        if steps[1] < len(content["outcomes"]):
            outcome = content["outcomes"][steps[1]]
            kind = shown(Shape("choice"), "kind", outcome["kind"])
            return labelled(in_a_row([kind, outcome["id"]]), label(steps))
    elif isinstance(steps[0], int) and isinstance(content, list) and steps[0] < len(content):
        return labelled(content[steps[0]]["name"], label(steps))
    return label(steps)
