"""All acts about people: seats, devices, appointments, and the seats of a rehearsal."""

from suhbat.people import appointments, passkey_acts, rehearsal_seats, seats

__all__ = ["appointments", "passkey_acts", "rehearsal_seats", "seats"]
