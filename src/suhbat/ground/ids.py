"""Short random names for new things."""

import secrets
import time

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: nothing that reads like something else."""


def new_id() -> str:
    """A name of 16 letters that sorts by the time it was made (ms), then at random (30 bits)."""
    number = (int(time.time() * 1000) << 30) | secrets.randbits(30)
    letters = ""
    while number:
        number, rest = divmod(number, 32)
        letters = ALPHABET[rest] + letters
    return letters.rjust(16, "0")
