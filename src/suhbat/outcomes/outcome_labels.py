"""Labels of outcomes: statuses, amounts, whole sentences."""

import msgspec

from suhbat.formats.state_names import state_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.money import show_as_said
from suhbat.ground.name_lists import in_a_row, listed
from suhbat.outcomes.outcome_wording import WordedOutcome

STATUSES: dict[str, Lazy] = {
    "proposed": lazy("awaiting confirmation"),
    "confirmed": lazy("confirmed"),
    "published": lazy("published", context="an outcome"),
    "withdrawn": lazy("withdrawn"),
}


def names(states: list[str]) -> str:
    """The names of states in their order, joined as a list in the reader's language."""
    return listed(state_name(code) for code in states)


def in_a_sentence(text: Lazy, outcome: WordedOutcome, **more: str) -> str:
    """A sentence about an outcome; it may name who made it (`by`), for whom (`to`), `what` it is, and its `title`."""
    values = {
        "by": state_name(outcome.delegation) if outcome.delegation else str(lazy("The meeting")),
        "to": names(outcome.to),
        "what": _description(outcome),
        "title": outcome.title,
        **more,
    }
    return str(text % values)


def _description(outcome: WordedOutcome) -> str:
    """Title, amount in the words of the speaker, due date: those that exist."""
    parts = [outcome.title, show_as_said(msgspec.to_builtins(outcome.amount))]
    if outcome.due:
        parts.append(str(lazy("by %(date)s") % {"date": show_date(outcome.due)}))
    return in_a_row(part for part in parts if part)
