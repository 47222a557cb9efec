"""Names of persons in a summary record, in the order of its language."""

from suhbat.formats.state_names import state_name
from suhbat.ground.language import language, reading_in
from suhbat.ground.name_lists import in_a_row
from suhbat.people.names_with_titles import with_office
from suhbat.people.office_titles import office

STATE_FIRST = {"ja"}
"""Languages in which the state comes before the person."""


def in_one_line(name: str, title: str, state: str = "") -> str:
    """Name, office (given in English) and state (given as its code): those that are known.

    An office that names the state, such as President of the United States, is not followed by it once more.
    """
    person = with_office(name, title) if name else office(title) if title else ""
    parts = [person, state_name(state) if state and not _names(title, state) else ""]
    ordered = reversed(parts) if language() in STATE_FIRST else parts
    return in_a_row(part for part in ordered if part)


def _names(title: str, state: str) -> bool:
    with reading_in("en"):
        return state_name(state) in title
