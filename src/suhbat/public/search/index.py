"""The search index behind one seam: what is put in, and what is found. It is made from the almanac and never kept.

Two indexes stand behind the seam and find the same, in the same order: `MemoryIndex` on SQLite's FTS5, in the process's
own memory, and `PostgresIndex` on PostgreSQL's full text, shared by all workers of a house (docs/adr/0007). Both are
given words as `spelling` cuts them, so that neither has an opinion of its own on languages. What a paper is about, such
as a state, is put in as one mark, and a word of a question is looked for as itself or as a mark (`marks`).

What is found comes in this order: all words in full in title or names; all words begun there; all words in full
anywhere; the rest. Within each: states, formats, topics, persons, then meetings and outcomes; the newest first.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Protocol

import msgspec

from suhbat.public.search.documents import Paper
from suhbat.public.search.entity_tokens import meant
from suhbat.public.search.tokenizer import GAP, terms_of

MOST_FOUND = 3000
KINDS = ("state", "format", "topic", "person", "meeting", "outcome")

Groups = Sequence[Sequence[str]]
"""For each word that was typed: the word, or words it may have meant."""


class Index(Protocol):
    """What search needs of an index."""

    def put(self, papers: Iterable[Paper]) -> None:
        """Add papers, in place of those of the same owners; those of one owner come one after another."""

    def drop(self, owners: Sequence[str]) -> None:
        """Take out what stands and falls with these."""

    def find(self, words: Groups, kinds: Sequence[str], most: int = MOST_FOUND) -> list[str]:
        """Keys of papers that have, for each group of words, one that begins with one of them; the best first.

        `kinds`: of one kind, or of all where none is named.
        """

    def vocabulary(self) -> Sequence[str]:
        """Words of names: what a mistyped word may have meant."""


class Cut(msgspec.Struct, frozen=True):
    """A paper cut into words: what stands first, and what it tells."""

    key: str
    owner: str
    place: int
    """Of its kind in the order of what is found."""
    day: int
    """As a number that grows with time, such as 20200811; 0 for what has no day."""
    names: list[str]
    """Words of title and names."""
    text: list[str]
    spellings: list[str]
    """What a mistyped word may have meant."""


def cut(paper: Paper) -> Cut:
    """Cut a paper into words, once for every index."""
    return Cut(
        paper.key,
        paper.owner,
        KINDS.index(paper.kind),
        int(paper.day.replace("-", "").ljust(8, "0") or 0),
        terms_of(f"{paper.title}\n{paper.names}"),
        [*terms_of(paper.text), *paper.marks],
        [word for word in terms_of(paper.names) if word != GAP],
    )


def marks_of(group: Sequence[str], *, begun: bool) -> list[str]:
    """The marks that words may stand for: those they name in full, or those they begin to name too."""
    return sorted({mark for word in group for mark in meant(word)[begun]})


def by_owner(papers: Iterable[Paper], most: int) -> Iterator[dict[str, list[Cut]]]:
    """Papers cut, by owner, in portions of so many owners at most: a large record never stands in memory as a whole."""
    owners = groupby(papers, key=lambda each: each.owner)
    while portion := {owner: [cut(each) for each in mine] for owner, mine in islice(owners, most)}:
        yield portion
