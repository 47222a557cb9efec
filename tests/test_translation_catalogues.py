"""Collecting texts: what a language has said it keeps, also where the English is told apart by contexts."""

import pytest
from scripts import translation_catalogues, translation_double_meanings


@pytest.fixture
def app(tmp_path, monkeypatch):
    """A house of two rooms with nothing said in it yet."""
    monkeypatch.setattr(translation_catalogues, "SOURCE", tmp_path)
    monkeypatch.setattr(translation_catalogues, "LOCALE", tmp_path / "locale")
    for room in ("floor", "texts"):
        (tmp_path / room).mkdir()
    return tmp_path


def translate(code: str, text: str, said: str, context: str | None = None) -> None:
    texts = translation_catalogues.read(code)
    texts.get(text, context).string = said
    translation_catalogues.write(code, texts)


def said(code: str) -> dict[tuple[str, str], str]:
    """What a language says, by context and text."""
    return {(each.context or "", each.id): each.string for each in translation_catalogues.read(code) if each.id}


def test_an_old_translation_goes_into_each_new_context(app):
    (app / "floor" / "words.py").write_text('lazy("Title")')
    translation_catalogues.collect()
    translate("ru", "Title", "Название")
    translate("ja", "Title", "題名")
    (app / "floor" / "words.py").write_text('lazy("Title", context="a meeting\'s")')
    (app / "texts" / "words.py").write_text('pgettext("a text\'s", "Title")')
    translation_catalogues.collect()
    assert said("ru") == {("a meeting's", "Title"): "Название", ("a text's", "Title"): "Название"}
    assert said("ja") == {("a meeting's", "Title"): "題名", ("a text's", "Title"): "題名"}
    assert said("kk") == {("a meeting's", "Title"): "", ("a text's", "Title"): ""}, "one language lends another no word"


def test_each_context_keeps_its_own_word(app):
    (app / "floor" / "words.py").write_text('lazy("Title", context="a meeting\'s")')
    (app / "texts" / "words.py").write_text('lazy("Title", context="a text\'s")')
    translation_catalogues.collect()
    translate("uz", "Title", "Nomi", "a meeting's")
    translate("uz", "Title", "Sarlavha", "a text's")
    translation_catalogues.collect()
    assert said("uz") == {("a meeting's", "Title"): "Nomi", ("a text's", "Title"): "Sarlavha"}


def test_what_is_no_longer_said_is_left_out(app):
    (app / "floor" / "words.py").write_text('lazy("Title")\nlazy("Order")')
    translation_catalogues.collect()
    (app / "floor" / "words.py").write_text('lazy("Order")')
    translation_catalogues.collect()
    assert said("tg") == {("", "Order"): ""}


def test_a_short_text_of_two_rooms_needs_a_context_or_a_place_on_the_list(app):
    (app / "floor" / "words.py").write_text('lazy("Order")\nlazy("Point of order")\nlazy("Number")')
    (app / "texts" / "words.py").write_text('lazy("Order")\nlazy("Point of order")')
    template = translation_catalogues.texts_in_source()
    (fault,) = translation_double_meanings.faults(template, [])
    assert fault.startswith("'Order' is said in two rooms")
    assert list(translation_double_meanings.faults(template, ["Order"])) == []


def test_a_context_ends_the_doubt_and_the_place_on_the_list(app):
    (app / "floor" / "words.py").write_text('lazy("Order", context="a list of speakers")')
    (app / "texts" / "words.py").write_text('lazy("Order")')
    template = translation_catalogues.texts_in_source()
    assert list(translation_double_meanings.faults(template, [])) == []
    assert list(translation_double_meanings.faults(template, ["Order"])) == [
        "'Order' needs no place in one-meaning.txt"
    ]


def test_the_list_is_in_order(app):
    for room in ("floor", "texts"):
        (app / room / "words.py").write_text('lazy("Order")\nlazy("Number")\nlazy("%(num)s hour")')
    template = translation_catalogues.texts_in_source()
    in_order = ["%(num)s hour", "Number", "Order"]
    assert list(translation_double_meanings.faults(template, in_order)) == []
    assert list(translation_double_meanings.faults(template, in_order[::-1])) == ["one-meaning.txt is not in order"]


def test_the_list_is_read_without_what_it_says_of_itself(tmp_path):
    listed = tmp_path / "one-meaning.txt"
    listed.write_text("# Read in every place.\nNumber\nOrder\n")
    assert translation_double_meanings.one_meaning(listed) == ["Number", "Order"]
