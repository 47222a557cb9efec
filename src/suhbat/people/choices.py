"""Choices of the forms about seats: roles, delegations, and the languages of a letter."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from suhbat.acts.forms import PROVIDERS, Choice, choices
from suhbat.acts.place_finders import find_place
from suhbat.acts.roles_and_seats import ROLE_NAMES, Viewer
from suhbat.ground.language import LANGUAGES
from suhbat.ground.language_names import language_label
from suhbat.people.seat_managers import standing
from suhbat.people.standing_seats import standing_seats
from suhbat.people.standing_vocabulary import SUBJECTS


@choices("seat-roles")
def seat_roles(session: Session, viewer: Viewer, values: dict[str, Any]) -> Sequence[Choice]:
    """The roles to which this viewer may invite, at the place that the form names."""
    here = standing(session, viewer, str(values.get("meeting") or values.get("format") or ""))
    return [(str(role), str(ROLE_NAMES[role])) for role in here.roles()]


@choices("seat-states")
def seat_states(session: Session, viewer: Viewer, values: dict[str, Any]) -> Sequence[Choice]:
    """The delegations that this viewer may invite for."""
    place = find_place(session, str(values.get("meeting") or values.get("format") or ""))
    here = standing(session, viewer, place.id if place else "")
    states = place.states if place else ()
    return [(state, state) for state in states if here.secretariat or state in here.states]


@choices("languages")
def languages(_session: Session, _viewer: Viewer, _values: dict[str, Any]) -> Sequence[Choice]:
    """The languages of the interface, with their names in the reader's language."""
    return [(code, language_label(code)) for code in LANGUAGES]


@choices("standing-states")
def standing_states(session: Session, viewer: Viewer, values: dict[str, Any]) -> Sequence[Choice]:
    """The states for which this viewer may name a standing seat, for the subject of the form if it is set."""
    place = find_place(session, str(values.get("format") or ""))
    seats = standing_seats(session, viewer, place.id if place else "")
    subjects = [str(values["subject"])] if values.get("subject") else list(SUBJECTS)
    states = place.states if place else ()
    names = dict(PROVIDERS["states"](session, viewer, {}))
    named = [state for state in states if any(seats.ranks(state, subject) for subject in subjects)]
    return [(state, names.get(state, state)) for state in named]
