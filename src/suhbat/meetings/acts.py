"""Imports the modules that register the acts of this package."""

from suhbat.meetings import (
    agenda_items,
    agenda_release,
    cancel_meeting,
    change_meeting,
    convene_meeting,
    credentials,
    invited_delegations,
    papers,
    presence,
    presiding_heads,
    public_facts,
    release_convocation,
    seat_sides,
    seated_heads,
)

__all__ = [
    "agenda_items",
    "agenda_release",
    "cancel_meeting",
    "change_meeting",
    "convene_meeting",
    "credentials",
    "invited_delegations",
    "papers",
    "presence",
    "presiding_heads",
    "public_facts",
    "release_convocation",
    "seat_sides",
    "seated_heads",
]
