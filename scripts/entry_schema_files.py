"""Write the schemas of what entries keep into `docs/entries/`, where a file is missing.

A schema that is there is never written again: the record keeps entries of that version for ever. Where the body of an
act no longer fits its file, the act needs a new version with an upcaster (`suhbat.acts.bodies`).
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from suhbat.acts.bodies import schema_of
from suhbat.acts.registry import REGISTRY
from suhbat.discovery import load_packages

FOLDER = Path(__file__).parents[1] / "docs" / "entries"


def schemas() -> dict[str, str]:
    """By the name of its file, the schema of each act's present body."""
    load_packages()
    typed = {name: known.body_type for name, known in sorted(REGISTRY.items()) if known.body_type}
    return {
        f"{name}.v{kind.version}.json": json.dumps(schema_of(name, kind), indent=1, ensure_ascii=False) + "\n"
        for name, kind in typed.items()
    }


def main() -> int:
    """Write what is missing; name what differs."""
    FOLDER.mkdir(exist_ok=True)
    differing = []
    for name, schema in schemas().items():
        file = FOLDER / name
        if not file.exists():
            file.write_text(schema, encoding="utf-8")
        elif file.read_text(encoding="utf-8") != schema:
            differing.append(name)
    for name in differing:
        print(f"{name}: the body of this act has another shape; give it a new version and an upcaster")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
