"""Files kept under their own SHA-256 in the data folder: the record holds the hash, the folder the bytes."""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from suhbat.ground.ids import new_id


def keep(data: Path, content: bytes) -> str:
    """Keep bytes; the same bytes are kept once. Returns their SHA-256 in hex."""
    name = hashlib.sha256(content).hexdigest()
    path = where(data, name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(f".{os.getpid()}.new")
        try:
            with fresh.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError:
            fresh.unlink(missing_ok=True)  # a full disk is not filled further by halves
            raise
    return name


def where(data: Path, name: str) -> Path:
    """The file of a hash."""
    if len(name) != 64 or not all(c in "0123456789abcdef" for c in name):  # noqa: PLR2004  (SHA-256 in hex)
        raise ValueError("not a SHA-256 in hex")
    return data / "papers" / name[:2] / name


@dataclass(frozen=True)
class Held:
    """A file that came with an act which is not decided yet: it stays for as long as someone holds it."""

    data: Path
    sha256: str
    mark: Path


def hold(data: Path, content: bytes) -> Held:
    """Keep bytes for an act that may still be refused; `let_go` afterwards."""
    path = where(data, hashlib.sha256(content).hexdigest())
    with _alone(data):
        path.parent.mkdir(parents=True, exist_ok=True)
        mark = path.with_name(f"{path.name}.held-{new_id()}")
        mark.touch()
        try:
            keep(data, content)
        except OSError:
            mark.unlink()
            raise
    return Held(data, path.name, mark)


def let_go(held: Held, stands: Callable[[str], bool]) -> None:
    """The act is decided. The file goes unless `stands` says that the record names it, or another act holds it."""
    with _alone(held.data):
        held.mark.unlink(missing_ok=True)
        path = where(held.data, held.sha256)
        if not any(path.parent.glob(f"{path.name}.held-*")) and not stands(held.sha256):
            path.unlink(missing_ok=True)


PREVIEW_LASTS = 3600
"""Seconds for which a file that was only looked at is kept."""


def keep_for_a_while(data: Path, content: bytes) -> str:
    """Keep bytes that somebody only looks at; they go by themselves. Returns their SHA-256 in hex."""
    folder = data / "previews"
    folder.mkdir(parents=True, exist_ok=True)
    oldest = time.time() - PREVIEW_LASTS
    for path in folder.iterdir():
        with suppress(OSError):  # another process may be clearing away too
            if path.stat().st_mtime < oldest:
                path.unlink()
    name = hashlib.sha256(content).hexdigest()
    fresh = folder / f"{name}.{new_id()}.new"
    fresh.write_bytes(content)
    fresh.replace(folder / name)
    return name


def looked_at(data: Path, name: str) -> bytes | None:
    """The bytes that were looked at a short while ago; None where they are gone."""
    try:
        content = (data / "previews" / where(data, name).name).read_bytes()
    except (OSError, ValueError):
        return None
    return content if hashlib.sha256(content).hexdigest() == name else None


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One process and thread at a time: nobody takes away a file that another is just bringing."""
    folder = data / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
