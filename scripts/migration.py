"""Write a migration from the difference between the tables in the code and the migrations so far.

.venv/bin/python scripts/migration.py "what changed"

A migration that was committed is never changed: installations have already applied it. `tests/test_golden.py` has the
hash of each.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from alembic import command

from suhbat.ground.migrations import configuration
from suhbat.ground.migrations.shape import versions


def main(arguments: Sequence[str] | None = None) -> int:
    """Bring an empty database up to the newest migration, and write the next one from what is still missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("changed", metavar="CHANGED", help="what changed, in a few words: the name of the migration")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        config = configuration(f"sqlite:///{Path(folder) / 'empty.sqlite3'}")
        command.upgrade(config, "head")
        number = f"{int(versions()[0]) + 1:04}"
        command.revision(config, message=options.changed, autogenerate=True, rev_id=number)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
