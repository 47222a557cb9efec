"""Comments of our Word files: dated like the file, and numbered so that no word processor mixes them up."""

from datetime import datetime
from typing import Any

from docx.oxml.ns import qn

FIRST = 1_000
"""LibreOffice loses the words of footnotes that have the number of a comment: ours begin far behind any footnote."""
_MARKS = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")


def settle_comments(document: Any, made: datetime) -> None:
    """Give the comments of a document their numbers and its date (UTC), so that the same state gives the same file."""
    comments = document.part._comments_part.element  # noqa: SLF001  (python-docx dates comments by the clock alone)
    for each in comments.iter(qn("w:comment")):
        each.set(qn("w:date"), made.strftime("%Y-%m-%dT%H:%M:%SZ"))
    marked = (each for tag in _MARKS for each in document.element.body.iter(qn(tag)))
    for each in [*comments.iter(qn("w:comment")), *marked]:
        each.set(qn("w:id"), str(FIRST + int(each.get(qn("w:id")))))
