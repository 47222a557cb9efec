"""Which kinds of file are taken as papers, told by what is in them and not by what they are called."""

import re
import unicodedata
import zipfile
from functools import partial
from pathlib import Path, PurePosixPath

from suhbat.ground.characters import Place, fits, fitted

KINDS = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".txt": "text/plain",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
"""Endings of file names that are taken, and the media types as which they are given out."""
BIGGEST = 20 * 1024 * 1024
"""Bytes of one paper at most."""
LONGEST_NAME = 120
PIECE = 256 * 1024
"""Characters that are looked through at a time: a search lets nobody else work until it is over."""
_STARTS = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}


def ending(file_name: str) -> str:
    """The ending of a file name in small letters."""
    return PurePosixPath(file_name.replace("\\", "/")).suffix.lower()


def is_what_it_says(path: Path, ending_: str) -> bool:
    """Whether a file's content is of the kind that its ending names. Nothing is unpacked."""
    if start := _STARTS.get(ending_):
        with path.open("rb") as file:
            return file.read(len(start)) == start
    if ending_ == ".txt":
        return _is_text(path)
    return _is_package(path, ending_)


def clean_name(file_name: str) -> str:
    """A file name fit for any file system: no folders, no control or direction marks, not hidden, not too long."""
    base = unicodedata.normalize("NFC", file_name).replace("\\", "/").rpartition("/")[2]
    plain = fitted(base, Place.FILE_NAME)
    stem = re.sub(r'[<>:"|?*]+', "-", plain).strip(" .")
    suffix = ending(stem)
    name = stem[: len(stem) - len(suffix)].strip(" .")[: LONGEST_NAME - len(suffix)].strip(" .")
    return (name or "paper") + suffix


def _is_text(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return all(fits(piece, Place.TEXT_FILE) for piece in iter(partial(file.read, PIECE), ""))
    except UnicodeDecodeError:
        return False


def _is_package(path: Path, ending_: str) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if ending_ == ".docx":
                macros = any(name.lower().endswith("vbaproject.bin") for name in names)
                return {"[Content_Types].xml", "word/document.xml"} <= names and not macros
            if ending_ == ".odt" and "mimetype" in names:
                with package.open("mimetype") as said:
                    return said.read(100).decode("ascii", "replace") == KINDS[".odt"]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return False
    return False
