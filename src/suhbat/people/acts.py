"""All acts about people: seats, letters, devices, appointments, rehearsals, and what ends after a restore."""

from suhbat.people import appointments, passkey_acts, rehearsal_seats, restored_backup, seat_letters, seats

__all__ = ["appointments", "passkey_acts", "rehearsal_seats", "restored_backup", "seat_letters", "seats"]
