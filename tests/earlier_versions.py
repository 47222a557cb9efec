"""Installations of earlier versions (`tests/golden`), uncompressed or restored for one test."""

import lzma
import shutil
import subprocess
from pathlib import Path

from scripts.private_postgres import Server, programs

from suhbat.ground.settings import Settings

GOLDEN = Path(__file__).parent / "golden"
VERSIONS = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


def installation(version: str, folder: Path, server: Server | None = None) -> Settings:
    """The installation of a version in an empty folder: on SQLite, or on a private PostgreSQL server."""
    golden = GOLDEN / version
    shutil.copytree(golden / "papers", folder / "papers")
    if server is None:
        (folder / "suhbat.sqlite3").write_bytes(lzma.decompress((golden / "sqlite.xz").read_bytes()))
        return Settings(data=folder, rehearsal=True)
    url = server.database()
    command = [programs() / "psql", "--quiet", "--no-psqlrc", "--output=/dev/null", "-v", "ON_ERROR_STOP=1"]
    subprocess.run(
        [*command, url.replace("+psycopg", "")],
        input=lzma.decompress((golden / "postgres.sql.xz").read_bytes()),
        check=True,
    )
    return Settings(data=folder, rehearsal=True, database_url=url)
