"""All acts of this package: seats, standing seats, letters, devices, appointments, rehearsals, and after a restore."""

from suhbat.people import (
    appointments,
    hand_over_standing_seat,
    lapsed_standing_seats,
    letter_wording,
    name_standing_seat,
    passkey_acts,
    prepared_forms,
    rehearsal_seats,
    restored_backup,
    seat_corrections,
    seat_letters,
    seats,
    standing_reachability,
)

__all__ = [
    "appointments",
    "hand_over_standing_seat",
    "lapsed_standing_seats",
    "letter_wording",
    "name_standing_seat",
    "passkey_acts",
    "prepared_forms",
    "rehearsal_seats",
    "restored_backup",
    "seat_corrections",
    "seat_letters",
    "seats",
    "standing_reachability",
]
