"""A summary record as PDF/A; reproducible byte for byte."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from suhbat.ground import printing

TEMPLATE = Path(__file__).parent / "paper" / "minutes.typ"
LANGUAGE_TAG = re.compile(r"^[a-z]{2,3}$")


def pdf_of(view: dict[str, Any], created: datetime) -> bytes:
    """The print view (see `suhbat.minutes.print_view`) as PDF; `created` is the date in the file."""
    return printing.pdf(TEMPLATE, _with_typst_languages(view), created, view["language"])


def _with_typst_languages(view: dict[str, Any]) -> dict[str, Any]:
    """The view with language codes that typst accepts, of two or three letters; any other code becomes English."""
    statements = [
        {**statement, "language": statement["language"] if LANGUAGE_TAG.match(statement["language"]) else "en"}
        for statement in view["statements"]
    ]
    return {**view, "statements": statements}
