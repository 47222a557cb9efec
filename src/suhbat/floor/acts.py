"""The acts of the floor, by what they are about."""

from suhbat.floor import interventions, meeting_control, requests, speakers_list, statements

__all__ = ["interventions", "meeting_control", "requests", "speakers_list", "statements"]
