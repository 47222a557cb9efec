"""The world for the walks over rights, planted once in a run and copied for every test that needs it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.rights_world import World


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The world from which all others are copied; no test performs acts in it."""
    return World(tmp_path_factory.mktemp("planted"))


@pytest.fixture
def world(planted: World, tmp_path: Path) -> Iterator[World]:
    """A copy of the world for one test."""
    copied = planted.copied(tmp_path / "world")
    yield copied
    copied.app.database.close()


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Switch off the rate limit: a walk sends dozens of requests a minute to every address."""

    async def let_through(_limit: Any, request: Any) -> bool:
        return False

    monkeypatch.setattr("litestar.middleware.rate_limit.RateLimitMiddleware.should_check_request", let_through)
