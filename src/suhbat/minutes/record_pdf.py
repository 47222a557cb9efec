"""A summary record as PDF/A, set by typst: the same record is the same bytes, in three scripts."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from suhbat.ground.middleware import STATIC

TEMPLATE = Path(__file__).parent / "paper" / "minutes.typ"
FONTS = STATIC / "fonts"
"""The typefaces that the front-end build lays down; without them, those of the machine are used."""
LANGUAGE_TAG = re.compile(r"^[a-z]{2,3}$")


def pdf(sheet: dict[str, Any], made: datetime) -> bytes:
    """Set a sheet (see `suhbat.minutes.print_view`). `made` is the instant the file bears, never that of the export."""
    shown = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[FONTS] if FONTS.is_dir() else [],
        ignore_system_fonts=FONTS.is_dir(),
        sys_inputs={"data": json.dumps(_tagged(sheet), ensure_ascii=False)},
        # Archivable and accessible, as typst claims it; no independent checker was at hand to confirm that.
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(made.timestamp()),
    )
    assert isinstance(shown, bytes)
    return shown


def _tagged(sheet: dict[str, Any]) -> dict[str, Any]:
    """Typst takes language codes of two or three letters and nothing else: what is none is shown as English."""
    statements = [
        {**statement, "language": statement["language"] if LANGUAGE_TAG.match(statement["language"]) else "en"}
        for statement in sheet["statements"]
    ]
    return {**sheet, "statements": statements}
