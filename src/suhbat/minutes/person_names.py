"""Persons as a summary record names them, in the order of its language."""

from suhbat.formats.state_names import state_name
from suhbat.ground.language import language
from suhbat.ground.name_lists import in_a_row
from suhbat.people.names_with_titles import with_office
from suhbat.people.office_titles import office

STATE_FIRST = {"ja"}
"""Languages that say the state before the person."""


def in_one_line(name: str, title: str, state: str = "") -> str:
    """Name, office (English, as the record spells it) and state (its code): as much of it as is known."""
    person = with_office(name, title) if name else office(title) if title else ""
    told = [person, state_name(state) if state else ""]
    ordered = reversed(told) if language() in STATE_FIRST else told
    return in_a_row(word for word in ordered if word)
