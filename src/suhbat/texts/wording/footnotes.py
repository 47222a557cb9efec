"""Footnotes, which stand in a wording at the place of their marks: `{note: As of 11 August 2020.}`."""

import re
from collections.abc import Iterator

WHOLE = r"\{note: (?:[^{}]|§\{[0-9a-z]+\})+\}"
"""A footnote, which may refer to paragraphs (`§{id}`)."""
FOOTNOTE = re.compile(r"\{note: ((?:[^{}]|§\{[0-9a-z]+\})+)\}")
_LOOSE = re.compile(r"\{note:\s?([^{}]*)\}")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(n: int) -> str:
    """The mark of a footnote where letters have one size only: ¹, ²."""
    return str(n).translate(_RAISED)


def parted(words: str) -> Iterator[tuple[str, str]]:
    """Words and the footnote that stands behind them, one after another; the last words have none."""
    at = 0
    for found in FOOTNOTE.finditer(words):
        yield words[at : found.start()], found[1].strip()
        at = found.end()
    yield words[at:], ""


def as_note(words: str) -> str:
    """A footnote as it stands in a wording; braces and lines within it would end it."""
    said = " ".join(words.replace("{", "(").replace("}", ")").split())
    return f"{{note: {said}}}" if said else ""


def tidied(words: str) -> str:
    """Words with their footnotes as they are typed: no space at their ends, none that says nothing."""
    return _LOOSE.sub(lambda found: as_note(found[1]), words)


class Notes:
    """Counts the footnotes of a document from one, whatever they stand in."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def marked(self, words: str) -> str:
        """Words with raised numbers where the footnotes stand."""
        return "".join(said + (raised(self.number(note)) if note else "") for said, note in parted(words))

    def number(self, note: str) -> int:
        """Take one more footnote; its number."""
        self.said.append(note)
        return len(self.said)

    def lines(self) -> list[str]:
        """The footnotes as they stand at the end."""
        return [f"{raised(n)} {said}" for n, said in enumerate(self.said, 1)]
