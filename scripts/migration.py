"""Write a migration from the difference between the tables in the code and the migrations so far.

.venv/bin/python scripts/migration.py "what changed"     two or three words: they name the file

Read what it writes, complete it, and say in it what is new for data. Then ask for its line of
`tests/test_earlier_versions.py`:

.venv/bin/python scripts/migration.py --seal

A migration that was committed is never changed: installations have already applied it.
`tests/test_earlier_versions.py` has the hash of each.
"""

import argparse
import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from alembic import command

from suhbat.ground import migrations
from suhbat.ground.migrations import configuration
from suhbat.ground.migrations.shape import versions


def main(arguments: Sequence[str] | None = None) -> int:
    """Bring an empty database up to the newest migration, and write the next one from what is still missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("changed", metavar="CHANGED", nargs="?", help="what changed, in a few words")
    parser.add_argument("--seal", action="store_true", help="format the newest migration and print its line")
    options = parser.parse_args(arguments)
    if options.seal:
        return seal()
    if not options.changed:
        parser.error("say what changed")
    with tempfile.TemporaryDirectory() as folder:
        config = configuration(f"sqlite:///{Path(folder) / 'empty.sqlite3'}")
        command.upgrade(config, "head")
        number = f"{int(versions()[0]) + 1:04}"
        command.revision(config, message=options.changed, autogenerate=True, rev_id=number)
    return 0


def seal() -> int:
    """Format the newest migration, so that its hash stays, and print its line for `NEVER_WRITTEN_ANEW`."""
    newest = max((Path(migrations.__file__).parent / "versions").glob("*.py"))
    ruff = Path(sys.executable).parent / "ruff"
    subprocess.run([ruff, "check", "--quiet", "--fix", newest], check=False)
    subprocess.run([ruff, "format", "--quiet", newest], check=True)
    print(f'    "{newest.name}": "{hashlib.sha256(newest.read_bytes()).hexdigest()}",')
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
