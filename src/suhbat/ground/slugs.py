"""The last part of an address, made from a title: lower-case letters, digits and hyphens."""

import re
import unicodedata


def slug_of(title: str, longest: int) -> str:
    """A title as the last part of an address, with at most `longest` characters; empty without Latin letters or digits.

    Accents are dropped.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:longest].strip("-")
