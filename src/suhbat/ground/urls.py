"""Addresses on this server, for redirects: the guard against open redirects."""

import re
from urllib.parse import urlsplit

_WITHIN = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f]*")
"""One slash, not two, and no backslash, control character or space: browsers read some of these as another host."""


def local_address(then: str, otherwise: str = "") -> str:
    """An address on this server, from a form or a link; `otherwise` if it leads elsewhere."""
    if not _WITHIN.fullmatch(then) or not then.isprintable():
        return otherwise
    try:
        parts = urlsplit(then)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else then
