"""A private PostgreSQL server from Debian's package, for the tests and the benchmark; deleted when they end.

It listens on a socket in its own temporary folder and on nothing else. PostgreSQL refuses to run as root, so root
starts it as the package's user `postgres`.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""For tests, where losses in a power cut do not matter."""


def programs() -> Path:
    """The folder of the newest installed server."""
    servers = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[4]))
    if not servers:
        raise SystemExit("There is no PostgreSQL here: apt-get install postgresql")
    return servers[-1].parent


class Server:
    """One running server; `database()` makes an empty database and returns its address for SQLAlchemy."""

    def __init__(self, *, durable: bool = False) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="suhbat-postgres-"))
        self._databases = 0
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
        self._run("initdb", "-D", f"{self._folder}/data", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = ["listen_addresses=", f"unix_socket_directories={self._folder}", "max_connections=200"]
        flags = " ".join(f"-c {option}" for option in [*options, *(() if durable else FAST)])
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-w", "-l", f"{self._folder}/log", "-o", flags, "start")

    def _run(self, program: str, *arguments: str) -> None:
        before = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
        command = [*before, str(programs() / program), *arguments]
        # The server never closes its output: a file, as a pipe would never end.
        with (self._folder / f"{program}.out").open("w+") as output:
            if subprocess.run(command, check=False, stdout=output, stderr=output, cwd="/").returncode != 0:
                output.seek(0)
                raise RuntimeError(f"{program} failed: {output.read()}")

    def administer(self, statement: sql.Composed | sql.SQL) -> None:
        """Run one statement outside any transaction."""
        with psycopg.connect(host=str(self._folder), user=self._user, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)

    def database(self, template: str = "template1") -> str:
        """Make a database, empty or as a copy of another (by address); returns its address."""
        self._databases += 1
        name = f"installation{self._databases}"
        origin = template.rpartition("?")[0].rpartition("/")[2] or template
        self.administer(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(origin)
            )
        )
        return f"postgresql+psycopg://{self._user}@/{name}?host={self._folder}"

    def stop(self) -> None:
        """Stop the server and delete its folder."""
        self._run("pg_ctl", "-D", f"{self._folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)
