"""At the end of a whole run: no act without a test in which its entries rebuilt the tables, in whichever process."""

from typing import Any

import pytest

from suhbat.acts.registry import REGISTRY
from suhbat.discovery import load_packages

PERFORMED: set[str] = set()
"""Every act that a test of this run has performed, and whose entries were then shown to rebuild the tables."""
WHOLE = {"", "not browser and not long"}
"""What `-m` says where all tests run that perform acts: `make unit`, and no marks at all."""
UNPERFORMED = pytest.StashKey[list[str]]()


def is_whole(config: pytest.Config) -> bool:
    """Whether all tests were asked for: only then can an act be missed."""
    options = config.option
    few = options.keyword or options.deselect or getattr(options, "lf", False) or getattr(options, "ff", False)
    return not few and options.markexpr in WHOLE and list(config.args) == list(config.getini("testpaths"))


def unperformed() -> list[str]:
    """The acts that no test of this run has performed."""
    load_packages()
    return sorted(REGISTRY.keys() - PERFORMED)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """A worker process has ended: what its tests performed."""
    PERFORMED.update(getattr(node, "workeroutput", {}).get("performed", ()))


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A worker hands over what its tests performed; the process that all answer to looks back on them."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["performed"] = sorted(PERFORMED)
    elif exitstatus == pytest.ExitCode.OK and is_whole(config) and (missed := unperformed()):
        config.stash[UNPERFORMED] = missed
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Tell why a run failed though each test passed."""
    for name in config.stash.get(UNPERFORMED, []):
        told = f"FAILED {name}: no test performed this act and rebuilt the tables from it"
        terminalreporter.write_line(told, red=True)
