"""Writing the files of the public record: the same content always gives the same bytes."""

import hashlib
import re
import zlib
from base64 import b64decode, b64encode
from typing import Any

import yaml

WIDTH = 115
"""Columns at which the files of the public record fold their lines."""
MOST_TEXT = 1_000_000
_MONTH = re.compile(r"^\d{4}-\d{2}$")


class _Writer(yaml.CSafeDumper):
    """Quotes months too, which YAML would leave bare: every date of the record is a quoted text."""


def _text(writer: _Writer, value: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style="'" if _MONTH.match(value) else None)


_Writer.add_representer(str, _text)


def file_text(content: Any) -> str:
    """Content as a file of the public record."""
    written: str = yaml.dump(content, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH)
    return written


def sha256(text: str) -> str:
    """The hash of a file's bytes, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def pack(text: str) -> str:
    """A text as an entry carries it where the content alone would not give it back."""
    return b64encode(zlib.compress(text.encode(), 9)).decode()


def unpack(packed: str) -> str:
    """What `pack` made. Refuses (ValueError) what would unfold beyond a megabyte."""
    machine = zlib.decompressobj()
    raw = machine.decompress(b64decode(packed), MOST_TEXT)
    if not machine.eof:
        raise ValueError("too long")
    return raw.decode()
