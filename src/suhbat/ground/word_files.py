"""Word files that are equal, byte for byte, if their content is equal."""

import io
import zipfile
from typing import Any

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part in the file; otherwise ZIP would write the time of export."""


def reproducible_file(document: Any) -> bytes:
    """A python-docx document as a file: the same parts in the same order, with one fixed date."""
    saved, rewritten = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(rewritten, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, FIRST_DAY)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(part, source.read(name))
    return rewritten.getvalue()
