"""The acts of this room, each told in the module of its subject."""

from suhbat.meetings import agenda_acts, change_meeting, convene_meeting, delegations, papers

__all__ = ["agenda_acts", "change_meeting", "convene_meeting", "delegations", "papers"]
