"""The three negotiations of `data/negotiations`, for tests, the benchmark and demonstrations."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from suhbat.texts.negotiation.pasted_paragraphs import read_paragraphs
from suhbat.texts.wording.numbering import numbers

FOLDER = Path(__file__).parents[1] / "data" / "negotiations"
LANGUAGES = ("ru", "ja")
"""The languages beside English in the rows of a negotiation in three languages."""
NAMES = ("chairs-statement", "joint-declaration", "action-plan")


@dataclass(frozen=True)
class Move:
    """One proposal: a new wording of one paragraph."""

    by: str
    label: str
    wording: str


@dataclass(frozen=True)
class Opened:
    """A paragraph at the opening of the negotiation."""

    id: str
    kind: str
    wording: str


@dataclass(frozen=True)
class Example:
    """One negotiation."""

    title: str
    kind: str
    language: str
    pasted: str
    paragraphs: dict[str, str]
    """By label, the wordings at the opening."""
    moves: list[Move]
    versions: dict[str, list[str]] = field(default_factory=dict)


def example(name: str, most: int = 200) -> Example:
    """Read one, with `most` proposals at most."""
    source: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    rows: list[list[str]] = source.get("rows", [])
    pasted = source.get("paragraphs") or "\n\n".join(row[0] for row in rows)
    opened = [Opened(paragraph.id, paragraph.kind, paragraph.wording) for paragraph in read_paragraphs(pasted)]
    labels = numbers(opened)
    paragraphs = {labels[paragraph.id]: paragraph.wording for paragraph in opened}
    moves = [Move(by, label, paragraphs[label].replace(old, new, 1)) for by, label, old, new in source.get("moves", [])]
    moves += _wherever_they_occur(paragraphs, source.get("lines", []))
    return Example(
        source["title"],
        source["kind"],
        source["language"],
        pasted,
        paragraphs,
        moves[:most],
        {code: [row[n] for row in rows] for n, code in enumerate(LANGUAGES, 1)} if rows else {},
    )


def _wherever_they_occur(paragraphs: dict[str, str], lines: list[list[str]]) -> Iterator[Move]:
    """A proposal in every paragraph with a delegation's words, one per delegation and paragraph."""
    proposed: set[tuple[str, str]] = set()
    for by, old, new in lines:
        for label, wording in paragraphs.items():
            if old in wording and (by, label) not in proposed:
                proposed.add((by, label))
                yield Move(by, label, wording.replace(old, new, 1))
