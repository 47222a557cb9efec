"""Footnotes, which stand in a wording where their marks will be: `{note: As of 11 August 2020.}`."""

import re
from collections.abc import Iterator

WHOLE = r"\{note: (?:[^{}]|§\{[0-9a-z]+\})+\}"
"""A footnote, which may refer to paragraphs (`§{id}`)."""
FOOTNOTE = re.compile(r"\{note: ((?:[^{}]|§\{[0-9a-z]+\})+)\}")
_LOOSE = re.compile(r"\{note:\s?([^{}]*)\}")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(n: int) -> str:
    """The mark of a footnote in plain text: ¹, ²."""
    return str(n).translate(_RAISED)


def split_footnotes(words: str) -> Iterator[tuple[str, str]]:
    """Pairs of words and the footnote behind them; the last words have none."""
    at = 0
    for footnote in FOOTNOTE.finditer(words):
        yield words[at : footnote.start()], footnote[1].strip()
        at = footnote.end()
    yield words[at:], ""


def as_note(words: str) -> str:
    """A footnote as it stands in a wording, without braces and line ends, which would end it."""
    note = " ".join(words.replace("{", "(").replace("}", ")").split())
    return f"{{note: {note}}}" if note else ""


def tidied(words: str) -> str:
    """Words as typed, their footnotes without space at the ends; an empty footnote is removed."""
    return _LOOSE.sub(lambda footnote: as_note(footnote[1]), words)


class Notes:
    """The footnotes of a document, counted from one through all its paragraphs."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def marked(self, words: str) -> str:
        """Words with raised numbers where the footnotes stand."""
        return "".join(part + (raised(self.number(note)) if note else "") for part, note in split_footnotes(words))

    def number(self, note: str) -> int:
        """Add a footnote and return its number."""
        self.notes.append(note)
        return len(self.notes)

    def lines(self) -> list[str]:
        """The footnotes as they stand at the end."""
        return [f"{raised(n)} {note}" for n, note in enumerate(self.notes, 1)]
