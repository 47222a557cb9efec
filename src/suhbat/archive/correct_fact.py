"""An editor puts one fact of a file right, adds one to a list, or takes one out of it."""

import copy
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.place_finders import Place
from suhbat.archive.edited_files import file_shown, looked_through, page_of_outcome, write_edited
from suhbat.archive.editor_fields import Of, ShownEntry, Sourced, refuse
from suhbat.archive.field_edit import Faults, Spot, Steps, put, read, spot_in
from suhbat.archive.field_labels import label
from suhbat.archive.file_entry_bodies import FileBody, FileContent, in_its_place
from suhbat.archive.file_reports import CURATORS
from suhbat.archive.named_sources import NamedSource, name_source, next_number
from suhbat.archive.shapes_from_schema import place
from suhbat.archive.yaml_reader import File
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Refused, invalid
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.record.entries import Entry

UNSOURCED = {"sources", "notes", "confidence", "part_of_confidence"}
"""What is about the sources, or is the editors' own judgement, needs no further source."""
Words = Annotated[str, Meta(max_length=4_000)]
Now = Annotated[
    Words | int | list[Words | int] | dict[str, Any] | None, Meta(title="What it should say", extra={"drawn": "now"})
]


class Corrected(Sourced, frozen=True, kw_only=True):
    """A fact put right."""

    of: Annotated[Of, Meta(extra={"drawn": "record"})]
    field: Annotated[
        str,
        Meta(title="Which field", max_length=200, pattern=r"^[a-z_0-9-]+(\.[a-z0-9_-]+)*$", extra={"drawn": "place"}),
    ]
    entry: ShownEntry = 0
    now: Now = None
    gone: Annotated[bool, Meta(title="Take it out of the record", extra={"drawn": "gone"})] = False
    why: Annotated[str, Meta(title="Why", min_length=1, max_length=1_000, extra={"widget": "textarea"})]


class CorrectedFact(FileBody, frozen=True, kw_only=True):
    """The file with one fact put right."""

    field: str
    """Where the fact stands: `outcomes.3.amount`."""
    was: Any
    """What it said, in the shape that the schema tells for its place; null where nothing stood there."""
    now: Any
    """What it says from now on; null where it was taken out, or nothing is known."""
    why: str
    source: NamedSource | None = None
    """The page that says so. The first corrections named none."""


@guard("archive.corrected")
def may_correct(_viewer: Viewer, _place: Place, spot: Spot) -> None:
    """Something can be put right at this place of the file: the schema knows it, and nothing else points to it."""
    if not spot.open:
        raise no_such_field()


def no_such_field() -> Refused:
    """The refusal of a place where nothing can be put right."""
    return invalid(field=lazy("There is no such field in it."))


@act("archive.corrected", "Correct a fact of the public record", by=CURATORS, audience="public")
def correct(occasion: Occasion, inputs: Corrected) -> Decision[CorrectedFact]:
    """An editor puts one fact of a reported format, meeting or person right, and says why and by which source.

    The record keeps what it said before. Facts of meetings held here are corrected by those who held them.
    """
    file = file_shown(occasion.session, inputs.of, inputs.entry)
    content: FileContent = copy.deepcopy(file.content)
    spot = spot_in(File(file.path, "").kind, content, place(inputs.field))
    may_correct(occasion.actor, INSTALLATION_PLACE, spot)
    if inputs.gone and not spot.removable:
        raise no_such_field()
    now, source = _put_right(inputs, spot, content)
    if content == file.content:
        raise invalid(now=lazy("This is what it says already."))
    body = CorrectedFact(
        path=file.path,
        of=file.of,
        sha256=looked_through(occasion, file.path, content, seen=inputs.seen),
        content=content,
        field=inputs.field,
        was=spot.held,
        now=now,
        why=inputs.why,
        source=source,
    )
    return in_its_place(body, _page(body, spot.steps))


def _put_right(inputs: Corrected, spot: Spot, content: FileContent) -> tuple[Any, NamedSource | None]:
    """Put what was given into the content, with its source: what the place says now, and the source."""
    assert spot.shape
    faults: Faults = {}
    now = None if inputs.gone else read(spot.shape, spot.steps, inputs.now, spot.held, faults)
    about_sources = bool(UNSOURCED & {step for step in spot.steps if isinstance(step, str)})
    source = name_source(content, inputs, faults, needed=not (about_sources or now == spot.held))
    refuse(faults)
    if spot.steps[0] == "sources" and isinstance(now, dict) and spot.held is None:
        now = {"n": next_number(content), **now}
    put(content, spot.kind, spot.steps, now)
    _cite(content, spot.steps, source)
    return now, source


def _cite(content: Any, steps: Steps, source: NamedSource | None) -> None:
    """Let the outcome, or the report on it, name the source; facts of a meeting itself rest on its sources together."""
    if not source or not isinstance(content, dict) or steps[:1] != ("outcomes",) or not isinstance(steps[1], int):
        return
    outcome = content["outcomes"][steps[1]]
    if steps[2:3] == ("deliveries",):
        deliveries = outcome.get("deliveries", [])
        if isinstance(steps[3], int) and steps[3] < len(deliveries):
            deliveries[steps[3]]["source"] = source.n
    elif source.n not in outcome["sources"]:
        outcome["sources"].append(source.n)


def _page(body: CorrectedFact, steps: Steps) -> str:
    """Where what was put right is shown."""
    content: Any = body.content
    if body.of == "people":
        return f"/people/{content[steps[0]]['id']}"
    if steps[0] == "outcomes":
        return page_of_outcome(f"{body.of}#{content['outcomes'][steps[1]]['id']}")
    return f"/meetings/{body.of}" if "/" in body.of else f"/formats/{body.of}"


@effect("archive.corrected")
def corrected(session: Session, entry: Entry, body: CorrectedFact) -> None:
    """Write anew what the file tells of."""
    write_edited(session, entry.number, body)


@phrase("archive.corrected")
def say_corrected(_entry: Entry, body: CorrectedFact) -> str:
    """Says which fact of what, and why."""
    return _("Corrected in %(of)s: %(field)s (%(why)s)") % {
        "of": body.of, "field": label(place(body.field)), "why": body.why,
    }  # fmt: skip
