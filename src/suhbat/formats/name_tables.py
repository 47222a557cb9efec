"""Tables of names in the languages of the interface, each name with its source.

The tables are `states.json`, `cities.json` and `format_names.json`. A source is a page on which the name was seen, or a
table of a library. A name that nobody has seen in use is marked `to be confirmed`, as a whole or for one form.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

UNCONFIRMED = "to be confirmed"
"""The mark of a name without a source. A native speaker checks these names first."""


@cache
def name_table(file: str) -> dict[str, dict[str, Any]]:
    """The table in a file; it is read once."""
    table: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / file).read_text(encoding="utf-8"))
    return table
