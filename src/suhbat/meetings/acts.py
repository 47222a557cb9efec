"""The acts of this room, each told in the module of its subject."""

from suhbat.meetings import agenda_acts, changing, convening, delegations, papers, places

__all__ = ["agenda_acts", "changing", "convening", "delegations", "papers", "places"]
