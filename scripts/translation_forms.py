"""The parts of a text: its plural forms, its placeholders and tags, and the words between them."""

import re
from functools import cache

from babel.messages import Message
from scripts import translation_catalogues

CARRIED = re.compile(r"%\(\w+\)[sdi]|%[sd%]|\{\w*\}|</?\w+[^>]*>|`[^`]+`")
"""What a translation has unchanged: placeholders, tags and code."""
ADDRESS = re.compile(r"https?://\S+|/[a-z][\w/.-]+")
LETTER = "[0-9A-Za-z\u00c0-\u024f\u0400-\u04ff]"
"""Letters that cannot stand next to a name. Japanese ones may, as Japanese does not separate words."""
NAMES = translation_catalogues.LOCALE / "names.txt"


def english(message: Message) -> list[str]:
    """The English of a text; the singular and the plural of a counted one."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def translated(message: Message) -> list[str]:
    """The translation of a text, a string for each plural form that is not empty."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string)
    return [form for form in forms if form]


def carried(text: str) -> list[str]:
    """The placeholders, tags and code in a text, in alphabetical order, as each language has its own order."""
    return sorted(CARRIED.findall(text))


def bare(text: str) -> str:
    """A text without placeholders, tags, code, names and addresses: the words of the language alone."""
    return ADDRESS.sub(" ", _every_name().sub(" ", CARRIED.sub(" ", text)))


@cache
def names() -> tuple[str, ...]:
    """Names that are the same in every language: `src/suhbat/locale/names.txt`."""
    lines = [line.strip() for line in NAMES.read_text("utf-8").splitlines()]
    return tuple(line for line in lines if line and not line.startswith("# "))


@cache
def _every_name() -> re.Pattern[str]:
    longest_first = sorted(names(), key=len, reverse=True)
    any_of = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?<!{LETTER})(?:{any_of})(?!{LETTER})", re.IGNORECASE)
