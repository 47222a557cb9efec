"""Comments of our Word files: dated like the file, and numbered so that no word processor mixes them up."""

from datetime import datetime
from typing import Any

from docx.oxml.ns import qn

FIRST = 1_000
"""LibreOffice loses the words of footnotes that have the number of a comment: ours begin far behind any footnote."""
_MARKS = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")


def settle_comments(document: Any, file_time: datetime) -> None:
    """Give the comments of a document their numbers and its date (UTC), so that the same state gives the same file."""
    comments = document.part._comments_part.element  # noqa: SLF001  (python-docx dates comments by the clock alone)
    for comment in comments.iter(qn("w:comment")):
        comment.set(qn("w:date"), file_time.strftime("%Y-%m-%dT%H:%M:%SZ"))
    marked = (element for tag in _MARKS for element in document.element.body.iter(qn(tag)))
    for element in [*comments.iter(qn("w:comment")), *marked]:
        element.set(qn("w:id"), str(FIRST + int(element.get(qn("w:id")))))
