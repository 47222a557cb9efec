"""Every field that a person is asked for has a label of its own, which is translated; a name from the code is none."""

from collections import defaultdict

import msgspec
import pytest

from suhbat.acts.forms import _fields
from suhbat.acts.registry import REGISTRY
from suhbat.discovery import load_rooms
from suhbat.ground.language import reading_in

load_rooms()


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_a_field_of_a_form_is_called_by_a_text_of_ours(name, monkeypatch):
    monkeypatch.setattr("suhbat.acts.forms._choices", lambda *_: [])
    monkeypatch.setattr("suhbat.acts.forms.DRAWERS", defaultdict(lambda: lambda *_: []))
    with reading_in("ru"):
        fields = list(_fields(REGISTRY[name].wish, "", None, None, {}))
    codes = {field.encode_name for field in msgspec.structs.fields(REGISTRY[name].wish)}
    for field in fields:
        if field.widget != "hidden":
            assert field.label, field.name
            assert field.label.replace(" ", "_").casefold() not in codes, field.name
