"""What people type or paste, made fit for a text: one Unicode form, no hidden letters that nobody sees."""

import re
import unicodedata

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_FORM_CHOOSER = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BLANK = re.compile(r"\n{2,}")


def cleaned(text: str) -> str:
    """NFC, Unix line ends, no space at the ends of lines, at most one blank line; control letters stay."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.rstrip(" \t") for line in text.split("\n")]  # no pattern: it would look at each blank again and again
    return _BLANK.sub("\n\n", "\n".join(lines)).strip()


def has_control_letters(text: str) -> bool:
    """Whether a text carries letters that no document may (NUL, escape, halves of letters)."""
    return bool(_CONTROL.search(text))


def hidden_letters(text: str) -> list[str]:
    """The invisible letters of a text (zero width, direction overrides, soft hyphens), named as `U+202E`."""
    return [f"U+{ord(letter):04X}" for letter in _HIDDEN.findall(text)]


def with_hidden_shown(text: str) -> list[tuple[str, bool]]:
    """The text in pieces; a piece marked True is the name of a letter that would not be seen."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _HIDDEN.finditer(text):
        if found.start() > at:
            pieces.append((text[at : found.start()], False))
        pieces.append((f"U+{ord(found.group()):04X}", True))
        at = found.end()
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def plainly(text: str) -> str:
    """The text with the names of letters that would not be seen in their places: `⟨U+202E⟩`."""
    return "".join(f"⟨{piece}⟩" if hidden else piece for piece, hidden in with_hidden_shown(text))


def misleading_letters(text: str) -> list[str]:
    """The invisible letters that no document needs: all but those that choose a letter's form (kanji variants)."""
    return hidden_letters(_FORM_CHOOSER.sub("", text))
