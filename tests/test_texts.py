"""Translations: whatever a text carries (names to be filled in, marks of a page) every language carries too."""

import re

import pytest
from scripts import texts

CARRIED = re.compile(r"%\(\w+\)[sd]|%[sd%]|</?\w+[^>]*>|`[^`]+`")


def carried(words: str) -> list[str]:
    return sorted(CARRIED.findall(words))


@pytest.mark.parametrize("code", texts.LANGUAGES)
def test_a_translation_carries_what_its_text_carries(code):
    for message in texts.read(code):
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        said = [message.string] if isinstance(message.string, str) else list(message.string)
        expected = carried(ids[-1])
        for each in filter(None, said):
            assert carried(each) == expected, f"{ids[0]!r} → {each!r}"
            assert (each[:1].isspace(), each[-1:].isspace()) == (ids[0][:1].isspace(), ids[0][-1:].isspace()), ids[0]


@pytest.mark.parametrize("code", texts.LANGUAGES)
def test_counted_texts_have_as_many_forms_as_the_language(code):
    held = texts.read(code)
    for message in held:
        if not isinstance(message.id, str):
            assert len(message.string) == held.num_plurals, message.id
