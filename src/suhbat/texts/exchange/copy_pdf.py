"""A copy as PDF/A, set by typst: a document one would frame; the same copy is the same bytes."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from suhbat.ground.static_files import STATIC
from suhbat.texts.exchange.printed_copy import printed_number
from suhbat.texts.wording.numbering import tied

TEMPLATE = Path(__file__).parent / "paper" / "statement.typ"
FONTS = STATIC / "fonts"
"""The typefaces that the front-end build lays down; without them those of the machine are used."""


def pdf(copy: dict[str, Any], file_time: datetime) -> bytes:
    """Set a copy (see `suhbat.texts.exchange.printed_copy`) as PDF, dated `file_time`."""
    numbered_copy = dict(copy)
    numbered_copy["paragraphs"] = [
        paragraph | {"number": printed_number(paragraph), "wording": tied(paragraph["wording"])}
        for paragraph in copy["paragraphs"]
    ]
    document = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[FONTS] if FONTS.is_dir() else [],
        ignore_system_fonts=FONTS.is_dir(),
        sys_inputs={"data": json.dumps(numbered_copy, ensure_ascii=False)},
        # Archivable and accessible, as typst claims it; no independent checker was at hand to confirm that.
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(file_time.timestamp()),
    )
    assert isinstance(document, bytes)
    return document
