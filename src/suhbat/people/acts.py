"""All acts of this package: seats, letters, devices, appointments, rehearsals, and the act after a restore."""

from suhbat.people import appointments, passkey_acts, rehearsal_seats, restored_backup, seat_letters, seats

__all__ = ["appointments", "passkey_acts", "rehearsal_seats", "restored_backup", "seat_letters", "seats"]
