"""Collecting texts: translations stay, also where the English gets a context."""

import pytest
from scripts import translation_catalogues, translation_contexts


@pytest.fixture
def app(tmp_path, monkeypatch):
    """The source of two packages without texts or translations."""
    monkeypatch.setattr(translation_catalogues, "SOURCE", tmp_path)
    monkeypatch.setattr(translation_catalogues, "LOCALE", tmp_path / "locale")
    for package in ("floor", "texts"):
        (tmp_path / package).mkdir()
    return tmp_path


def translate(code: str, text: str, translation: str, context: str | None = None) -> None:
    texts = translation_catalogues.read(code)
    texts.get(text, context).string = translation
    translation_catalogues.write(code, texts)


def translations(code: str) -> dict[tuple[str, str], str]:
    """The translations of a language, by context and text."""
    messages = translation_catalogues.read(code)
    return {(message.context or "", message.id): message.string for message in messages if message.id}


def test_a_translation_goes_into_each_new_context(app):
    (app / "floor" / "words.py").write_text('lazy("Title")')
    translation_catalogues.collect()
    translate("ru", "Title", "Название")
    translate("ja", "Title", "題名")
    (app / "floor" / "words.py").write_text('lazy("Title", context="a meeting\'s")')
    (app / "texts" / "words.py").write_text('pgettext("a text\'s", "Title")')
    translation_catalogues.collect()
    assert translations("ru") == {("a meeting's", "Title"): "Название", ("a text's", "Title"): "Название"}
    assert translations("ja") == {("a meeting's", "Title"): "題名", ("a text's", "Title"): "題名"}
    assert translations("kk") == {("a meeting's", "Title"): "", ("a text's", "Title"): ""}, "no other language's word"


def test_each_context_keeps_its_own_translation(app):
    (app / "floor" / "words.py").write_text('lazy("Title", context="a meeting\'s")')
    (app / "texts" / "words.py").write_text('lazy("Title", context="a text\'s")')
    translation_catalogues.collect()
    translate("uz", "Title", "Nomi", "a meeting's")
    translate("uz", "Title", "Sarlavha", "a text's")
    translation_catalogues.collect()
    assert translations("uz") == {("a meeting's", "Title"): "Nomi", ("a text's", "Title"): "Sarlavha"}


def test_a_text_that_is_no_longer_used_is_left_out(app):
    (app / "floor" / "words.py").write_text('lazy("Title")\nlazy("Order")')
    translation_catalogues.collect()
    (app / "floor" / "words.py").write_text('lazy("Order")')
    translation_catalogues.collect()
    assert translations("tg") == {("", "Order"): ""}


def test_a_short_text_of_two_packages_needs_a_context_or_a_line_in_the_list(app):
    (app / "floor" / "words.py").write_text('lazy("Order")\nlazy("Point of order")\nlazy("Number")')
    (app / "texts" / "words.py").write_text('lazy("Order")\nlazy("Point of order")')
    template = translation_catalogues.texts_in_source()
    (fault,) = translation_contexts.faults(template, [])
    assert fault.startswith("'Order' is used in two packages")
    assert list(translation_contexts.faults(template, ["Order"])) == []


def test_a_text_with_a_context_needs_no_line_in_the_list(app):
    (app / "floor" / "words.py").write_text('lazy("Order", context="a list of speakers")')
    (app / "texts" / "words.py").write_text('lazy("Order")')
    template = translation_catalogues.texts_in_source()
    assert list(translation_contexts.faults(template, [])) == []
    assert list(translation_contexts.faults(template, ["Order"])) == ["'Order' needs no line in one-meaning.txt"]


def test_the_list_is_in_order(app):
    for package in ("floor", "texts"):
        (app / package / "words.py").write_text('lazy("Order")\nlazy("Number")\nlazy("%(num)s hour")')
    template = translation_catalogues.texts_in_source()
    in_order = ["%(num)s hour", "Number", "Order"]
    assert list(translation_contexts.faults(template, in_order)) == []
    assert list(translation_contexts.faults(template, in_order[::-1])) == ["one-meaning.txt is not in order"]


def test_the_list_is_read_without_its_comments(tmp_path):
    listed = tmp_path / "one-meaning.txt"
    listed.write_text("# Read in every place.\nNumber\nOrder\n")
    assert translation_contexts.one_meaning(listed) == ["Number", "Order"]
