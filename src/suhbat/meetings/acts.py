"""Imports the modules that register the acts of this package."""

from suhbat.meetings import (
    agenda_items,
    agenda_release,
    cancel_meeting,
    change_meeting,
    convene_meeting,
    credentials,
    invited_delegations,
    letter_facts,
    papers,
    presence,
    public_facts,
    release_convocation,
    seat_sides,
)

__all__ = [
    "agenda_items",
    "agenda_release",
    "cancel_meeting",
    "change_meeting",
    "convene_meeting",
    "credentials",
    "invited_delegations",
    "letter_facts",
    "papers",
    "presence",
    "public_facts",
    "release_convocation",
    "seat_sides",
]
