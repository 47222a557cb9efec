"""Imports the modules that register the acts of this package."""

from suhbat.meetings import (
    agenda_items,
    agenda_release,
    cancel_meeting,
    change_meeting,
    convene_meeting,
    credentials,
    delete_meeting,
    deleted_places,
    hide_format,
    invited_delegations,
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
    "delete_meeting",
    "deleted_places",
    "hide_format",
    "invited_delegations",
    "papers",
    "presence",
    "public_facts",
    "release_convocation",
    "seat_sides",
]
