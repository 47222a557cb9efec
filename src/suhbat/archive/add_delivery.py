"""An editor adds what became of an outcome of the public record."""

import copy
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType
from sqlalchemy.orm import Session

from suhbat.acts import Decision, Occasion, Viewer, act, effect, guard, phrase
from suhbat.acts.place_finders import Place
from suhbat.archive.edited_files import checked_sha256, current_file, outcomes_of, page_of_outcome, write_edited
from suhbat.archive.editor_fields import (
    Partial,
    ShownEntry,
    Sourced,
    StatedAmount,
    Text,
    amount_in_file,
    checked_day,
    refuse_if_any,
)
from suhbat.archive.field_edit import Faults
from suhbat.archive.file_entry_bodies import FileBody, decision_on_file
from suhbat.archive.file_reports import CURATORS
from suhbat.archive.models import ArchiveFile
from suhbat.archive.source_of_edit import name_source
from suhbat.formats.amount_input import SumOfMoney
from suhbat.ground.dates import first_day, is_partial
from suhbat.ground.language import gettext as _
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Refused, invalid
from suhbat.people.seat_managers import INSTALLATION_PLACE
from suhbat.record.entries import Entry


class DeliveryAdded(Sourced, frozen=True, kw_only=True):
    """A report on an outcome."""

    outcome: Annotated[
        str,
        Meta(title="Outcome", description="As in its address: format/meeting#name", max_length=240,
             extra={"drawn": "record outcome"}),
    ]  # fmt: skip
    entry: ShownEntry = 0
    state: Annotated[
        Literal["delivered", "in-progress", "dropped", "unknown"],
        Meta(title="How things stand after it", extra={"choices": "delivery_states"}),
    ]
    date: Annotated[Partial, Meta(title="When (day, month or year)")] | None = None
    summary: Annotated[Text, Meta(title="What happened, in your own words")]
    amount: SumOfMoney = SumOfMoney()


class FileDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an outcome, as a file writes it."""

    date: str | None
    """A day, a month or a year; null if no page says when."""
    state: str
    """How things stand after it: `delivered`, `in-progress`, `dropped` or `unknown`."""
    amount: StatedAmount | UnsetType = UNSET
    summary: str
    source: int | None
    """The number of the source in the file."""


class AddedDelivery(FileBody, frozen=True, kw_only=True):
    """The file of the meeting with one more delivery."""

    content: dict[str, Any]
    outcome: str
    """The outcome's id: `format/meeting#name`."""
    delivery: FileDelivery


@guard("archive.delivery_added")
def may_add_delivery(_viewer: Viewer, _place: Place, file: ArchiveFile) -> None:
    """The file has outcomes."""
    if not outcomes_of(file):
        raise no_such_outcome()


def no_such_outcome() -> Refused:
    """The refusal if there is no such reported outcome."""
    return invalid(outcome=lazy("There is no such outcome in the public record."))


@act("archive.delivery_added", "Add what became of a promise", by=CURATORS, audience="public")
def add_delivery(occasion: Occasion, inputs: DeliveryAdded) -> Decision[AddedDelivery]:
    """An editor reports what became of an outcome of the public record, with the page that says so.

    The report is added in order of time; the last one is the present state. What was held here is reported on by the
    meeting's own delegations and secretariat.
    """
    of, _sign, name = inputs.outcome.partition("#")
    file = current_file(occasion.session, of, inputs.entry)
    may_add_delivery(occasion.actor, INSTALLATION_PLACE, file)
    content: dict[str, Any] = copy.deepcopy(file.content)
    outcome = next((outcome for outcome in content["outcomes"] if outcome["id"] == name), None)
    if outcome is None:
        raise no_such_outcome()
    delivery = _delivery(occasion, inputs, content)
    _insert_by_date(outcome, delivery)
    body = AddedDelivery(
        path=file.path,
        of=file.of,
        sha256=checked_sha256(occasion, file.path, content, difference_seen=inputs.seen),
        content=content,
        outcome=inputs.outcome,
        delivery=delivery,
    )
    return decision_on_file(body, page_of_outcome(inputs.outcome))


def _delivery(occasion: Occasion, inputs: DeliveryAdded, content: dict[str, Any]) -> FileDelivery:
    """The input, as a file writes it; its source is added to the content."""
    faults: Faults = {}
    day, amount = checked_day(inputs.date, "date", faults), amount_in_file(inputs.amount, inputs.summary, faults)
    if day and is_partial(day) and first_day(day) > occasion.now.date():
        faults["date"] = lazy("This day is yet to come: report what became of a promise once it has.")
    source = name_source(content, inputs, faults, needed=inputs.state != "unknown")
    refuse_if_any(faults)
    return FileDelivery(
        date=day,
        state=inputs.state,
        amount=amount or UNSET,
        summary=inputs.summary,
        source=source.n if source else None,
    )


def _insert_by_date(outcome: dict[str, Any], delivery: FileDelivery) -> None:
    """Insert a delivery into an outcome in order of time. The sources stay the last field of the outcome."""
    deliveries, sources, day = outcome.pop("deliveries", []), outcome.pop("sources"), delivery.date
    index = next((n for n, other in enumerate(deliveries) if day and (other["date"] or "") > day), len(deliveries))
    deliveries.insert(index, msgspec.to_builtins(delivery))
    outcome |= {"deliveries": deliveries, "sources": sources}


@effect("archive.delivery_added")
def delivery_added(session: Session, entry: Entry, body: AddedDelivery) -> None:
    """The outcome has the delivery."""
    write_edited(session, entry.number, body)


@phrase("archive.delivery_added")
def say_delivery_added(_entry: Entry, body: AddedDelivery) -> str:
    """The sentence with the outcome and what became of it."""
    return _("What became of %(outcome)s: %(summary)s") % {"outcome": body.outcome, "summary": body.delivery.summary}
