"""What people type or paste, cleaned for a text: one Unicode form, invisible letters found and named."""

import re
import unicodedata

from suhbat.ground.characters import UNSEEN, Place, fits, misplaced

_BLANK = re.compile(r"\n{2,}")


def cleaned(text: str) -> str:
    """NFC, Unix line ends, no space at the ends of lines, at most one blank line; control letters stay."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.rstrip(" \t") for line in text.split("\n")]  # no pattern: it would look at each blank again and again
    return _BLANK.sub("\n\n", "\n".join(lines)).strip()


def has_control_letters(text: str) -> bool:
    """Whether a text carries letters that no document may (NUL, escape, halves of letters)."""
    return not fits(text, Place.WORDING)


def hidden_letters(text: str) -> list[str]:
    """The invisible letters of a text (zero width, direction overrides, soft hyphens), named as `U+202E`."""
    return _named(UNSEEN.findall(text))


def with_hidden_shown(text: str) -> list[tuple[str, bool]]:
    """The text in pieces; a piece marked True is the name of an invisible letter."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for letter in UNSEEN.finditer(text):
        if letter.start() > at:
            pieces.append((text[at : letter.start()], False))
        pieces.append((f"U+{ord(letter.group()):04X}", True))
        at = letter.end()
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def plainly(text: str) -> str:
    """The text with each invisible letter replaced by its name: `⟨U+202E⟩`."""
    return "".join(f"⟨{piece}⟩" if hidden else piece for piece, hidden in with_hidden_shown(text))


def misleading_letters(text: str) -> list[str]:
    """The invisible letters that no document needs: all but those that choose a letter's form (kanji variants)."""
    return _named(misplaced(text, Place.TITLE))


def _named(letters: list[str]) -> list[str]:
    return [f"U+{ord(letter):04X}" for letter in letters]
