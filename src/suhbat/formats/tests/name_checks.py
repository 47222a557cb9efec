"""Checks of names for tests: their letters, and their source or mark."""

import re
from typing import Any

from suhbat.formats.collation import ALPHABETS
from suhbat.formats.name_tables import UNCONFIRMED

LATIN_IN_EVERY_LANGUAGE = {"C", "Z", "CA", "UK", "EU", "GCC", "SCO", "OTS"}
"""Letters that stay Latin everywhere: C5+1, Z5+1, CA5+UK, and organisations with English initials in Japanese."""
MORE = {"ru": "ё", "uz": "ʻʼ"}
SOURCE = re.compile(r"\w\.[a-z]{2,}|CLDR|iso-codes|the record's own name")
JAPANESE = re.compile(r"[\u3041-\u309f\u30a1-\u30ff\u4e00-\u9fff々]+")


def foreign_words(text: str, language: str) -> list[str]:
    """Words of a name with a letter that its language does not have, such as a Latin a in a Cyrillic word."""
    words = set(re.findall(r"[^\W\d_]+", text)) - LATIN_IN_EVERY_LANGUAGE
    if language == "ja":
        return sorted(word for word in words if not JAPANESE.fullmatch(word))
    letters = set("".join(ALPHABETS[language])) | set(MORE.get(language, ""))
    return sorted(word for word in words if not set(word.casefold()) <= letters)


def is_sourced(name: dict[str, Any]) -> bool:
    """Whether a name has a page or a table as its source, or is marked as to be confirmed."""
    source = str(name.get("source", ""))
    return UNCONFIRMED in source or SOURCE.search(source) is not None
