"""A copy as PDF/A: a document one would frame; the same copy is the same bytes."""

from datetime import datetime
from pathlib import Path
from typing import Any

from suhbat.ground import printing
from suhbat.texts.exchange.printed_copy import printed_number
from suhbat.texts.wording.numbering import tied

TEMPLATE = Path(__file__).parent / "paper" / "statement.typ"


def pdf(copy: dict[str, Any], file_time: datetime) -> bytes:
    """Set a copy (see `suhbat.texts.exchange.printed_copy`) as PDF, dated `file_time`."""
    numbered_copy = dict(copy)
    numbered_copy["paragraphs"] = [
        paragraph | {"number": printed_number(paragraph), "wording": tied(paragraph["wording"])}
        for paragraph in copy["paragraphs"]
    ]
    return printing.pdf(TEMPLATE, numbered_copy, file_time, copy["language"])
