"""Writes the files of the public record. The same content always gives the same bytes."""

import hashlib
import re
import zlib
from base64 import b64decode, b64encode
from typing import Any

import yaml

WIDTH = 115
"""Columns at which lines are wrapped."""
MOST_TEXT = 1_000_000
_MONTH = re.compile(r"^\d{4}-\d{2}$")


class _Writer(yaml.CSafeDumper):
    """Quotes months too, which YAML would not: every date in the files is in quotes."""


def _text(writer: _Writer, value: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style="'" if _MONTH.match(value) else None)


_Writer.add_representer(str, _text)


def file_text(content: Any) -> str:
    """The text of a file with this content."""
    text: str = yaml.dump(content, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH)
    return text


def sha256(text: str) -> str:
    """The hash of a file's bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def compress_text(text: str) -> str:
    """A text, compressed and in base 64, as an entry has it."""
    return b64encode(zlib.compress(text.encode(), 9)).decode()


def decompress_text(compressed: str) -> str:
    """The text that `compress_text` compressed. Raises ValueError if it has more than a megabyte."""
    decompressor = zlib.decompressobj()
    raw = decompressor.decompress(b64decode(compressed), MOST_TEXT)
    if not decompressor.eof:
        raise ValueError("too long")
    return raw.decode()
