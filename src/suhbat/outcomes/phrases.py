"""How the entries of outcomes read in the live record: one sentence in the reader's language."""

from typing import Any

from suhbat.acts import phrase
from suhbat.formats.state_names import state_name
from suhbat.ground.dates import show_date
from suhbat.ground.language import Lazy, lazy
from suhbat.ground.money import show_as_said as said
from suhbat.ground.name_lists import in_a_row
from suhbat.outcomes.acts import MAKING  # noqa: F401  (the acts must stand before their phrases)
from suhbat.outcomes.outcome_labels import STATES, names
from suhbat.record.entries import Entry


def _what(outcome: dict[str, Any]) -> str:
    """Title, amount as said, due date: as much of it as there is."""
    parts = [str(outcome["title"]), said(outcome["amount"])]
    if outcome["due"]:
        parts.append(str(lazy("by %(date)s") % {"date": show_date(outcome["due"])}))
    return in_a_row(part for part in parts if part)


def _say(text: Lazy, outcome: dict[str, Any], **more: str) -> str:
    values = {
        "by": state_name(outcome["delegation"]) if outcome["delegation"] else str(lazy("The meeting")),
        "to": names(outcome["to"]),
        "what": _what(outcome),
        "title": str(outcome["title"]),
        **more,
    }
    return str(text % values)


@phrase("pledge.made")
def _pledge(entry: Entry) -> str:
    return _say(lazy("%(by)s pledges to %(to)s: %(what)s"), entry.body["outcome"])


@phrase("decision.taken")
def _decision(entry: Entry) -> str:
    return _say(lazy("The meeting decides: %(what)s"), entry.body["outcome"])


@phrase("recommendation.made")
def _recommendation(entry: Entry) -> str:
    return _say(lazy("For the next meeting: %(what)s"), entry.body["outcome"])


@phrase("announcement.made")
def _announcement(entry: Entry) -> str:
    return _say(lazy("%(by)s announces: %(what)s"), entry.body["outcome"])


@phrase("project.announced")
def _project(entry: Entry) -> str:
    return _say(lazy("%(by)s announces a project: %(what)s"), entry.body["outcome"])


@phrase("next_meeting.set")
def _next(entry: Entry) -> str:
    return _say(lazy("The next meeting is set: %(what)s"), entry.body["outcome"])


@phrase("outcome.corrected")
def _corrected(entry: Entry) -> str:
    return _say(lazy("Corrected: %(what)s"), entry.body["outcome"])


@phrase("outcome.confirmed")
def _confirmed(entry: Entry) -> str:
    outcome = entry.body["outcome"]
    said_by = lazy("%(by)s confirms: %(what)s") if outcome["delegation"] else lazy("The chair confirms: %(what)s")
    return _say(said_by, outcome)


@phrase("outcome.withdrawn")
def _withdrawn(entry: Entry) -> str:
    return _say(lazy("Withdrawn: %(title)s"), entry.body["outcome"])


@phrase("delivery.reported")
def _reported(entry: Entry) -> str:
    state = str(STATES[entry.body["delivery"]["state"]])
    return _say(lazy("Reported on “%(title)s”: %(state)s"), entry.body["outcome"], state=state)
