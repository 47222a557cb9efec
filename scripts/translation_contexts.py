"""Short English texts in two packages: each needs a context, or a line in the list of those with one meaning."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from scripts import translation_catalogues, translation_forms

LETTER = re.compile(r"[^\W\d_]")
LIST = translation_catalogues.LOCALE / "one-meaning.txt"
MOST_WORDS = 2
"""Longer texts have one meaning: their words show which."""


def one_meaning(path: Path = LIST) -> list[str]:
    """The texts that were read in every place and mean the same in each."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def faults(template: Catalog, listed: Collection[str]) -> Iterator[str]:
    """Texts that may have two meanings, and lines of the list that are no longer needed."""
    without_context = [message for message in template if message.id and not message.context]
    doubtful = {translation_catalogues.one_id(message) for message in without_context if _is_doubtful(message)}
    for text in sorted(doubtful - set(listed)):
        yield f"{text!r} is used in two packages: give it a context, or list it in {LIST.name} once both are read"
    for text in sorted(set(listed) - doubtful):
        yield f"{text!r} needs no line in {LIST.name}"
    if list(listed) != sorted(set(listed)):
        yield f"{LIST.name} is not in order"


def _is_doubtful(message: Message) -> bool:
    packages = {Path(file).parts[0] for file, _line in message.locations}
    words = [
        word for word in translation_forms.bare(translation_catalogues.one_id(message)).split() if LETTER.search(word)
    ]
    return len(packages) > 1 and 0 < len(words) <= MOST_WORDS
