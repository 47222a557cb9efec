"""Files kept under their own SHA-256 in the data folder: the record holds the hash, the folder the bytes."""

import hashlib
import os
from pathlib import Path


def keep(data: Path, content: bytes) -> str:
    """Keep bytes; the same bytes are kept once. Returns their SHA-256 in hex."""
    name = hashlib.sha256(content).hexdigest()
    path = where(data, name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    return name


def where(data: Path, name: str) -> Path:
    """The file of a hash."""
    if len(name) != 64 or not all(c in "0123456789abcdef" for c in name):  # noqa: PLR2004  (SHA-256 in hex)
        raise ValueError("not a SHA-256 in hex")
    return data / "papers" / name[:2] / name
