"""Word files that are the same, byte for byte, whenever they are made of the same content."""

import io
import zipfile
from typing import Any

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of every part inside the file, where ZIP would write the moment of export."""


def still(document: Any) -> bytes:
    """A document of python-docx as a file: the same parts in the same order under one fixed date."""
    made, kept = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, FIRST_DAY)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(part, source.read(name))
    return kept.getvalue()
