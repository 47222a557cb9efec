"""The three negotiations of `data/negotiations`, as tests, the benchmark and demonstrations play them."""

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
    """One proposal: other words in one paragraph."""

    by: str
    label: str
    wording: str


@dataclass(frozen=True)
class Given:
    """A paragraph as it is opened."""

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
    """By label, the wordings with which it opens."""
    moves: list[Move]
    versions: dict[str, list[str]] = field(default_factory=dict)


def example(name: str, most: int = 200) -> Example:
    """Read one; `most` proposals at most."""
    held: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    rows: list[list[str]] = held.get("rows", [])
    pasted = held.get("paragraphs") or "\n\n".join(row[0] for row in rows)
    given = [Given(each.id, each.kind, each.wording) for each in read_paragraphs(pasted)]
    labels = numbers(given)
    paragraphs = {labels[each.id]: each.wording for each in given}
    moves = [Move(by, label, paragraphs[label].replace(old, new, 1)) for by, label, old, new in held.get("moves", [])]
    moves += _along(paragraphs, held.get("lines", []))
    return Example(
        held["title"],
        held["kind"],
        held["language"],
        pasted,
        paragraphs,
        moves[:most],
        {code: [row[n] for row in rows] for n, code in enumerate(LANGUAGES, 1)} if rows else {},
    )


def _along(paragraphs: dict[str, str], lines: list[list[str]]) -> Iterator[Move]:
    """What delegations ask for wherever their words occur, one wording per delegation and paragraph."""
    asked: set[tuple[str, str]] = set()
    for by, old, new in lines:
        for label, wording in paragraphs.items():
            if old in wording and (by, label) not in asked:
                asked.add((by, label))
                yield Move(by, label, wording.replace(old, new, 1))
