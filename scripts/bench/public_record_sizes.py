"""The public record at two sizes, loaded and cached: as shipped, and a hundred times as large.

Loading a hundred times the record takes a minute or two, so the loaded database stays in a cache folder
(`$XDG_CACHE_HOME/suhbat-bench`, some 350 MB) under the hash of everything it depends on: the files, the generator, the
loader, the tables. Checking and loading are measured when they happen, in processes of their own, and the figures are
saved beside the database; the table says when that was.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from suhbat.archive.folder_load import SHIPPED

ROOT = Path(__file__).parent.parent.parent
GENERATOR = ROOT / "scripts" / "scaled_data.py"


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds by the clock, seconds of processor, peak memory in megabytes."""

    clock: float
    processor: float
    memory: int

    def __str__(self) -> str:
        return f"{self.clock:.1f} s by the clock, {self.memory} MB at most"


@dataclass(frozen=True)
class Record:
    """A loaded record: where its data folder is, and what checking and loading took."""

    times: int
    data: Path
    files: int
    check: Cost
    load: Cost
    when: str

    @property
    def name(self) -> str:
        """What begins the label of its rows in a table."""
        return "" if self.times == 1 else f"×{self.times} "


def sizes() -> list[int]:
    """Multiples of the shipped record: 1, and SUHBAT_BENCH_LARGE (100 if unset; 0 leaves it out)."""
    large = int(os.environ.get("SUHBAT_BENCH_LARGE", "100"))
    return [1, large] if large > 1 else [1]


def records() -> Iterator[Record]:
    """The records of all sizes, the smaller first."""
    yield from map(record, sizes())


def record(times: int) -> Record:
    """The record `times` times, from the cache if it is there."""
    caches = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "suhbat-bench"
    folder = caches / f"{times}-{_depends_on()}"
    figures_file = folder / "measured.json"
    if not figures_file.exists():
        for old in caches.glob(f"{times}-*"):
            shutil.rmtree(old, ignore_errors=True)
        folder.mkdir(parents=True)
        _make(folder, times)
    figures = json.loads(figures_file.read_text())
    return Record(times, folder, figures["files"], Cost(**figures["check"]), Cost(**figures["load"]), figures["when"])


def _depends_on() -> str:
    digest = hashlib.sha256()
    code = ROOT / "src" / "suhbat"
    sources = [GENERATOR, *SHIPPED.rglob("*.yaml"), *(code / "archive").glob("*.py"), *(code / "record").glob("*.py")]
    sources += [*code.rglob("models.py"), *code.rglob("migrations/**/*.py")]
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _make(folder: Path, times: int) -> None:
    with tempfile.TemporaryDirectory() as scaled:
        files = SHIPPED
        if times > 1:
            files = Path(scaled)
            subprocess.run([sys.executable, str(GENERATOR), scaled, str(times)], check=True)
        suhbat = [sys.executable, "-m", "suhbat.command"]
        environment = {**os.environ, "SUHBAT_DATA": str(folder), "SUHBAT_DATABASE_URL": ""}
        check = run([*suhbat, "archive", "check", str(files)], environment)
        run([*suhbat, "prepare"], environment)
        load = run([*suhbat, "archive", "load", "--quiet", str(files)], environment)
        count = sum(1 for _ in files.rglob("*.yaml"))
    base = sqlite3.connect(folder / "suhbat.sqlite3")
    base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    base.close()
    figures = {"files": count, "check": asdict(check), "load": asdict(load), "when": time.strftime("%Y-%m-%d %H:%M")}
    (folder / "measured.json").write_text(json.dumps(figures))


RUNNER = """
import json, os, subprocess, sys, time
began = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_pid, status, used = os.wait4(process.pid, 0)
print(json.dumps([time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024]))
sys.exit(os.waitstatus_to_exitcode(status))
"""
"""Linux counts the memory of the parent as the process's own at first: so a small process starts it."""


def run(command: Sequence[str], environment: dict[str, str]) -> Cost:
    """Run a command to its end; returns what it took. Raises where it fails."""
    runner = [sys.executable, "-c", RUNNER, *command]
    process = subprocess.run(runner, env=environment, stdout=subprocess.PIPE, check=False)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command[2:])} failed")
    return Cost(*json.loads(process.stdout))
