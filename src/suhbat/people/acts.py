"""All acts about people: seats, devices, appointments, and the seats of a rehearsal."""

from suhbat.people import appointments, devices, rehearsing, seats

__all__ = ["appointments", "devices", "rehearsing", "seats"]
