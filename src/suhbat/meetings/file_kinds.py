"""The kinds of files that are accepted as papers, checked by their content and not only by their name."""

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
"""Accepted suffixes of file names, with the media types for downloads."""
MAX_BYTES = 20 * 1024 * 1024
"""The maximum size of a paper in bytes."""
MAX_NAME_LENGTH = 120
CHUNK = 256 * 1024
"""Characters that are checked at a time: a regular expression blocks all other threads until it ends."""
_SIGNATURES = {".pdf": b"%PDF-", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}


def suffix_of(file_name: str) -> str:
    """The suffix of a file name in lower case."""
    return PurePosixPath(file_name.replace("\\", "/")).suffix.lower()


def content_matches(path: Path, suffix: str) -> bool:
    """Whether the content of a file is of the kind that its suffix names. Nothing is extracted."""
    if signature := _SIGNATURES.get(suffix):
        with path.open("rb") as file:
            return file.read(len(signature)) == signature
    if suffix == ".txt":
        return _is_text(path)
    return _is_zip_document(path, suffix)


def clean_name(file_name: str) -> str:
    """A file name that is safe on any system: no folders, no control or bidi characters, not hidden, not too long."""
    base = unicodedata.normalize("NFC", file_name).replace("\\", "/").rpartition("/")[2]
    cleaned = fitted(base, Place.FILE_NAME)
    stem = re.sub(r'[<>:"|?*]+', "-", cleaned).strip(" .")
    suffix = suffix_of(stem)
    name = stem[: len(stem) - len(suffix)].strip(" .")[: MAX_NAME_LENGTH - len(suffix)].strip(" .")
    return (name or "paper") + suffix


def _is_text(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return all(fits(chunk, Place.TEXT_FILE) for chunk in iter(partial(file.read, CHUNK), ""))
    except UnicodeDecodeError:
        return False


def _is_zip_document(path: Path, suffix: str) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if suffix == ".docx":
                macros = any(name.lower().endswith("vbaproject.bin") for name in names)
                return {"[Content_Types].xml", "word/document.xml"} <= names and not macros
            if suffix == ".odt" and "mimetype" in names:
                with package.open("mimetype") as file:
                    return file.read(100).decode("ascii", "replace") == KINDS[".odt"]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return False
    return False
