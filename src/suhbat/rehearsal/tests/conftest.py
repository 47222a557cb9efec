"""Fixture: the format in which a conference is rehearsed."""

import pytest

from suhbat.acts import ADMINISTRATION


@pytest.fixture
def dialogue(app):
    """The format in which the conference is staged; a real installation has it from the public record."""
    inputs = {
        "format": "ca-japan",
        "name": "Central Asia plus Japan",
        "kind": "n-plus-one",
        "partners": ["JP"],
        "publish": True,
    }
    members = ["KZ", "KG", "TJ", "TM", "UZ"]
    app.door.perform(ADMINISTRATION, "format.founded", {**inputs, "members": members, "levels": ["ministerial"]})
