"""A house with part of the public record in it."""

import shutil
from pathlib import Path

import pytest

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
