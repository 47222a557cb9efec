"""Entity tokens: a state, topic or kind is one token in the index, instead of its names in every language.

Otherwise a pledge by Japan to six states would have two hundred words in the index, and for a record a hundred times
as large the names of a few states would fill half a gigabyte. The names are stored here once. A word of a query is
searched as itself, and as the token of every entity that it names.
"""

from bisect import bisect_left, insort
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

from suhbat.public.search.tokenizer import GAP, is_run, words_of

TokensMeant = tuple[frozenset[str], frozenset[str]]
"""Tokens of the entities that have the word as a full word of a name, and of those with a word that begins with it."""

_lock = Lock()
_tokens: dict[tuple[str, str], str] = {}
_words: list[tuple[str, str]] = []
"""Words of names with their tokens, in alphabetical order."""
_runs: list[tuple[str, str]] = []
"""The same for runs of Japanese or Chinese characters."""


def entity_token(kind: str, code: str, names: Callable[[str], str]) -> str:
    """The token of an entity, such as the state `JP`. `names` returns its names and is called only once."""
    token = _tokens.get((kind, code))
    if token is None:
        # No word of a query contains this character, so nobody can search for a token directly.
        token = GAP + kind + "".join(character for character in code.casefold() if character.isalnum())
        pairs = {(word, token) for word in words_of(names(code))}
        with _lock:
            for pair in pairs:
                insort(_runs if is_run(pair[0]) else _words, pair)
            _tokens[kind, code] = token
            tokens_meant.cache_clear()
    return token


@lru_cache(maxsize=2048)
def tokens_meant(word: str) -> TokensMeant:
    """The tokens of the entities that a word may mean."""
    with _lock:
        if is_run(word):
            matches = frozenset(token for run, token in _runs if word in run)
            return matches, matches
        whole, begun = set(), set()
        for position in range(bisect_left(_words, (word, "")), len(_words)):
            name, token = _words[position]
            if not name.startswith(word):
                break
            begun.add(token)
            if name == word:
                whole.add(token)
    return frozenset(whole), frozenset(begun)
