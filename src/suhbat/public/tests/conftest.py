"""A house with part of the public record in it."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.loaded import Loads, japanese_dialogue

from suhbat.archive.folder_load import SHIPPED


@pytest.fixture
def record(app, loads: Loads, tmp_path: Path) -> Path:
    """The Japanese dialogue, as shipped, is in the house; the folder it came from."""
    folder = japanese_dialogue(tmp_path / "record")
    loads.into(app, folder, "japan")
    return folder


@pytest.fixture(scope="session")
def meetings() -> dict[str, Any]:
    """Meetings by id, straight from the YAML files: another path than the product's."""
    paths = sorted((SHIPPED / "meetings").glob("*/*.yaml"))
    return {f"{path.parent.name}/{path.stem}": yaml.load(path.read_text(), Loader=yaml.CSafeLoader) for path in paths}
