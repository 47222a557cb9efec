"""One clock: what an installation says about the time comes from the clock that it was opened with, and can be set."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

import suhbat
from suhbat.application import make_app
from suhbat.ground.clock import now
from suhbat.ground.settings import Settings, SettingsError, from_environment

SOURCE = Path(next(iter(suhbat.__path__)))
NO_TIME = {"ground/ids.py": {"time.time"}}
"""Ids begin with the time so that they sort well. Nothing reads a time from them, so they are no time."""
ROOTS = {"application.py", "command.py", "discovery.py"}
"""They open an installation and give it the clock, as do the commands (`cli.py`)."""
CLOCKS = {
    "time": {"time", "time_ns", "localtime", "gmtime", "ctime", "strftime"},
    "datetime": {"now", "today", "utcnow"},
    "date": {"today"},
}
"""By module or class: what reads the clock of the system. `time.monotonic` is for limits of waiting."""


def test_only_the_roots_take_the_system_clock_and_only_one_module_reads_it():
    readers = {}
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if "tests" not in path.parts and (reads := set(readings(ast.parse(path.read_text(encoding="utf-8"))))):
            readers[name] = reads - NO_TIME.get(name, set())
    assert readers.pop("ground/clock.py") == {"datetime.now"}
    assert readers.pop("application.py") == {"suhbat.ground.clock.now"}
    others = {name: reads for name, reads in readers.items() if reads}
    assert {name: reads for name, reads in others.items() if not is_root(name)} == {}
    assert set().union(*others.values()) == {"suhbat.ground.clock.now"}, "the commands take it from there too"


def is_root(name: str) -> bool:
    return name in ROOTS or name.endswith("/cli.py")


def readings(tree: ast.AST) -> Iterator[str]:
    """What reads or takes the clock of the system."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if (node.module, alias.name) == ("suhbat.ground.clock", "now"):
                    yield "suhbat.ground.clock.now"
                if node.module == "time" and alias.name in CLOCKS["time"]:
                    yield f"time.{alias.name}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            if node.attr in CLOCKS.get(owner, ()):
                yield f"{owner}.{node.attr}"
            if (owner, node.attr) == ("clock", "now"):
                yield "suhbat.ground.clock.now"


def test_the_check_finds_every_way_to_read_the_clock():
    source = """
import time, datetime
from time import time as seconds
from suhbat.ground import clock
a, b, c, d = time.time(), datetime.datetime.now(), datetime.date.today(), clock.now()
e = time.monotonic()
"""
    assert sorted(readings(ast.parse(source))) == [
        "date.today", "datetime.now", "suhbat.ground.clock.now", "time.time", "time.time",
    ]  # fmt: skip


def test_outside_production_a_file_moves_the_clock_of_pages_and_rules_forward_and_never_back(tmp_path):
    file = tmp_path / "clock"
    app = make_app(Settings(data=tmp_path, clock_file=file))
    assert abs(app.clock() - now()) < timedelta(minutes=5), "there is no file yet"
    file.write_text(str(timedelta(days=3).total_seconds()))
    later = app.door.clock()
    assert timedelta(days=3) <= later - now() + timedelta(minutes=5) < timedelta(days=3, minutes=10)
    for words in ("", "soon", "nan", "1e300", "-86400"):
        file.write_text(words)
        assert app.clock() >= later, words
    app.database.close()


def test_in_production_nobody_sets_the_clock(monkeypatch, tmp_path):
    monkeypatch.setenv("SUHBAT_CLOCK_FILE", str(tmp_path / "clock"))
    monkeypatch.setenv("SUHBAT_DATA", str(tmp_path))
    monkeypatch.setenv("SUHBAT_ENV", "production")
    with pytest.raises(SettingsError, match="SUHBAT_CLOCK_FILE"):
        from_environment()
    monkeypatch.setenv("SUHBAT_ENV", "")
    assert from_environment().clock_file == tmp_path / "clock"
