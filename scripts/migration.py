"""Write a migration from the difference between the tables in the code and the migrations so far.

.venv/bin/python scripts/migration.py "what changed"
.venv/bin/python scripts/migration.py --first     write the first one anew (until the first release)
"""

import sys
import tempfile
from pathlib import Path

from alembic import command

from suhbat.ground.migrations import configuration

VERSIONS = Path(__file__).parent.parent / "src" / "suhbat" / "ground" / "migrations" / "versions"

with tempfile.TemporaryDirectory() as folder:
    config = configuration(f"sqlite:///{Path(folder) / 'empty.sqlite3'}")
    if sys.argv[1] == "--first":
        for path in VERSIONS.glob("*.py"):
            path.unlink()
        command.revision(config, message="first tables", autogenerate=True, rev_id="0001")
    else:
        command.upgrade(config, "head")
        command.revision(config, message=sys.argv[1], autogenerate=True)
