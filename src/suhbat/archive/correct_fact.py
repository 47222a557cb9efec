"""An editor corrects one fact of a file, adds one to a list, or removes one from it."""

import copy
from typing import Annotated, Any

from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.place_finders import Place
from suhbat.archive.edited_files import checked_sha256, current_file, page_of_outcome, write_edited
from suhbat.archive.editor_fields import Of, ShownEntry, Sourced, refuse_if_any
from suhbat.archive.field_edit import Faults, Spot, Steps, read_input, set_value, spot_in
from suhbat.archive.field_labels import label
from suhbat.archive.file_entry_bodies import FileBody, FileContent, decision_on_file
from suhbat.archive.file_reports import CURATORS
from suhbat.archive.shapes_from_schema import steps_of
from suhbat.archive.source_of_edit import NamedSource, name_source, next_number
from suhbat.archive.yaml_reader import File
from suhbat.formats.amount_input import IsMeant, SumOfMoney, ask_about_words
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Refused, invalid
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.record.entries import Entry

UNSOURCED = {"sources", "notes", "confidence", "part_of_confidence"}
"""Fields about sources, or for the editors' own judgement: a change of them needs no source."""
Words = Annotated[str, Meta(max_length=4_000)]
Now = Annotated[
    Words | int | list[Words | int] | dict[str, Any] | None, Meta(title="What it should say", extra={"drawn": "now"})
]


class Corrected(Sourced, frozen=True, kw_only=True):
    """A correction of one fact."""

    of: Annotated[Of, Meta(extra={"drawn": "record"})]
    field: Annotated[
        str,
        Meta(title="Which field", max_length=200, pattern=r"^[a-z_0-9-]+(\.[a-z0-9_-]+)*$", extra={"drawn": "place"}),
    ]
    entry: ShownEntry = 0
    now: Now = None
    meant: IsMeant = False
    gone: Annotated[bool, Meta(title="Take it out of the record", extra={"drawn": "gone"})] = False
    why: Annotated[str, Meta(title="Why", min_length=1, max_length=1_000, extra={"widget": "textarea"})]


class CorrectedFact(FileBody, frozen=True, kw_only=True):
    """The file with one fact corrected."""

    field: str
    """The place of the fact: `outcomes.3.amount`."""
    was: Any
    """The value before, in the shape that the schema has for its place; null if there was none."""
    now: Any
    """The value from now on; null if it was removed, or is unknown."""
    why: str
    source: NamedSource | None = None
    """The page that says so. The first corrections have none."""


@guard("archive.corrected")
def may_correct(_viewer: Viewer, _place: Place, spot: Spot) -> None:
    """The place of the file can be corrected: the schema has it, and nothing else refers to it."""
    if not spot.open:
        raise no_such_field()


def no_such_field() -> Refused:
    """The refusal of a place that cannot be corrected."""
    return invalid(field=lazy("There is no such field in it."))


@act("archive.corrected", "Correct a fact of the public record", by=CURATORS, audience="public")
def correct(occasion: Occasion, inputs: Corrected) -> Decision[CorrectedFact]:
    """An editor puts one fact of a reported format, meeting or person right, and says why and by which source.

    The record keeps what it said before. Facts of meetings held here are corrected by those who held them.
    """
    file = current_file(occasion.session, inputs.of, inputs.entry)
    content: FileContent = copy.deepcopy(file.content)
    spot = spot_in(File(file.path, "").kind, content, steps_of(inputs.field))
    may_correct(occasion.actor, INSTALLATION_PLACE, spot)
    if inputs.gone and not spot.removable:
        raise no_such_field()
    value, source = _apply_correction(inputs, spot, content)
    if content == file.content:
        raise invalid(now=lazy("This is what it says already."))
    body = CorrectedFact(
        path=file.path,
        of=file.of,
        sha256=checked_sha256(occasion, file.path, content, difference_seen=inputs.seen),
        content=content,
        field=inputs.field,
        was=spot.value,
        now=value,
        why=inputs.why,
        source=source,
    )
    return decision_on_file(body, _page_of_correction(body, spot.steps))


def _apply_correction(inputs: Corrected, spot: Spot, content: FileContent) -> tuple[Any, NamedSource | None]:
    """Set the new value in the content, with its source. Returns both."""
    assert spot.shape
    faults: Faults = {}
    value = None if inputs.gone else read_input(spot.shape, spot.steps, inputs.now, spot.value, faults)
    about_sources = bool(UNSOURCED & {step for step in spot.steps if isinstance(step, str)})
    source = name_source(content, inputs, faults, needed=not (about_sources or value == spot.value))
    refuse_if_any(faults)
    if spot.steps[0] == "sources" and isinstance(value, dict) and spot.value is None:
        value = {"n": next_number(content), **value}
    set_value(content, spot.kind, spot.steps, value)
    _ask_about_amount(inputs, content, spot.steps)
    _cite(content, spot.steps, source)
    return value, source


def _ask_about_amount(inputs: Corrected, content: Any, steps: Steps) -> None:
    """Ask, if the summary of an outcome or delivery now says "up to" beside a sum that is "exactly"."""
    if inputs.meant or steps[:1] != ("outcomes",) or not {"amount", "summary"} & set(steps):
        return
    place = content
    for step in steps[: max(n for n, step in enumerate(steps) if isinstance(step, int)) + 1]:
        place = place[step]
    if not isinstance(place, dict) or not place.get("amount"):
        return
    faults: Faults = {}
    ask_about_words(SumOfMoney(**place["amount"]), [str(place.get("summary", ""))], faults, name="meant")
    refuse_if_any(faults)


def _cite(content: Any, steps: Steps, source: NamedSource | None) -> None:
    """Add the source to the outcome or delivery. Facts of the meeting itself have no sources of their own."""
    if not source or not isinstance(content, dict) or steps[:1] != ("outcomes",) or not isinstance(steps[1], int):
        return
    outcome = content["outcomes"][steps[1]]
    if steps[2:3] == ("deliveries",):
        deliveries = outcome.get("deliveries", [])
        if isinstance(steps[3], int) and steps[3] < len(deliveries):
            deliveries[steps[3]]["source"] = source.n
    elif source.n not in outcome["sources"]:
        outcome["sources"].append(source.n)


def _page_of_correction(body: CorrectedFact, steps: Steps) -> str:
    """The page that shows the corrected fact."""
    content: Any = body.content
    if body.of == "people":
        return f"/people/{content[steps[0]]['id']}"
    if steps[0] == "outcomes":
        return page_of_outcome(f"{body.of}#{content['outcomes'][steps[1]]['id']}")
    return f"/meetings/{body.of}" if "/" in body.of else f"/formats/{body.of}"


@effect("archive.corrected")
def corrected(session: Session, entry: Entry, body: CorrectedFact) -> None:
    """The tables have the corrected fact."""
    write_edited(session, entry.number, body)


@phrase("archive.corrected")
def say_corrected(_entry: Entry, body: CorrectedFact) -> str:
    """The sentence with the fact and the reason."""
    return _("Corrected in %(of)s: %(field)s (%(why)s)") % {
        "of": body.of, "field": label(steps_of(body.field)), "why": body.why,
    }  # fmt: skip
