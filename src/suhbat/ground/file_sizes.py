"""Sizes of files in readable form, in the script of the reader's language: 340 kB, 1,2 МБ."""

from suhbat.ground.language import language
from suhbat.ground.money import NO_BREAK, show_number

KIB = 1024
CYRILLIC = ("КБ", "МБ")
LATIN = ("KB", "MB")
UNITS = {"en": ("kB", "MB"), "ru": CYRILLIC, "kk": CYRILLIC, "ky": CYRILLIC, "tg": CYRILLIC}
"""Thousands and millions of bytes; in the other languages in Latin capitals."""


def show_size(size: int) -> str:
    """A number of bytes, rounded to whole kB or to tenths of MB; the number and its unit stay on one line."""
    thousands, millions = UNITS.get(language(), LATIN)
    if size < KIB * KIB:
        return f"{show_number(max(1, round(size / KIB)))}{NO_BREAK}{thousands}"
    return f"{show_number(round(size / KIB / KIB, 1))}{NO_BREAK}{millions}"
