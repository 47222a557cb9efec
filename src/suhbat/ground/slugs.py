"""The last part of an address, made of a title: small letters, figures and hyphens."""

import re
import unicodedata


def slug_of(title: str, longest: int) -> str:
    """A title as the last part of an address, at most so many characters; empty where it has no Latin letter or figure.

    Accents are dropped.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:longest].strip("-")
