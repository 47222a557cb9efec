"""The labels of the files' fields and words, for editors."""

from collections.abc import Callable
from typing import Any

from suhbat.archive.shapes_from_schema import Shape
from suhbat.archive.yaml_reader import Step
from suhbat.formats import vocabulary
from suhbat.formats.state_names import state_name
from suhbat.formats.topics import TOPICS
from suhbat.ground.currencies import currency_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import LANGUAGES, Lazy, language, lazy
from suhbat.ground.language import gettext as _
from suhbat.ground.money import show_amount
from suhbat.ground.name_lists import in_a_row
from suhbat.public.presentation import code_labels
from suhbat.public.presentation.caption_parts import clauses

FIELDS: dict[str, Lazy] = {
    "number": lazy("Number in the series"), "title": lazy("Title", context="a meeting's"), "level": lazy("Level"),
    "mode": lazy("How it met"), "starts": lazy("First day"), "ends": lazy("Last day"), "place": lazy("Place"),
    "city": lazy("City"), "country": lazy("State of the place"), "chair": lazy("In the chair"),
    "participants": lazy("Who took part"), "state": lazy("State", context="a country"),
    "name": lazy("Name", context="a person's or a format's"), "office": lazy("Office"), "agenda": lazy("Topics"),
    "outcomes": lazy("Outcomes"), "kind": lazy("Kind"), "by": lazy("By", context="who promised"),
    "to": lazy("To", context="who receives a promise"), "topic": lazy("Topic"), "summary": lazy("In your own words"),
    "amount": lazy("Sum"), "value": lazy("Amount in whole units"), "currency": lazy("Currency"),
    "qualifier": lazy("How it was said"), "due": lazy("Due"), "part_of": lazy("Part of"),
    "part_of_confidence": lazy("How sure this link is"), "follows": lazy("Takes up"),
    "follows_as": lazy("How it takes it up"), "fulfilled_by": lazy("The meeting that was promised"),
    "deliveries": lazy("What became of it"), "date": lazy("When (day, month or year)"), "source": lazy("Source"),
    "sources": lazy("Sources"), "documents": lazy("Texts", context="documents on record"),
    "url": lazy("Address of the source"), "language": lazy("Language (two letters)"),
    "publisher": lazy("Published by"), "confidence": lazy("How sure"), "notes": lazy("Where sources differ"),
    "short_name": lazy("Short name"), "native_names": lazy("Own names"), "members": lazy("Members"),
    "partners": lazy("Partners"), "membership": lazy("Who is in it since when"),
    "role": lazy("Role", context="a state's, in a format"), "since": lazy("Since", context="a membership"),
    "until": lazy("Until", context="a membership"), "established": lazy("Established"), "levels": lazy("Levels"),
    "secretariat": lazy("Secretariat"), "note": lazy("Note"), "variants": lazy("Other spellings"),
    "offices": lazy("Offices"), "from": lazy("First seen"), "to_": lazy("Last seen"),
}  # fmt: skip
"""The label of each field of the files."""
LIKELY = {"likely": lazy("likely: our inference")}
WORDS: dict[str, dict[str, Lazy]] = {
    "level": vocabulary.LEVELS, "levels": vocabulary.LEVELS, "mode": vocabulary.MODES,
    "kind": vocabulary.OUTCOME_KINDS | vocabulary.FORMAT_KINDS, "state": vocabulary.DELIVERY_STATUSES,
    "qualifier": vocabulary.QUALIFIERS, "confidence": code_labels.CONFIDENCE_SHORT, "role": vocabulary.STATE_ROLES,
    "follows_as": code_labels.FOLLOWS, "topic": TOPICS, "agenda": TOPICS, "part_of_confidence": LIKELY,
}  # fmt: skip
"""The labels of the words that a field may have, by field."""


def label(steps: tuple[Step, ...]) -> str:
    """The label of the field at a place."""
    last = steps[-1] if steps else ""
    if isinstance(last, int):
        return label(steps[:-1])
    if len(steps) > 1 and steps[-2] == "native_names":
        return LANGUAGES.get(str(last), str(last))
    if last == "state" and "deliveries" in steps:
        return _("How things stand after it")
    if last == "date" and "sources" in steps:
        return _("Published on")
    if last == "url" and "documents" in steps:
        return _("Address of the text")
    if last == "to" and "offices" in steps:
        last = "to_"
    return str(FIELDS.get(last, last))


def word(field: Step, code: Any) -> str:
    """The label of a choice in a field."""
    if field == "currency":
        return f"{code} · {currency_name(str(code), language())}"
    return code_labels.label_of(WORDS.get(str(field), {}), str(code))


def value_in_words(shape: Shape, field: Step, value: Any) -> str:
    """A value in the reader's language. An unknown value is the word for "nothing", not blank."""
    if value in (None, "", [], {}):
        return _("nothing")
    if shape.kind == "object":
        return show_amount(value) if "currency" in value else _object_in_words(shape, value)
    if isinstance(value, list):
        inner = shape.inner or Shape("text")
        return in_a_row(value_in_words(inner, field, element) for element in value)
    return _LEAVES.get(shape.kind, _plain)(field, value)


def _object_in_words(shape: Shape, value: dict[str, Any]) -> str:
    fields = ((shape.fields[name], name, inner) for name, inner in value.items() if name in shape.fields)
    return clauses(value_in_words(kind, name, inner) for kind, name, inner in fields if inner not in (None, [], ""))


def _plain(_field: Step, value: Any) -> str:
    return str(value)


_LEAVES: dict[str, Callable[[Step, Any], str]] = {
    "date": lambda _field, value: show_date(value),
    "state": lambda _field, value: state_name(value),
    "choice": word,
}
