"""Tests `tests/performed_acts.py`, which checks after all tests that every act was performed in one."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests import performed_acts

ROOT = Path(__file__).parent.parent


def test_make_unit_is_a_complete_run():
    recipe = re.search(r"^unit:\n\t(.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert recipe
    marks = re.search(r'-m "([^"]*)"', recipe[1])
    assert marks
    assert marks[1] in performed_acts.WHOLE


def test_an_act_that_no_test_performed_is_named(monkeypatch):
    monkeypatch.setattr(performed_acts, "PERFORMED", set())
    everything = performed_acts.unperformed()
    assert "meeting.opened" in everything
    monkeypatch.setattr(performed_acts, "PERFORMED", set(everything) - {"meeting.opened"})
    assert performed_acts.unperformed() == ["meeting.opened"]


CONFTEST = """
import sys
sys.path.insert(0, {root!r})
from tests.performed_acts import PERFORMED, pytest_sessionfinish, pytest_terminal_summary, pytest_testnodedown
ACTS = {acts!r}
def pytest_runtest_call(item):
    PERFORMED.update(ACTS[::2] if item.name == "test_even" else ACTS[1::2])
"""
"""Two tests, run by two processes, perform all acts but one."""


def test_a_run_in_two_processes_fails_and_names_an_act_that_neither_performed(tmp_path, monkeypatch):
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = stories\n")
    monkeypatch.setattr(performed_acts, "PERFORMED", {"meeting.opened"})
    acts = performed_acts.unperformed()
    (tmp_path / "conftest.py").write_text(CONFTEST.format(root=str(ROOT), acts=acts))
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories/test_even.py").write_text("def test_even(): pass\n")
    (tmp_path / "stories/test_odd.py").write_text("def test_odd(): pass\n")
    command = [sys.executable, "-m", "pytest", "-p", "xdist", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider"]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    # Of the installed plugins only the one for processes is needed; most take long to import.
    environment = inherited | {"PYTHONPATH": str(ROOT / "src"), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    failures = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert failures == ["FAILED meeting.opened: no test performed this act and rebuilt the tables from it"], done.stdout
    assert done.returncode == 1
