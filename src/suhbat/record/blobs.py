"""Files kept under their own SHA-256 in the data folder: the record holds the hash, the folder the bytes.

Whatever is given out is hashed first. Nothing is remembered of the last look: a file has 20 MB at most and is read
whole in any case, a hash of that takes less than a tenth of a second in a thread, and whoever can change a file can
also set its size and its time.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from suhbat.ground.ids import new_id


class LostError(Exception):
    """A file is not there, or is not what its hash says. The text says which of the two."""


def read(data: Path, name: str) -> bytes:
    """The bytes of a hash, and never any others."""
    try:
        content = where(data, name).read_bytes()
    except OSError as fault:
        raise LostError(_unread(fault)) from fault
    if hashlib.sha256(content).hexdigest() != name:
        raise LostError(CHANGED)
    return content


CHANGED = "was changed"


def fault_of(data: Path, name: str) -> str:
    """What is wrong with the file of a hash, however large it is; empty if nothing is."""
    try:
        with where(data, name).open("rb") as file:
            return "" if hashlib.file_digest(file, "sha256").hexdigest() == name else CHANGED
    except OSError as fault:
        return _unread(fault)


def _unread(fault: OSError) -> str:
    return "is missing" if isinstance(fault, FileNotFoundError) else f"cannot be read ({fault.strerror})"


def names(data: Path) -> Iterator[str]:
    """The name of every file that is kept here."""
    for path in (data / "papers").glob("??/*"):
        if _is_name(path.name):
            yield path.name


def keep(data: Path, content: bytes) -> str:
    """Keep bytes; the same bytes are kept once, and anew where the file was changed. Returns their SHA-256 in hex."""
    name = hashlib.sha256(content).hexdigest()
    path = where(data, name)
    if fault_of(data, name):
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
    if not _is_name(name):
        raise ValueError("not a SHA-256 in hex")
    return data / "papers" / name[:2] / name


def _is_name(text: str) -> bool:
    return len(text) == 64 and all(c in "0123456789abcdef" for c in text)  # noqa: PLR2004  (SHA-256 in hex)


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
