"""The picture of the architecture is drawn from the imports of today."""

from scripts.architecture_picture import PICTURE, drawn


def test_the_committed_picture_is_what_the_imports_are():
    assert PICTURE.read_text(encoding="utf-8") == drawn(), "run scripts/architecture_picture.py"
