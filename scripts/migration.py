"""Write a migration from the difference between the tables in the code and the migrations so far.

.venv/bin/python scripts/migration.py "what changed"

A migration that was committed is never written anew: people's databases have had it. `tests/test_golden.py` knows the
hash of each.
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from suhbat.ground.migrations import configuration
from suhbat.ground.migrations.shape import versions

if len(sys.argv) != 2 or sys.argv[1].startswith("-"):  # noqa: PLR2004  (the program itself and what changed)
    raise SystemExit(__doc__)
with tempfile.TemporaryDirectory() as folder:
    config = configuration(f"sqlite:///{Path(folder) / 'empty.sqlite3'}")
    command.upgrade(config, "head")
    number = f"{int(versions()[0]) + 1:04}"
    command.revision(config, message=sys.argv[1], autogenerate=True, rev_id=number)
