"""Fixtures: an installation with a part of the public record."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.loaded_public_record import Loads, japanese_dialogue

from suhbat.archive.folder_load import SHIPPED


@pytest.fixture
def record(app, loads: Loads, tmp_path: Path) -> Path:
    """Load the shipped files of the Japanese dialogue; returns the folder with the files."""
    folder = japanese_dialogue(tmp_path / "record")
    loads.into(app, folder, "japan")
    return folder


@pytest.fixture(scope="session")
def meetings() -> dict[str, Any]:
    """Meetings by id, read from the YAML files without the code of the application."""
    paths = sorted((SHIPPED / "meetings").glob("*/*.yaml"))
    return {f"{path.parent.name}/{path.stem}": yaml.load(path.read_text(), Loader=yaml.CSafeLoader) for path in paths}
