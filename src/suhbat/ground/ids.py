"""Short random ids for new objects."""

import secrets
import time

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32, without characters that look alike."""


def new_id() -> str:
    """An id of 16 characters: the time in milliseconds, then 30 random bits. Ids sort in order of time."""
    number = (int(time.time() * 1000) << 30) | secrets.randbits(30)
    characters = ""
    while number:
        number, rest = divmod(number, 32)
        characters = ALPHABET[rest] + characters
    return characters.rjust(16, "0")
