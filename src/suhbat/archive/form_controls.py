"""How editors' forms are drawn: the control that fits a place of a file, filled with what it says now."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from suhbat.acts.forms import Field, draws_field, ticked
from suhbat.acts.roles_and_seats import Viewer
from suhbat.archive.choices import file_of, outcomes, sources, states, titled
from suhbat.archive.choices import meetings as meeting_choices
from suhbat.archive.edited_files import outcomes_of
from suhbat.archive.field_edit import Spot, Steps, asked, spot_in
from suhbat.archive.field_labels import label, shown, word
from suhbat.archive.file_facts import named, sections
from suhbat.archive.models import ArchiveFile
from suhbat.archive.shapes_from_schema import Shape, place
from suhbat.archive.yaml_reader import File
from suhbat.ground.language import gettext as _
from suhbat.ground.language import pgettext
from suhbat.ground.name_lists import labelled

Values = dict[str, Any]
LONG = {"summary", "notes", "note", "title"}
"""Texts that are longer than a line."""
ROWS = 8
"""Rows for persons on the form of a meeting; further ones are added one by one."""


@draws_field("record")
def record(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """The file that the form is about: told, not asked, where it is known."""
    file = file_of(session, values)
    return _told(file, field) if file else _suggested(session, field, "")


@draws_field("record meeting")
def record_meeting(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """The file of the meeting that the form is about; no other is suggested."""
    file = file_of(session, values)
    if file is None or outcomes_of(file) is None:
        return _suggested(session, field, "meetings/")
    return _told(file, field)


def _suggested(session: Session, field: Field, folder: str) -> Sequence[Field]:
    query = select(ArchiveFile.of).where(ArchiveFile.path.startswith(folder)).order_by(ArchiveFile.of)
    field.widget, field.choices = "suggest", [(of, of) for of in session.scalars(query)]
    return [field]


def _told(file: ArchiveFile, field: Field) -> Sequence[Field]:
    about = Field("", pgettext("what a correction is of", "About"), "shown", titled(file))
    return [Field(field.name, field.label, "hidden", file.of), about]


@draws_field("record outcome")
def record_outcome(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """The outcome that is reported on: told where it is known, else one of those of the form's meeting."""
    file = file_of(session, values)
    wanted = str(values.get("outcome", "")).partition("#")[2]
    outcome = next((o for o in outcomes_of(file) or () if o["id"] == wanted), None) if file else None
    if outcome is None or file is None:
        field.widget, field.choices = "suggest", list(outcomes(session, _actor, values))
        return [field]
    hidden = Field(field.name, field.label, "hidden", values["outcome"])
    return [hidden, Field("", titled(file), "shown", outcome["summary"])]


