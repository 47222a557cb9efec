"""How outcomes are said: kinds, states, amounts as they were spoken, whole sentences."""

from typing import Any

import msgspec

from suhbat.formats.state_names import state_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.money import show_amount, show_as_said
from suhbat.ground.name_lists import in_a_row, listed
from suhbat.outcomes.outcome_wording import WordedOutcome

KINDS: dict[str, Lazy] = {
    "pledge": lazy("Pledge"),
    "decision": lazy("Decision"),
    "recommendation": lazy("Recommendation"),
    "announcement": lazy("Announcement"),
    "document": lazy("Document"),
    "project": lazy("Project"),
    "next-meeting": lazy("Next meeting"),
}
STATUSES: dict[str, Lazy] = {
    "proposed": lazy("waits for confirmation"),
    "confirmed": lazy("confirmed"),
    "published": lazy("published", context="an outcome"),
    "withdrawn": lazy("withdrawn"),
}
STATES: dict[str, Lazy] = {
    "announced": lazy("announced"),
    "in-progress": lazy("in progress"),
    "delivered": lazy("delivered"),
    "dropped": lazy("dropped"),
    "unknown": lazy("unknown"),
}
QUALIFIED: dict[str, Lazy] = {
    "exact": lazy("exactly", context="an amount"),
    "about": lazy("about", context="an amount"),
    "nearly": lazy("nearly", context="an amount"),
    "at-least": lazy("at least", context="an amount"),
    "up-to": lazy("up to", context="an amount"),
}


def in_figures(amount: dict[str, Any] | None) -> str:
    """The figures of an amount with their qualifier, where they say more than the words; empty otherwise."""
    if not amount or not amount.get("as_said"):
        return ""
    return show_amount(amount)


def names(states: list[str]) -> str:
    """States in their order, joined as the reader's language joins a list."""
    return listed(state_name(code) for code in states)


def in_a_sentence(text: Lazy, outcome: WordedOutcome, **more: str) -> str:
    """A sentence on an outcome; it may name who made it (`by`), for whom (`to`), `what` it is, and its `title`."""
    values = {
        "by": state_name(outcome.delegation) if outcome.delegation else str(lazy("The meeting")),
        "to": names(outcome.to),
        "what": _what(outcome),
        "title": outcome.title,
        **more,
    }
    return str(text % values)


def _what(outcome: WordedOutcome) -> str:
    """Title, amount as said, due date: as much of it as there is."""
    parts = [outcome.title, show_as_said(msgspec.to_builtins(outcome.amount))]
    if outcome.due:
        parts.append(str(lazy("by %(date)s") % {"date": show_date(outcome.due)}))
    return in_a_row(part for part in parts if part)
