"""All acts about people: seats, letters, devices, appointments, and the seats of a rehearsal."""

from suhbat.people import appointments, passkey_acts, rehearsal_seats, seat_letters, seats

__all__ = ["appointments", "passkey_acts", "rehearsal_seats", "seat_letters", "seats"]
