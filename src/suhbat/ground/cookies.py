"""The one reader of cookies: pages, the live line, the page cache and the choice of language all ask here.

Two readers that disagree on what a header says would let a page that is drawn for a person be kept for everyone.
Where a name is given twice, the first counts, in whatever header it stands.
"""

from collections.abc import Iterable

Headers = Iterable[tuple[bytes, bytes]]
"""Names in small letters, and values, as ASGI gives them."""


def cookie(headers: Headers, name: str) -> str:
    """The value of a cookie; empty where there is none. Odd cookies beside it do no harm."""
    return next(iter(cookies_called(headers, name)), "")


def cookies_called(headers: Headers, name: str) -> list[str]:
    """Every value that is given under a name, in order; also empty ones."""
    values = []
    for header, value in headers:
        if header == b"cookie":
            pairs = (pair.partition("=") for pair in value.decode("latin-1").split(";"))
            values += [given.strip().strip('"') for found, _, given in pairs if found.strip() == name]
    return values
