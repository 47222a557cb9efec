"""Every field of a form has a translated label; the name of a field in the code is no label."""

from collections import defaultdict

import msgspec
import pytest

from suhbat.acts.forms import _fields
from suhbat.acts.registry import REGISTRY
from suhbat.discovery import load_packages
from suhbat.ground.language import reading_in

load_packages()


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_field_of_a_form_has_a_label(name, monkeypatch):
    monkeypatch.setattr("suhbat.acts.forms._choices", lambda *_: [])
    monkeypatch.setattr("suhbat.acts.forms.DRAWERS", defaultdict(lambda: lambda *_: []))
    with reading_in("ru"):
        fields = list(_fields(REGISTRY[name].input_type, "", None, None, {}))
    codes = {field.encode_name for field in msgspec.structs.fields(REGISTRY[name].input_type)}
    for field in fields:
        if field.widget != "hidden":
            assert field.label, field.name
            assert field.label.replace(" ", "_").casefold() not in codes, field.name
