"""Checks at the end of a complete run that every act was performed in a test that rebuilt the tables."""

from typing import Any

import pytest

from suhbat.acts.registry import REGISTRY
from suhbat.discovery import load_packages

PERFORMED: set[str] = set()
"""Every act that a test of this run has performed and whose entries then rebuilt the tables."""
WHOLE = {"", "not browser and not long"}
"""Values of `-m` with which all tests run that perform acts: none, and that of `make unit`."""
UNPERFORMED = pytest.StashKey[list[str]]()


def is_whole(config: pytest.Config) -> bool:
    """Whether all tests run: only then can the check miss an act."""
    options = config.option
    few = options.keyword or options.deselect or getattr(options, "lf", False) or getattr(options, "ff", False)
    return not few and options.markexpr in WHOLE and list(config.args) == list(config.getini("testpaths"))


def unperformed() -> list[str]:
    """The acts that no test of this run performed."""
    load_packages()
    return sorted(REGISTRY.keys() - PERFORMED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """A worker process has ended: add the acts of its tests."""
    PERFORMED.update(getattr(node, "workeroutput", {}).get("performed", ()))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A worker reports the acts of its tests; the main process checks them all."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["performed"] = sorted(PERFORMED)
    elif exitstatus == pytest.ExitCode.OK and is_whole(config) and (missed := unperformed()):
        config.stash[UNPERFORMED] = missed
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print why a run failed though each test passed."""
    for name in config.stash.get(UNPERFORMED, []):
        line = f"FAILED {name}: no test performed this act and rebuilt the tables from it"
        terminalreporter.write_line(line, red=True)
