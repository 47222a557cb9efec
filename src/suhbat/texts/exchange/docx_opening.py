"""Opening a Word file that somebody sent: only the parts that are needed, within limits that protect the server."""

import io
import zipfile
from typing import Any

from lxml import etree

from suhbat.ground.language import lazy
from suhbat.ground.refusals import Refused, invalid

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_PARAGRAPHS = 3_000
"""About 300 pages: no joint statement is longer."""
PARTS = ("word/document.xml", "word/comments.xml", "word/footnotes.xml", "word/endnotes.xml")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _refused(why: Any) -> Refused:
    return invalid(file=why)


def parts_of(content: bytes) -> dict[str, Any]:
    """The document, its comments and its notes as XML trees, by name; what is no Word file or too large is refused."""
    if len(content) > MOST_BYTES:
        raise _refused(lazy("This file is larger than 20 MB."))
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as fault:
        raise _refused(lazy("This is no Word file (.docx).")) from fault
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _refused(lazy("This file unpacks to far more than any text: it was not opened."))
    if "word/document.xml" not in archive.namelist():
        raise _refused(lazy("This is no Word file (.docx)."))
    names = [name for name in PARTS if name in archive.namelist()]
    trees: dict[str, Any] = {name: _tree(archive, name) for name in names}
    if sum(1 for _ in trees["word/document.xml"].iter(f"{W}p")) > MOST_PARAGRAPHS:
        raise _refused(lazy("This file has more than 3,000 paragraphs. Send the part that belongs to this text."))
    return trees


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    try:
        with archive.open(name) as part:
            content = part.read(MOST_UNPACKED + 1)
        if len(content) > MOST_UNPACKED:
            raise _refused(lazy("This file unpacks to far more than any text: it was not opened."))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
        root = etree.fromstring(content, parser)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, RuntimeError, OSError, EOFError) as fault:
        raise _refused(lazy("This Word file is damaged and cannot be read.")) from fault
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise _refused(lazy("This Word file is damaged and cannot be read."))
    return root
