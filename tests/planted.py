"""The world of the walk of rights, planted once in a run and copied for every test that wants it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.rights_world import World


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The world that all others are copied from; no test does anything in it."""
    return World(tmp_path_factory.mktemp("planted"))


@pytest.fixture
def world(planted: World, tmp_path: Path) -> Iterator[World]:
    """A world of this test's own."""
    made = planted.copied(tmp_path / "world")
    yield made
    made.house.database.close()


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test knock at every door dozens of times within a minute: it is about what is behind them."""

    async def let_through(_limit: Any, request: Any) -> bool:
        return False

    monkeypatch.setattr("litestar.middleware.rate_limit.RateLimitMiddleware.should_check_request", let_through)
