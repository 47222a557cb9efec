"""English words on a page of another language: the visible texts, less those that people typed or that have a `lang`.

A text in an element that names another language (`lang="en"`) is marked as such. What people typed (titles, statements,
names) stands in the entries of the record, and is taken out. The rest are interface texts.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import icalendar
import lxml.html
import pypdf
from scripts import translation_catalogues
from scripts.translation_forms import bare

PROGRAM_WORDS = re.compile(r"\b\w+:[\w:/.,-]*\w")
"""Addresses, and the filters of the search (`state:unknown`): the same in every language."""
LATIN = re.compile(r"(?<![\w.@/-])[A-Za-z][A-Za-z'’-]+(?![\w@/:])")
IN_CYRILLIC = {"ru", "kk", "ky", "tg", "ja"}
"""Languages in which every word in Latin letters is foreign; `tk` and `uz` are written in them."""
SILENT = {"script", "style", "datalist", "code", "svg", "noscript"}
SPOKEN = ("aria-label", "title", "placeholder", "alt")
"""Attributes that are shown or read aloud."""
SHORTEST = 3


@cache
def english_alone(code: str) -> frozenset[str]:
    """Words of the English texts that the texts of a language never use."""
    english: set[str] = set()
    own: set[str] = set()
    for message in translation_catalogues.read(code):
        if message.id:
            english |= _words([message.id] if isinstance(message.id, str) else message.id)
            own |= _words([message.string] if isinstance(message.string, str) else message.string)
    return frozenset(english - own)


def foreign(text: str, code: str) -> list[str]:
    """The English words of a text in a language."""
    words = [word for word in LATIN.findall(text) if len(word) >= SHORTEST]
    return words if code in IN_CYRILLIC else [word for word in words if word.casefold() in english_alone(code)]


def visible_texts(page: str, code: str) -> Iterator[str]:
    """Every text that a page shows or reads aloud in its own language."""
    whole: Any = lxml.html.fromstring(page)
    for node in whole.iter():
        if not isinstance(node.tag, str):
            continue
        if _speaks(node, code):
            yield from (node.get(name) for name in SPOKEN if node.get(name))
            if node.tag == "meta" and node.get("name") == "description":
                yield node.get("content")
            yield node.text or ""
        if (parent := node.getparent()) is not None and _speaks(parent, code):
            yield node.tail or ""


def _speaks(node: Any, code: str) -> bool:
    """Whether an element is visible and in the page's language."""
    outwards = [node, *node.iterancestors()]
    if any(element.tag in SILENT for element in outwards):
        return False
    return next((element.get("lang") for element in outwards if element.get("lang")), code) == code


def without(text: str, typed: Iterable[str]) -> str:
    """A text less names, addresses, filters, and what people typed, the longest first."""
    text = bare(PROGRAM_WORDS.sub(" ", text))
    for phrase in typed:
        if phrase in text:
            text = text.replace(phrase, " ")
    return text


def typed_in(bodies: Iterable[dict[str, Any]]) -> list[str]:
    """Every text that people typed, from the bodies of entries, the longest first; long texts line by line."""

    def texts(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for inner in value.values():
                yield from texts(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from texts(inner)
        elif isinstance(value, str):
            yield from (line.strip() for line in value.splitlines())

    return sorted({text for body in bodies for text in texts(body) if len(text) >= SHORTEST}, key=len, reverse=True)


def words_of_file(content: bytes) -> str:
    """The words of a PDF, a Word or Excel file, a calendar (without those for programs) or a plain file."""
    if content.startswith(b"BEGIN:VCALENDAR"):
        return _words_of_calendar(content)
    if content.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = "xl/worksheets/sheet1.xml" if "xl/workbook.xml" in archive.namelist() else "word/document.xml"
            document = archive.read(part).decode()
        return re.sub(r"<[^>]+>", " ", re.sub("</w:p>|</c>", "\n", document))
    return content.decode("utf-8", "replace")


def _words_of_calendar(content: bytes) -> str:
    calendar = icalendar.Calendar.from_ical(content)
    texts = [calendar.get("X-WR-CALNAME", ""), calendar.get("X-WR-CALDESC", "")]
    for event in calendar.walk("VEVENT"):
        texts += [event.get(name, "") for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "COMMENT")]
        texts += [attendee.params.get("CN", "") for attendee in _listed(event.get("ATTENDEE"))]
    return "\n".join(str(text) for text in texts)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _words(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in LATIN.findall(re.sub(r"%\(\w+\)[sd]|<[^>]+>", " ", text))}
