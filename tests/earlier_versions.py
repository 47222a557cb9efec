"""What earlier versions wrote (`tests/golden`), unpacked or restored for one test."""

import lzma
import shutil
import subprocess
from pathlib import Path

from scripts.private_postgres import Server, programs

from suhbat.ground.settings import Settings

GOLDEN = Path(__file__).parent / "golden"
VERSIONS = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


def installation(version: str, data: Path, server: Server | None = None) -> Settings:
    """An installation as a version left it, in an empty folder: on SQLite, or on a server of one's own."""
    folder = GOLDEN / version
    shutil.copytree(folder / "papers", data / "papers")
    if server is None:
        (data / "suhbat.sqlite3").write_bytes(lzma.decompress((folder / "sqlite.xz").read_bytes()))
        return Settings(data=data, rehearsal=True)
    url = server.database()
    command = [programs() / "psql", "--quiet", "--no-psqlrc", "--output=/dev/null", "-v", "ON_ERROR_STOP=1"]
    subprocess.run(
        [*command, url.replace("+psycopg", "")],
        input=lzma.decompress((folder / "postgres.sql.xz").read_bytes()),
        check=True,
    )
    return Settings(data=data, rehearsal=True, database_url=url)
