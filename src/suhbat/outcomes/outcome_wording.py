"""The wording of an outcome: as the record and the table of outcomes store it."""

import msgspec

from suhbat.acts import Body
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.queries import amount_of
from suhbat.record.entries import Entry


class NamedAmount(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of money as it was named, neither rounded nor converted."""

    value: int
    """In whole units of the currency."""
    currency: str
    """Its code, such as JPY."""
    qualifier: str
    """`exact`, `about`, `nearly`, `at-least` or `up-to`."""
    as_said: str
    """In the speaker's words; empty if they were not written down."""


class WordedOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """A whole outcome in its wording at the time of an act."""

    id: str
    """`<meeting>#<name>`, its permanent address."""
    kind: str
    """`pledge`, `decision`, `recommendation`, `announcement`, `project` or `next-meeting`."""
    by: list[str]
    """The states that made it: one, or all at the meeting."""
    to: list[str]
    """The states it is for, in protocol order."""
    topic: str
    title: str
    summary: str
    amount: NamedAmount | None
    due: str | None
    """A day, a month or a year, as it was said."""
    item: str | None
    """The agenda item it came from."""
    intervention: int | None
    """The number of the entry that gave the floor to the intervention it came from."""
    delegation: str
    """The delegation that made it and has to confirm it; empty for the meeting's own."""


class OutcomeMade(Body, frozen=True, kw_only=True):
    """A new outcome of any kind."""

    outcome: WordedOutcome


def wording_of(outcome: Outcome) -> WordedOutcome:
    """The wording of an outcome of the table, for the body of an entry."""
    amount = amount_of(outcome)
    return WordedOutcome(
        id=outcome.id,
        kind=outcome.kind,
        by=outcome.by,
        to=outcome.to,
        topic=outcome.topic,
        title=outcome.title,
        summary=outcome.summary,
        amount=NamedAmount(**amount) if amount else None,
        due=outcome.due,
        item=outcome.item,
        intervention=outcome.intervention,
        delegation=outcome.delegation,
    )


def store_wording(outcome: Outcome, wording: WordedOutcome, entry: Entry) -> None:
    """Copy the wording of an entry into an outcome of the table."""
    amount = wording.amount
    outcome.value, outcome.currency = (amount.value, amount.currency) if amount else (None, "")
    outcome.qualifier, outcome.as_said = (amount.qualifier, amount.as_said) if amount else ("", "")
    outcome.to, outcome.topic = wording.to, wording.topic
    outcome.title, outcome.summary, outcome.due = wording.title, wording.summary, wording.due
    outcome.item, outcome.intervention = wording.item, wording.intervention
    outcome.changed = entry.number
