"""Reading cookies, in one way for pages, live connections, the page cache and the choice of language.

If two of them read a header differently, a page for one person could be cached for everyone. If a name is given twice,
the first value counts, in whatever header it is.
"""

from collections.abc import Iterable

Headers = Iterable[tuple[bytes, bytes]]
"""Names in lower case, and values, as ASGI has them."""


def cookie(headers: Headers, name: str) -> str:
    """The value of a cookie; empty if there is none. Malformed cookies beside it are ignored."""
    return next(iter(cookie_values(headers, name)), "")


def cookie_values(headers: Headers, name: str) -> list[str]:
    """All values of a cookie name, in order, including empty ones."""
    values = []
    for header, value in headers:
        if header == b"cookie":
            pairs = (pair.partition("=") for pair in value.decode("latin-1").split(";"))
            values += [text.strip().strip('"') for key, _, text in pairs if key.strip() == name]
    return values
