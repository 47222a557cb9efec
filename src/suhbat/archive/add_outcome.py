"""An editor adds what a reported meeting left behind."""

import copy
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.place_finders import Place
from suhbat.archive.edited_files import checked_sha256, current_file, outcomes_of, page_of_outcome, write_edited
from suhbat.archive.editor_fields import (
    Of,
    Partial,
    ShownEntry,
    Slug,
    Sourced,
    Text,
    amount_in_file,
    checked_day,
    refuse_if_any,
)
from suhbat.archive.field_edit import Faults
from suhbat.archive.file_entry_bodies import FileBody, decision_on_file
from suhbat.archive.file_reports import CURATORS
from suhbat.archive.file_validation import codes
from suhbat.archive.models import ArchiveFile
from suhbat.archive.source_of_edit import name_source
from suhbat.formats.amount_input import SumOfMoney
from suhbat.formats.topics import TOPICS
from suhbat.formats.vocabulary import OutcomeKind
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.ground.refusals import invalid
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.record.entries import Entry

States = Annotated[list[str], Meta(max_length=250, extra={"choices": "record states", "widget": "boxes"})]
OutcomeId = Annotated[str, Meta(max_length=240, extra={"choices": "record outcomes", "widget": "suggest"})]


class OutcomeAdded(Sourced, frozen=True, kw_only=True):
    """What a reported meeting left behind."""

    of: Annotated[Of, Meta(extra={"drawn": "record meeting"})]
    entry: ShownEntry = 0
    kind: Annotated[OutcomeKind, Meta(title="Kind")]
    summary: Annotated[Text, Meta(title="What was promised or agreed, in your own words")]
    name: Slug
    by: Annotated[States, Meta(title="By", min_length=1, extra={"context": "who promised"})]
    to: Annotated[
        States,
        Meta(
            title="To",
            description="None: for all of those who promised or decided it, or for everyone.",
            extra={"context": "who receives a promise"},
        ),
    ] = []
    topic: Annotated[str, Meta(title="Topic", max_length=40, extra={"choices": "topics"})]
    amount: SumOfMoney = SumOfMoney()
    due: Annotated[Partial, Meta(title="Due")] | None = None
    part_of: Annotated[OutcomeId, Meta(title="Part of", description="As in its address: format/meeting#name")] = ""
    part_likely: Annotated[bool, Meta(title="A likely part: no page states the link")] = False
    follows: Annotated[OutcomeId, Meta(title="Takes up", description="As in its address: format/meeting#name")] = ""
    follows_as: (
        Annotated[
            Literal["repeats", "replaces", "adds"],
            Meta(title="How it takes it up", extra={"choices": "record follows"}),
        ]
        | None
    ) = None
    fulfilled_by: Annotated[
        str,
        Meta(title="The meeting that was promised", max_length=160,
             extra={"choices": "record meetings", "widget": "suggest"}),
    ] = ""  # fmt: skip


class AddedOutcome(FileBody, frozen=True, kw_only=True):
    """The file of the meeting with one more outcome, the last in it."""

    content: dict[str, Any]
    outcome: str
    """The outcome's id: `format/meeting#name`."""


@guard("archive.outcome_added")
def may_add_outcome(_viewer: Viewer, _place: Place, file: ArchiveFile) -> None:
    """The file is the file of a meeting."""
    if outcomes_of(file) is None:
        raise invalid(of=lazy("Only meetings have outcomes."))


@act("archive.outcome_added", "Add an outcome to a reported meeting", by=CURATORS, audience="public")
def add_outcome(occasion: Occasion, inputs: OutcomeAdded) -> Decision[AddedOutcome]:
    """An editor adds what a reported meeting left behind: who promised or decided what, for whom, and where it says so.

    Its name makes its address and never changes. What was held here is promised by those who met.
    """
    file = current_file(occasion.session, inputs.of, inputs.entry)
    may_add_outcome(occasion.actor, INSTALLATION_PLACE, file)
    content: dict[str, Any] = copy.deepcopy(file.content)
    content["outcomes"].append(_outcome(occasion, inputs, content))
    outcome = f"{inputs.of}#{inputs.name}"
    body = AddedOutcome(
        path=file.path,
        of=file.of,
        sha256=checked_sha256(occasion, file.path, content, difference_seen=inputs.seen),
        content=content,
        outcome=outcome,
    )
    return decision_on_file(body, page_of_outcome(outcome))


def _outcome(occasion: Occasion, inputs: OutcomeAdded, content: dict[str, Any]) -> dict[str, Any]:
    """The input, as a file writes it; its source is added to the content."""
    faults: Faults = {}
    if inputs.name in {outcome["id"] for outcome in content["outcomes"]}:
        faults["name"] = lazy("An outcome of this meeting has this name already.")
    for name in ("by", "to"):
        if not set(getattr(inputs, name)) <= codes():
            faults[name] = lazy("There is no such state.")
    if inputs.topic not in TOPICS:
        faults["topic"] = lazy("This is not one of the choices.")
    amount = amount_in_file(inputs.amount, inputs.summary, faults)
    optional = {
        "amount": msgspec.to_builtins(amount),
        "due": checked_day(inputs.due, "due", faults),
        **_links(occasion, inputs, faults),
    }
    source = name_source(content, inputs, faults)
    refuse_if_any(faults)
    return {
        "id": inputs.name,
        "kind": inputs.kind,
        "by": list(dict.fromkeys(inputs.by)),
        "to": list(dict.fromkeys(inputs.to)),
        "topic": inputs.topic,
        "summary": inputs.summary,
        **{name: value for name, value in optional.items() if value},
        "sources": [source.n] if source else [],
    }


def _links(occasion: Occasion, inputs: OutcomeAdded, faults: Faults) -> dict[str, Any]:
    """What the outcome is part of, takes up, or was fulfilled by. Each must exist."""
    for name in ("part_of", "follows"):
        if getattr(inputs, name) and occasion.session.get(Outcome, getattr(inputs, name)) is None:
            faults[name] = lazy("There is no such outcome in the public record.")
    if inputs.fulfilled_by and occasion.session.get(Meeting, inputs.fulfilled_by) is None:
        faults["fulfilled_by"] = lazy("There is no such meeting.")
    if bool(inputs.follows) != bool(inputs.follows_as):
        faults["follows_as" if inputs.follows else "follows"] = lazy("This is needed.")
    return {
        "part_of": inputs.part_of, "part_of_confidence": "likely" if inputs.part_of and inputs.part_likely else "",
        "follows": inputs.follows, "follows_as": inputs.follows_as, "fulfilled_by": inputs.fulfilled_by,
    }  # fmt: skip


@effect("archive.outcome_added")
def outcome_added(session: Session, entry: Entry, body: AddedOutcome) -> None:
    """The meeting has the outcome."""
    write_edited(session, entry.number, body)


@phrase("archive.outcome_added")
def say_outcome_added(_entry: Entry, body: AddedOutcome) -> str:
    """The sentence with the outcome's summary."""
    return _("Added to the public record: %(title)s") % {"title": body.content["outcomes"][-1]["summary"]}
