"""What a text is made of: its plural forms, its placeholders and marks, and the words between them."""

import re
from functools import cache

from babel.messages import Message
from scripts import translation_catalogues

CARRIED = re.compile(r"%\(\w+\)[sdi]|%[sd%]|\{\w*\}|</?\w+[^>]*>|`[^`]+`")
"""What a translation takes over as it is: placeholders, tags and code."""
ADDRESS = re.compile(r"https?://\S+|/[a-z][\w/.-]+")
LETTER = "[0-9A-Za-z\u00c0-\u024f\u0400-\u04ff]"
"""What a name cannot touch. Japanese, which parts no words, may."""
NAMES = translation_catalogues.LOCALE / "names.txt"


def english(message: Message) -> list[str]:
    """The English of a text; of a counted one the singular and the plural."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def said(message: Message) -> list[str]:
    """What a language says for a text, a string for each plural form; nothing where a form is still empty."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string)
    return [form for form in forms if form]


def carried(text: str) -> list[str]:
    """The placeholders, tags and code in a text, in alphabetical order: languages put them in their own."""
    return sorted(CARRIED.findall(text))


def bare(text: str) -> str:
    """A text without placeholders, tags, code, names and addresses: what is written in words of the language."""
    return ADDRESS.sub(" ", _every_name().sub(" ", CARRIED.sub(" ", text)))


@cache
def names() -> tuple[str, ...]:
    """What stands as it is in every language: `src/suhbat/locale/names.txt`."""
    lines = [line.strip() for line in NAMES.read_text("utf-8").splitlines()]
    return tuple(line for line in lines if line and not line.startswith("# "))


@cache
def _every_name() -> re.Pattern[str]:
    longest_first = sorted(names(), key=len, reverse=True)
    any_of = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?<!{LETTER})(?:{any_of})(?!{LETTER})", re.IGNORECASE)
