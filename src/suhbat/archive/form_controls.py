"""The controls of editors' forms: for each place of a file the one that fits, with the present value."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.forms import Field, draws_field, ticked
from suhbat.acts.roles_and_seats import Viewer
from suhbat.archive.choices import file_of, file_title, outcomes, sources, states
from suhbat.archive.choices import meetings as meeting_choices
from suhbat.archive.edited_files import outcomes_of
from suhbat.archive.field_edit import Spot, Steps, form_fields, spot_in
from suhbat.archive.field_labels import label, value_in_words, word
from suhbat.archive.file_facts import place_title, sections
from suhbat.archive.models import ArchiveFile
from suhbat.archive.shapes_from_schema import Shape, steps_of
from suhbat.archive.yaml_reader import File
from suhbat.ground.language import gettext as _
from suhbat.ground.language import pgettext
from suhbat.ground.name_lists import labelled

Values = dict[str, Any]
LONG = {"summary", "notes", "note", "title"}
"""Fields whose text may have several lines."""
ROWS = 8
"""Rows for persons in the form of a meeting. Others are added later, one by one."""


@draws_field("record")
def record(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """The file that the form is about. If it is known, it cannot be changed."""
    file = file_of(session, values)
    return _fixed_file(file, field) if file else _suggested_files(session, field, "")


@draws_field("record meeting")
def record_meeting(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """The file of the meeting that the form is about. Only files of meetings are suggested."""
    file = file_of(session, values)
    if file is None or outcomes_of(file) is None:
        return _suggested_files(session, field, "meetings/")
    return _fixed_file(file, field)


def _suggested_files(session: Session, field: Field, folder: str) -> Sequence[Field]:
    query = select(ArchiveFile.of).where(ArchiveFile.path.startswith(folder)).order_by(ArchiveFile.of)
    field.widget, field.choices = "suggest", [(of, of) for of in session.scalars(query)]
    return [field]


def _fixed_file(file: ArchiveFile, field: Field) -> Sequence[Field]:
    about = Field("", pgettext("what a correction is of", "About"), "shown", file_title(file))
    return [Field(field.name, field.label, "hidden", file.of), about]


@draws_field("record outcome")
def record_outcome(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """The outcome that the delivery is about. If it is known, it cannot be changed."""
    file = file_of(session, values)
    name = str(values.get("outcome", "")).partition("#")[2]
    outcome = next((outcome for outcome in outcomes_of(file) or () if outcome["id"] == name), None) if file else None
    if outcome is None or file is None:
        field.widget, field.choices = "suggest", list(outcomes(session, _actor, values))
        return [field]
    hidden = Field(field.name, field.label, "hidden", values["outcome"])
    return [hidden, Field("", file_title(file), "shown", outcome["summary"])]


@draws_field("record entry")
def record_entry(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """The version of the file that the form shows: the present one, also after an older one was refused."""
    file = file_of(session, values)
    return [Field(field.name, field.label, "hidden", file.entry if file else 0)]


@draws_field("place")
def which_place(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """The fact to correct. If it is known, it cannot be changed; else it is chosen from all facts of the file."""
    file = file_of(session, values)
    if file is None:
        return [field]
    spot = _spot(file, values)
    if spot.shape is None:
        field.widget = "select"
        field.choices = [
            (fact.place, labelled(section.title, fact.label) if section.name else fact.label)
            for section in sections(spot.kind, file.content)
            for fact in section.facts
        ]
        return [field]
    return [
        Field(field.name, field.label, "hidden", values["field"]),
        Field("", _("The fact"), "shown", place_title(file.content, spot.steps)),
    ]


@draws_field("now")
def now(session: Session, actor: Viewer, values: Values, _field: Field) -> Sequence[Field]:
    """The present value of the place, and the controls for the new one."""
    file = file_of(session, values)
    if file is None:
        return []
    spot = _spot(file, values)
    if spot.shape is None:
        return []
    steps = spot.steps
    entered = values.get("now", spot.value if "entry" not in values else None)
    name = steps[-2] if isinstance(steps[-1], int) and len(steps) > 1 else steps[-1]
    present = Field("", _("It says now"), "shown", value_in_words(spot.shape, name, spot.value))
    return [present, *_controls(_Context(session, actor, values, steps), spot.shape, "now", entered)]


@draws_field("gone")
def gone(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """Whether to remove the fact from its list. Only for one to which nothing else refers."""
    file = file_of(session, values)
    if file is None:
        return []
    spot = _spot(file, values)
    if not (spot.open and spot.removable):
        return []
    field.widget = "checkbox"
    return [field]


@draws_field("source")
def source(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """The heading of the fields for the source, and the choice of the sources in the file."""
    heading = Field("", _("Where it is published"), "heading")
    field.choices = list(sources(session, _actor, values))
    field.widget = "select"
    return [heading, field] if field.choices else [heading]


@draws_field("person")
def person(session: Session, actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """One person: state, name, office."""
    return [Field("", field.label, "heading"), *_person(session, actor, values, field.name)]


@draws_field("people")
def people(session: Session, actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """Several persons, each in a row."""
    controls = [
        Field("", field.label, "heading", help=_("Leave out what no source says. Further persons are added later."))
    ]
    for row in range(ROWS):
        controls += _person(session, actor, values, f"{field.name}.{row}")
    return controls


def _person(session: Session, actor: Viewer, values: Values, name: str) -> list[Field]:
    return [
        Field(f"{name}.state", label(("state",)), "select", _form_value(values, f"{name}.state"),
              choices=list(states(session, actor, values))),
        Field(f"{name}.name", label(("name",)), "text", _form_value(values, f"{name}.name"), longest=200),
        Field(f"{name}.office", label(("office",)), "text", _form_value(values, f"{name}.office"), longest=300),
    ]  # fmt: skip


class _Context:
    """The place of a control, and what its choices depend on."""

    def __init__(self, session: Session, actor: Viewer, values: Values, steps: Steps) -> None:
        self.session, self.actor, self.values, self.steps = session, actor, values, steps

    def within(self, name: str) -> "_Context":
        """The context of a field inside."""
        return _Context(self.session, self.actor, self.values, (*self.steps, name))


def _controls(context: _Context, shape: Shape, name: str, value: Any) -> list[Field]:
    """The control of a leaf, or those of an object's fields one after another."""
    if shape.kind != "object":
        return [_control(context, shape, name, value)]
    values = value if isinstance(value, dict) else {}
    fields = shape.fields if context.steps[-1] in {"part_of", "follows"} else form_fields(shape, context.steps)
    controls: list[Field] = []
    for step, inner in fields.items():
        field_controls = _controls(context.within(step), inner, f"{name}.{step}", values.get(step))
        if shape.empty or inner.empty:
            for control in field_controls:
                control.required = False
        controls += field_controls
    return controls


