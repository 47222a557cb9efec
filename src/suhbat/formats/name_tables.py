"""Tables of names in the languages of the house, each name with its source.

Beside this file stand `states.json`, `cities.json` and `format_names.json`. A source is a page on which the name was
seen, or a table of a library; a name that nobody has found written says `to be confirmed`, wholly or for one form.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

UNCONFIRMED = "to be confirmed"
"""The mark of a name without a source that has been seen: a native speaker's first list."""


@cache
def name_table(file: str) -> dict[str, dict[str, Any]]:
    """A table by its file's name; read once."""
    table: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))
    return table
