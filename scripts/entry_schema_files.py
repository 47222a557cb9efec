"""Write the schemas of the bodies of entries into `docs/entries/`, where a file is missing.

A schema that is there is never written again: the record has entries of that version for ever. Where the body of an
act no longer fits its file, the act needs a new version with an upcaster (`suhbat.acts.bodies`).
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from suhbat.acts.bodies import schema_of
from suhbat.acts.registry import REGISTRY
from suhbat.discovery import load_packages

FOLDER = Path(__file__).parents[1] / "docs" / "entries"


def schemas() -> dict[str, str]:
    """By the name of its file, the schema of each act's present body."""
    load_packages()
    body_types = {name: act.body_type for name, act in sorted(REGISTRY.items()) if act.body_type}
    return {
        f"{name}.v{kind.version}.json": json.dumps(schema_of(name, kind), indent=1, ensure_ascii=False) + "\n"
        for name, kind in body_types.items()
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the missing files; print the name of each that differs."""
    argparse.ArgumentParser(description=__doc__).parse_args(arguments)
    FOLDER.mkdir(exist_ok=True)
    differing = []
    for name, schema in schemas().items():
        file = FOLDER / name
        if not file.exists():
            file.write_text(schema, encoding="utf-8")
        elif file.read_text(encoding="utf-8") != schema:
            differing.append(name)
    for name in differing:
        print(
            f"{name}: the body of this act has another shape: give it a new version and an upcaster (or, before "
            "the file was ever committed, delete the file)"
        )
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