def _control(context: _Context, shape: Shape, name: str, value: Any) -> Field:
    last = next(step for step in reversed(context.steps) if isinstance(step, str)) if context.steps else ""
    field = Field(name, label(context.steps), "text", "" if value is None else value, required=not shape.empty)
    if shape.kind == "list" and shape.inner:
        field.widget, field.value, field.required = "boxes", ticked(value), False
        field.choices = _choices(context, shape.inner, last, field.value)
    elif shape.kind in {"choice", "state", "source"}:
        field.widget, field.choices = "select", _choices(context, shape, last, [str(value or "")])
    elif shape.kind in {"outcome", "meeting"}:
        provider = outcomes if shape.kind == "outcome" else meeting_choices
        field.widget, field.choices = "suggest", list(provider(context.session, context.actor, context.values))
        field.longest = 240
    elif shape.kind == "date":
        field.help, field.longest = _("A day, a month or a year: 2020-08-11, 2020-08 or 2020"), 10
    else:
        number = "amount" if last == "value" else "number"
        field.widget = {"number": number, "url": "url"}.get(shape.kind, "textarea" if last in LONG else "text")
        field.longest = None if shape.kind == "number" else 4_000 if last in LONG else 500
    return field


def _choices(context: _Context, shape: Shape, last: str, chosen: list[str]) -> list[tuple[str, str]]:
    """The choices at a place. The present values are always among them."""
    if shape.kind == "choice":
        return [(code, word(last, code)) for code in shape.choices]
    if shape.kind == "state":
        choices = list(states(context.session, context.actor, context.values))
    else:
        choices = list(sources(context.session, context.actor, context.values))
    return choices + [(code, code) for code in chosen if code and code not in dict(choices)]


def _spot(file: ArchiveFile, values: Values) -> Spot:
    """The place of the file that the form is about."""
    return spot_in(File(file.path, "").kind, file.content, steps_of(str(values.get("field", ""))))


def _form_value(values: Values, name: str) -> Any:
    inner: Any = values
    for step in name.split("."):
        inner = inner.get(step, "") if isinstance(inner, dict) else ""
    return inner
