"""A format changes: one state leaves and its membership is kept with its dates; another joins."""

import pytest

from suhbat.acts.roles_and_seats import ADMINISTRATION
from suhbat.ground.refusals import Kind, Refused


def test_a_state_leaves_another_joins_and_a_stale_form_is_refused(app):
    founded = app.door.perform(
        ADMINISTRATION,
        "format.founded",
        {
            "format": "ca-japan",
            "name": "Japan",
            "kind": "n-plus-one",
            "members": ["KZ", "KG"],
            "partners": ["JP"],
            "publish": True,
        },
    )
    inputs = {
        "format": "ca-japan", "seen": founded.entry.number, "name": "Central Asia plus Japan",
        "joined": ["UZ"], "left": ["KG"], "day": "2020-08",
    }  # fmt: skip
    app.door.perform(ADMINISTRATION, "format.changed", inputs)
    with pytest.raises(Refused) as refusal:
        app.door.perform(ADMINISTRATION, "format.changed", inputs)
    assert refusal.value.kind == Kind.CONFLICT
