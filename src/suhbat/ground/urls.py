"""Addresses within this house, for what leads a reader on: the one guard against being led out of it."""

import re
from urllib.parse import urlsplit

_WITHIN = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]*")
"""One slash, not two, no backslash and no control or blank: browsers read some of these as another host."""


def local(then: str, otherwise: str = "") -> str:
    """An address of this house to go on to, as a form or a link gave it; anything else is passed over."""
    if not _WITHIN.fullmatch(then) or not then.isprintable():
        return otherwise
    try:
        parts = urlsplit(then)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else then
