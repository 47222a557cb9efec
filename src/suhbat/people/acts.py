"""All acts about people: seats, devices, appointments, the seats of a rehearsal, and what ends after a restore."""

from suhbat.people import appointments, devices, rehearsing, restoring, seats

__all__ = ["appointments", "devices", "rehearsing", "restoring", "seats"]