@draws_field("record entry")
def record_entry(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """Which version of the file this form shows: the present one, also where an older one was refused."""
    file = file_of(session, values)
    return [Field(field.name, field.label, "hidden", file.entry if file else 0)]


@draws_field("place")
def which_place(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """The fact that is put right: told where it is known, else one of all facts of the file."""
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
        Field("", _("The fact"), "shown", named(file.content, spot.steps)),
    ]


@draws_field("now")
def now(session: Session, actor: Viewer, values: Values, _field: Field) -> Sequence[Field]:
    """What the place says, and the control or the controls in which to say it rightly."""
    file = file_of(session, values)
    if file is None:
        return []
    spot = _spot(file, values)
    if spot.shape is None:
        return []
    steps = spot.steps
    given = values.get("now", spot.held if "entry" not in values else None)
    name = steps[-2] if isinstance(steps[-1], int) and len(steps) > 1 else steps[-1]
    told = Field("", _("It says now"), "shown", shown(spot.shape, name, spot.held))
    return [told, *_controls(_Place(session, actor, values, steps), spot.shape, "now", given)]


@draws_field("gone")
def gone(session: Session, _actor: Viewer, values: Values, field: Field) -> Sequence[Field]:
    """Whether one of a list is to be taken out; offered where there is one, and nothing else points to it."""
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
    """Where it is published: a heading over the sources that the file names already and over another."""
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
    """Several persons, row by row."""
    controls = [
        Field("", field.label, "heading", help=_("Leave out what no source says. Further persons are added later."))
    ]
    for row in range(ROWS):
        controls += _person(session, actor, values, f"{field.name}.{row}")
    return controls


def _person(session: Session, actor: Viewer, values: Values, name: str) -> list[Field]:
    return [
        Field(f"{name}.state", label(("state",)), "select", _dug(values, f"{name}.state"),
              choices=list(states(session, actor, values))),
        Field(f"{name}.name", label(("name",)), "text", _dug(values, f"{name}.name"), longest=200),
        Field(f"{name}.office", label(("office",)), "text", _dug(values, f"{name}.office"), longest=300),
    ]  # fmt: skip


class _Place:
    """Where controls are drawn: what their choices depend on."""

    def __init__(self, session: Session, actor: Viewer, values: Values, steps: Steps) -> None:
        self.session, self.actor, self.values, self.steps = session, actor, values, steps

    def within(self, name: str) -> "_Place":
        """The same one step further in."""
        return _Place(self.session, self.actor, self.values, (*self.steps, name))


def _controls(where: _Place, shape: Shape, name: str, value: Any) -> list[Field]:
    """The control of a leaf, or those of an object's fields one after another."""
    if shape.kind != "object":
        return [_control(where, shape, name, value)]
    values = value if isinstance(value, dict) else {}
    fields = shape.fields if where.steps[-1] in {"part_of", "follows"} else asked(shape, where.steps)
    controls: list[Field] = []
    for step, inner in fields.items():
        inside = _controls(where.within(step), inner, f"{name}.{step}", values.get(step))
        if shape.empty or inner.empty:
            for control in inside:
                control.required = False
        controls += inside
    return controls


def _control(where: _Place, shape: Shape, name: str, value: Any) -> Field:
    last = next(step for step in reversed(where.steps) if isinstance(step, str)) if where.steps else ""
    field = Field(name, label(where.steps), "text", "" if value is None else value, required=not shape.empty)
    if shape.kind == "list" and shape.inner:
        field.widget, field.value, field.required = "boxes", ticked(value), False
        field.choices = _choices(where, shape.inner, last, field.value)
    elif shape.kind in {"choice", "state", "source"}:
        field.widget, field.choices = "select", _choices(where, shape, last, [str(value or "")])
    elif shape.kind in {"outcome", "meeting"}:
        of = outcomes if shape.kind == "outcome" else meeting_choices
        field.widget, field.choices, field.longest = "suggest", list(of(where.session, where.actor, where.values)), 240
    elif shape.kind == "date":
        field.help, field.longest = _("A day, a month or a year: 2020-08-11, 2020-08 or 2020"), 10
    else:
        field.widget = {"number": "number", "url": "url"}.get(shape.kind, "textarea" if last in LONG else "text")
        field.longest = None if shape.kind == "number" else 4_000 if last in LONG else 500
    return field


def _choices(where: _Place, shape: Shape, last: str, chosen: list[str]) -> list[tuple[str, str]]:
    """What may be chosen at a place; what stands there already is among it."""
    if shape.kind == "choice":
        return [(code, word(last, code)) for code in shape.choices]
    if shape.kind == "state":
        offered = list(states(where.session, where.actor, where.values))
    else:
        offered = list(sources(where.session, where.actor, where.values))
    return offered + [(code, code) for code in chosen if code and code not in dict(offered)]


def _spot(file: ArchiveFile, values: Values) -> Spot:
    """The place of the file that the form names."""
    return spot_in(File(file.path, "").kind, file.content, place(str(values.get("field", ""))))


def _dug(values: Values, name: str) -> Any:
    inner: Any = values
    for step in name.split("."):
        inner = inner.get(step, "") if isinstance(inner, dict) else ""
    return inner
