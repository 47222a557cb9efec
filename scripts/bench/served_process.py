"""A real server for the benchmark: data in a temporary folder, a meeting in it, people in their seats."""

import contextlib
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from suhbat.acts.app import App
from suhbat.acts.roles_and_seats import Role
from suhbat.application import make_app
from suhbat.archive.folder_load import SHIPPED, load
from suhbat.formats.models import Format
from suhbat.ground.clock import now
from suhbat.ground.migrations import bring_up_to_date
from suhbat.ground.settings import Settings
from suhbat.meetings.models import AgendaItem, Delegation, Meeting
from suhbat.people.models import Person, SeatRow
from suhbat.people.session_cookie import COOKIE, sign_in_cookie

MEETING = "ca-japan/2020-08-11-bench"
STATES = ("JP", "KZ", "KG", "TJ", "TM", "UZ")
LONGEST_START = 60.0
"""Seconds."""
PEOPLE = 60
"""Ten of each delegation: a head, and delegates."""


class Server:
    """One running `suhbat serve`."""

    def __init__(self, settings: Settings, port: int, workers: int = 1, command: str = "suhbat.command") -> None:
        self.settings, self.port = settings, port
        environment = {
            **os.environ,
            "SUHBAT_DATA": str(settings.data),
            "SUHBAT_ORIGIN": settings.origin,
            "SUHBAT_DATABASE_URL": settings.database_url,
            "SUHBAT_REHEARSAL": "1",
            "PYTHONPATH": str(Path(__file__).parent.parent),  # where `command` may be one of ours
        }
        options = ["--port", str(port), "--workers", str(workers), *["--no-video"] * (workers > 1)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", command, "serve", *options],
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        began = time.perf_counter()
        while time.perf_counter() - began < LONGEST_START:
            try:
                urlopen(f"http://127.0.0.1:{port}/", timeout=LONGEST_START).close()
            except (URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
            else:
                self.first_page = time.perf_counter() - began
                return
        raise RuntimeError("the server did not start")

    def get(self, path: str) -> bytes:
        """A page as the public sees it."""
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=LONGEST_START) as answer:
            content: bytes = answer.read()
        return content

    def cookie(self, person: str) -> str:
        """The `Cookie` header of a signed-in person."""
        return f"{COOKIE}={sign_in_cookie(self.settings, person, now())}"

    def memory(self) -> int:
        """Bytes of the server's resident memory."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))

    def busy(self) -> float:
        """Seconds of processor that the server and its workers have used."""
        ticks, processes = 0, [self.process.pid]
        while processes:
            process = processes.pop()
            with contextlib.suppress(OSError):  # it may have ended just now
                fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
                children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
                processes += [int(child) for child in children.split()]
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def server(
    database_url: str = "",
    *,
    archive: bool = False,
    record: Path | None = None,
    workers: int = 1,
    prepare: Callable[[App], None] | None = None,
    command: str = "suhbat.command",
) -> Iterator[Server]:
    """Serve a fresh installation with a convened meeting of six delegations, and the public record if asked for.

    `record` is a data folder with a loaded record, which is copied. `prepare` acts in it before the server starts.
    `command` is the module that is run: `suhbat serve`, or the same with something to measure it by.
    """
    _, limit = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    folder = Path(tempfile.mkdtemp(prefix="suhbat-bench-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    origin = f"http://localhost:{port}"
    settings = Settings(data=folder, origin=origin, rehearsal=True, database_url=database_url)
    if record:
        shutil.copy(record / "suhbat.sqlite3", folder)
    bring_up_to_date(settings.url)
    app = make_app(settings)
    if archive:
        load(app.door, SHIPPED, now().date())
    seat_everyone(app)
    if prepare:
        prepare(app)
    app.database.close()
    running = Server(settings, port, workers, command)
    try:
        yield running
    finally:
        running.process.send_signal(signal.SIGTERM)
        try:
            running.process.wait(10)
        except subprocess.TimeoutExpired:
            running.process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def seat_everyone(app: App) -> None:
    """Put the meeting and its people straight into the tables: this record is measured, not verified."""
    with app.database.writing() as session:
        if session.get(Format, "ca-japan") is None:
            session.add(Format(id="ca-japan", name="Central Asia plus Japan", kind="n-plus-one"))
        session.flush()
        meeting = Meeting(
            id=MEETING, format="ca-japan", title="Bench", level="ministerial", mode="video", starts="2020-08-11",
            zone="Asia/Tokyo", opens_at="2020-08-11T06:00:00.000000Z", chair_state="JP", status="convened",
            origin="held", released=True,
        )  # fmt: skip
        meeting.delegations = [
            Delegation(state=state, position=n, head_name=f"Head {n}", head_office="Minister")
            for n, state in enumerate(STATES)
        ]
        meeting.agenda = [AgendaItem(id="health", position=0, title="Health", minutes=20)]
        session.add(meeting)
        for n in range(PEOPLE):
            session.add(Person(id=f"person-{n}", name=f"Person {n}"))
            session.flush()
            role = Role.HEAD if n < len(STATES) else Role.DELEGATE
            session.add(
                SeatRow(id=f"s-{n}", person=f"person-{n}", role=role, place=MEETING, state=STATES[n % len(STATES)])
            )
        session.add(Person(id="chair", name="Chair"))
        session.flush()
        for n, role in enumerate((Role.CHAIR, Role.SECRETARIAT)):
            session.add(SeatRow(id=f"c-{n}", person="chair", role=role, place=MEETING, state="JP" if n == 0 else ""))
