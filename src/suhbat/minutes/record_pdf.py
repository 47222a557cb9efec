"""A summary record as PDF/A, typeset by typst; reproducible byte for byte."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from suhbat.ground.middleware import STATIC

TEMPLATE = Path(__file__).parent / "paper" / "minutes.typ"
FONTS = STATIC / "fonts"
"""The fonts that the front-end build copies; without them, the fonts of the system are used."""
LANGUAGE_TAG = re.compile(r"^[a-z]{2,3}$")


def pdf_of(view: dict[str, Any], created: datetime) -> bytes:
    """The print view (see `suhbat.minutes.print_view`) as PDF; `created` is the date in the file."""
    content = typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[FONTS] if FONTS.is_dir() else [],
        ignore_system_fonts=FONTS.is_dir(),
        sys_inputs={"data": json.dumps(_with_typst_languages(view), ensure_ascii=False)},
        # PDF/A-2a and PDF/UA-1 according to typst; not confirmed with an independent checker.
        pdf_standards=["a-2a", "ua-1"],
        timestamp=int(created.timestamp()),
    )
    assert isinstance(content, bytes)
    return content


def _with_typst_languages(view: dict[str, Any]) -> dict[str, Any]:
    """The view with language codes that typst accepts, of two or three letters; any other code becomes English."""
    statements = [
        {**statement, "language": statement["language"] if LANGUAGE_TAG.match(statement["language"]) else "en"}
        for statement in view["statements"]
    ]
    return {**view, "statements": statements}
