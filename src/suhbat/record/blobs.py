"""Files stored under their own SHA-256 in the data folder: the record has the hash, the folder the bytes.

A file is hashed every time before it is served. The result is not cached: a file has at most 20 MB and is read whole in
any case, its hash takes less than a tenth of a second in a thread, and a person who can change a file can also set its
size and its time.
"""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from suhbat.ground.ids import new_id


class LostError(Exception):
    """A file is missing or was changed. The message says which."""


def read(data: Path, name: str) -> bytes:
    """The bytes with this hash. Raises `LostError` if the file is missing or was changed."""
    try:
        content = path_of(data, name).read_bytes()
    except OSError as fault:
        raise LostError(_unread(fault)) from fault
    if hashlib.sha256(content).hexdigest() != name:
        raise LostError(CHANGED)
    return content


CHANGED = "was changed"


def fault_of(data: Path, name: str) -> str:
    """What is wrong with the file of a hash; empty if nothing is. A large file is not loaded into memory."""
    try:
        with path_of(data, name).open("rb") as file:
            return "" if hashlib.file_digest(file, "sha256").hexdigest() == name else CHANGED
    except OSError as fault:
        return _unread(fault)


def _unread(fault: OSError) -> str:
    return "is missing" if isinstance(fault, FileNotFoundError) else f"cannot be read ({fault.strerror})"


def names(data: Path) -> Iterator[str]:
    """The hashes of all stored files."""
    for path in (data / "papers").glob("??/*"):
        if _is_name(path.name):
            yield path.name


def store(data: Path, content: bytes) -> str:
    """Store bytes and return their SHA-256 in hex. Equal bytes are stored once; a file that was changed is replaced."""
    name = hashlib.sha256(content).hexdigest()
    path = path_of(data, name)
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
            fresh.unlink(missing_ok=True)  # no partial file stays on a full disk
            raise
    return name


def path_of(data: Path, name: str) -> Path:
    """The path of the file with this hash."""
    if not _is_name(name):
        raise ValueError("not a SHA-256 in hex")
    return data / "papers" / name[:2] / name


def _is_name(text: str) -> bool:
    return len(text) == 64 and all(c in "0123456789abcdef" for c in text)  # noqa: PLR2004  (SHA-256 in hex)


@dataclass(frozen=True)
class Held:
    """A file of an act that is not decided yet. The file is not deleted as long as an act holds it."""

    data: Path
    sha256: str
    mark: Path


def hold(data: Path, content: bytes) -> Held:
    """Store bytes for an act that may still be refused. The caller calls `let_go` afterwards."""
    path = path_of(data, hashlib.sha256(content).hexdigest())
    with _alone(data):
        path.parent.mkdir(parents=True, exist_ok=True)
        mark = path.with_name(f"{path.name}.held-{new_id()}")
        mark.touch()
        try:
            store(data, content)
        except OSError:
            mark.unlink()
            raise
    return Held(data, path.name, mark)


def let_go(held: Held, stands: Callable[[str], bool]) -> None:
    """The act is decided: delete the file unless the record names it (`stands`) or another act holds it."""
    with _alone(held.data):
        held.mark.unlink(missing_ok=True)
        path = path_of(held.data, held.sha256)
        if not any(path.parent.glob(f"{path.name}.held-*")) and not stands(held.sha256):
            path.unlink(missing_ok=True)


PREVIEW_LASTS = 3600
"""Seconds for which a previewed file is stored."""


def store_preview(data: Path, content: bytes, now: datetime) -> str:
    """Store the bytes of a preview and return their SHA-256 in hex. Those older than `PREVIEW_LASTS` are deleted."""
    folder = data / "previews"
    folder.mkdir(parents=True, exist_ok=True)
    oldest = now.timestamp() - PREVIEW_LASTS
    for path in folder.iterdir():
        with suppress(OSError):  # another process may be deleting the same file
            if path.stat().st_mtime < oldest:
                path.unlink()
    name = hashlib.sha256(content).hexdigest()
    fresh = folder / f"{name}.{new_id()}.new"
    fresh.write_bytes(content)
    os.utime(fresh, (now.timestamp(), now.timestamp()))
    fresh.replace(folder / name)
    return name


def read_preview(data: Path, name: str) -> bytes | None:
    """The bytes of a recent preview; None if they were deleted."""
    try:
        content = (data / "previews" / path_of(data, name).name).read_bytes()
    except (OSError, ValueError):
        return None
    return content if hashlib.sha256(content).hexdigest() == name else None


def drop_preview(data: Path, name: str) -> None:
    """Delete a preview that was acted upon."""
    (data / "previews" / path_of(data, name).name).unlink(missing_ok=True)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """One process and thread at a time, so that nobody deletes a file that another stores at this moment."""
    folder = data / "papers"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
