"""What the entries of outcomes mean for the tables."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from suhbat.acts import effect, further_effect
from suhbat.formats.models import Source
from suhbat.outcomes.acts import MAKING
from suhbat.outcomes.models import Delivery, Outcome
from suhbat.record.entries import Entry


def _made(session: Session, entry: Entry) -> None:
    """The outcome stands as proposed, last in its meeting's list."""
    written = entry.body["outcome"]
    count = session.scalar(select(func.count()).select_from(Outcome).where(Outcome.meeting == entry.meeting))
    outcome = Outcome(
        id=written["id"],
        meeting=entry.meeting,
        position=(count or 0) + 1,
        kind=written["kind"],
        by=written["by"],
        delegation=written["delegation"],
        status="proposed",
        entry=entry.number,
    )
    _write(outcome, written, entry)
    session.add(outcome)


for name in MAKING:
    effect(name)(_made)


def _write(outcome: Outcome, written: dict[str, Any], entry: Entry) -> None:
    """Take over the wording that an entry carries."""
    amount = written["amount"] or {"value": None, "currency": "", "qualifier": "", "as_said": ""}
    outcome.value, outcome.currency = amount["value"], amount["currency"]
    outcome.qualifier, outcome.as_said = amount["qualifier"], amount["as_said"]
    for field in ("to", "topic", "title", "summary", "due", "item", "intervention"):
        setattr(outcome, field, written[field])
    outcome.changed = entry.number


@effect("outcome.corrected")
def _corrected(session: Session, entry: Entry) -> None:
    outcome = session.get_one(Outcome, entry.body["outcome"]["id"])
    _write(outcome, entry.body["outcome"], entry)
    outcome.status = "proposed"


@effect("outcome.confirmed")
def _confirmed(session: Session, entry: Entry) -> None:
    outcome = session.get_one(Outcome, entry.body["outcome"]["id"])
    outcome.status, outcome.changed = "confirmed", entry.number


@effect("outcome.withdrawn")
def _withdrawn(session: Session, entry: Entry) -> None:
    outcome = session.get_one(Outcome, entry.body["outcome"]["id"])
    outcome.status, outcome.changed = "withdrawn", entry.number


@further_effect("minutes.published")
def _published(session: Session, entry: Entry) -> None:
    """With the summary record, the confirmed outcomes of the meeting are published."""
    for outcome in session.scalars(
        select(Outcome).where(Outcome.meeting == entry.meeting, Outcome.status == "confirmed")
    ):
        outcome.status, outcome.changed = "published", entry.number


@effect("delivery.reported")
def _reported(session: Session, entry: Entry) -> None:
    """The report is added to the outcome, whose state is now the reported one; its source joins the meeting's."""
    outcome = session.get_one(Outcome, entry.body["outcome"]["id"])
    report = entry.body["delivery"]
    amount, source = report["amount"] or {}, report["source"]
    count = session.scalar(select(func.count()).select_from(Delivery).where(Delivery.outcome == outcome.id))
    session.add(
        Delivery(
            outcome=outcome.id,
            position=(count or 0) + 1,
            date=report["date"],
            state=report["state"],
            value=amount.get("value"),
            currency=amount.get("currency", ""),
            qualifier=amount.get("qualifier", ""),
            summary=report["summary"],
            source=source["n"] if source else None,
            entry=entry.number,
        )
    )
    if source:
        session.add(Source(of=entry.meeting, **source))
    outcome.state, outcome.changed = report["state"], entry.number
