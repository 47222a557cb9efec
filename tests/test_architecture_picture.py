"""The picture of the architecture shows the present imports."""

from scripts.architecture_picture import PICTURE, drawn


def test_the_committed_picture_shows_the_present_imports():
    assert PICTURE.read_text(encoding="utf-8") == drawn(), "run scripts/architecture_picture.py"
