"""The interface of the search index. An index is built from the almanac and can always be built again.

There are two implementations, with the same results in the same order: `MemoryIndex` on SQLite's FTS5, in the memory
of the process, and `PostgresIndex` on PostgreSQL's full text search, shared by all workers of an installation
(docs/adr/0007). Both receive the words from `tokenizer`, so that neither applies language rules of its own. What a
document is about, such as a state, is one entity token in the index (`entity_tokens`).

The order of results: all words in full in title or names; all words there as the beginning of a word; all words in
full anywhere; the rest. Within each group: states, formats, topics, persons, then meetings and outcomes; newest first.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Protocol

import msgspec

from suhbat.public.search.entity_tokens import tokens_meant
from suhbat.public.search.search_documents import SearchDocument
from suhbat.public.search.tokenizer import GAP, index_terms

MOST_FOUND = 3000
KINDS = ("state", "format", "topic", "person", "meeting", "outcome")

Groups = Sequence[Sequence[str]]
"""For each typed word: the word, and its spelling suggestions if there are any."""


class Index(Protocol):
    """The operations of an index."""

    def put(self, documents: Iterable[SearchDocument]) -> None:
        """Add documents and replace those of the same owners. The documents of one owner must follow one another."""

    def drop(self, owners: Sequence[str]) -> None:
        """Remove the documents of these owners."""

    def find(self, words: Groups, kinds: Sequence[str], most: int = MOST_FOUND) -> list[str]:
        """Return the keys of documents that match every group of words, the best first.

        A document matches a group if one of its words begins with a word of the group. Without `kinds`, documents of
        all kinds are returned.
        """

    def vocabulary(self) -> Sequence[str]:
        """Return the words of names, for spelling suggestions."""


class IndexedDocument(msgspec.Struct, frozen=True):
    """A document as it is put into an index: its words, and what determines its position among the results."""

    key: str
    owner: str
    place: int
    """The position of its kind in the order of results."""
    day: int
    """The day as a number that grows with time, such as 20200811; 0 without a day."""
    names: list[str]
    """Words of title and names."""
    text: list[str]
    spellings: list[str]
    """Words for spelling suggestions."""


def index_document(document: SearchDocument) -> IndexedDocument:
    """Split a document into words, in the same way for every index."""
    return IndexedDocument(
        document.key,
        document.owner,
        KINDS.index(document.kind),
        int(document.day.replace("-", "").ljust(8, "0") or 0),
        index_terms(f"{document.title}\n{document.names}"),
        [*index_terms(document.text), *document.entity_tokens],
        [word for word in index_terms(document.names) if word != GAP],
    )


def tokens_of_group(group: Sequence[str], *, begun: bool) -> list[str]:
    """The tokens of the entities that the words may mean; with `begun`, a word may be the beginning of a name."""
    return sorted({token for word in group for token in tokens_meant(word)[begun]})


def by_owner(documents: Iterable[SearchDocument], limit: int) -> Iterator[dict[str, list[IndexedDocument]]]:
    """Indexed documents by owner, in portions of at most `limit` owners, so that few are in memory at a time."""
    owners = groupby(documents, key=lambda document: document.owner)
    while portion := {
        owner: [index_document(document) for document in of_owner] for owner, of_owner in islice(owners, limit)
    }:
        yield portion
