"""A house with part of the public record in it."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from suhbat.archive.loading import SHIPPED, load


@pytest.fixture
def record(house, tmp_path: Path):
    """The Japanese dialogue, as shipped, loaded."""
    folder = tmp_path / "record"
    (folder / "formats").mkdir(parents=True)
    shutil.copy(SHIPPED / "formats/ca-japan.yaml", folder / "formats")
    shutil.copy(SHIPPED / "people.yaml", folder)
    shutil.copytree(SHIPPED / "meetings/ca-japan", folder / "meetings/ca-japan")
    done = load(house.door, folder)
    assert not done.faults
    return folder


@pytest.fixture(scope="session")
def meetings() -> dict[str, Any]:
    """Meetings by id, straight from the YAML files: another path than the product's."""
    paths = sorted((SHIPPED / "meetings").glob("*/*.yaml"))
    return {f"{path.parent.name}/{path.stem}": yaml.load(path.read_text(), Loader=yaml.CSafeLoader) for path in paths}
