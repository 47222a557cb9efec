"""A native speaker sends a file of corrections: what fits is applied, what does not is named with its reason."""

import re

import pytest
from babel.messages import Catalog
from scripts import translation_catalogues, translation_corrections, translations

GUIDE = translation_catalogues.ROOT / "docs" / "languages.md"


@pytest.fixture
def russian(tmp_path, monkeypatch):
    """A catalogue of its own with a plain text, one with a name in it, one in a context, and a counted one."""
    monkeypatch.setattr(translation_catalogues, "LOCALE", tmp_path / "locale")
    catalogue = Catalog(locale="ru")
    catalogue.add("Note-taker", "Ведущий запись")
    catalogue.add("Name", "Название")
    catalogue.add("Name", "Название", context="a person's")
    catalogue.add("%(state)s asks for the floor.", "%(state)s просит слова.")
    catalogue.add("Two lines,\none\ttab", "Две строки,\nодна\tтабуляция")
    catalogue.add(("%(num)s week", "%(num)s weeks"), ("%(num)s неделя", "%(num)s недели", "%(num)s неделей"))
    translation_catalogues.write("ru", catalogue)
    return tmp_path


def apply(folder, *rows):
    sent = folder / "ru.tsv"
    sent.write_text("\n".join("\t".join(row) for row in rows) + "\n", "utf-8")
    return translation_corrections.apply("ru", sent)


def said(msgid, context=None):
    return translation_catalogues.read("ru").get(msgid, context).string


def test_what_fits_is_applied_and_the_rest_of_the_catalogue_stays(russian):
    left_alone = apply(
        russian,
        ("msgid", "today", "better", "form", "context"),
        ("Note-taker", "Ведущий запись", "Протоколист"),
        (),
        ("%(state)s asks for the floor.", "%(state)s просит слова.", "Слова просит делегация: %(state)s.", "", ""),
    )
    assert left_alone == []
    assert said("Note-taker") == "Протоколист"
    assert said("%(state)s asks for the floor.") == "Слова просит делегация: %(state)s."
    assert said("Name") == "Название"


def test_a_word_is_corrected_in_the_context_that_is_named_and_in_no_other(russian):
    assert apply(russian, ("Name", "Название", "Имя", "", "a person's")) == []
    assert (said("Name"), said("Name", "a person's")) == ("Название", "Имя")
    (fault,) = apply(russian, ("Name", "Название", "Имя", "", "a ship's"))
    assert "no such text: 'Name'" in fault


def test_one_plural_form_is_corrected_and_the_others_stay(russian):
    assert apply(russian, ("%(num)s week", "%(num)s неделей", "%(num)s недель", "2")) == []
    assert said("%(num)s week") == ("%(num)s неделя", "%(num)s недели", "%(num)s недель")


def test_line_ends_and_tabs_within_a_text_are_written_with_a_stroke(russian):
    row = (r"Two lines,\none\ttab", r"Две строки,\nодна\tтабуляция", r"Две строки:\nодна\tтабуляция")
    assert apply(russian, row) == []
    assert said("Two lines,\none\ttab") == "Две строки:\nодна\tтабуляция"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Note-taker", "Протоколист"), "fewer than three columns"),
        (("Notetaker", "Ведущий запись", "Протоколист"), "no such text: 'Notetaker'"),
        (("Note-taker", "Секретарь", "Протоколист"), "the catalogue says something else"),
        (("%(state)s asks for the floor.", "%(state)s просит слова.", "Просит слова."), "missing: %(state)s"),
        (("%(num)s week", "%(num)s неделей", "%(num)s недель"), "the catalogue says something else"),
        (("%(num)s week", "%(num)s неделей", "%(num)s недель", "3"), "the catalogue says something else"),
        (("Note-taker", "Ведущий запись", "Протоколист", "0"), "the catalogue says something else"),
    ],
)
def test_what_does_not_fit_is_left_alone_and_named_with_its_line_and_reason(russian, row, reason):
    before = translation_catalogues.catalogue("ru").read_bytes()
    (fault,) = apply(russian, ("msgid", "today", "better"), row)
    assert fault.startswith("ru.tsv, line 2: ")
    assert reason in fault
    assert translation_catalogues.catalogue("ru").read_bytes() == before


def test_the_same_file_twice_changes_nothing_more(russian):
    row = ("Note-taker", "Ведущий запись", "Протоколист")
    assert apply(russian, row) == []
    after_once = translation_catalogues.catalogue("ru").read_bytes()
    assert apply(russian, row) == []
    assert translation_catalogues.catalogue("ru").read_bytes() == after_once


def test_the_example_of_the_guide_is_a_file_that_is_taken(russian, capsys):
    guide = GUIDE.read_text("utf-8")
    example = re.search(r"```tsv\n(.*?)```", guide, re.DOTALL).group(1)
    sent = russian / "corrections.tsv"
    sent.write_text(example, "utf-8")
    line = re.search(r"^\.venv/bin/python scripts/translations\.py (correct ru .*)$", guide, re.MULTILINE)
    command = line.group(1).split()
    assert translations.main([*command[:-1], str(russian / command[-1])]) == 0, capsys.readouterr().out
    assert said("Note-taker") == "Протоколист"
    assert said("Name", "a person's") == "Имя"
    assert said("%(num)s week")[2] == "%(num)s недель"


def test_every_command_of_the_guide_is_one_that_is_understood(capsys):
    named = set(re.findall(r"scripts/translations\.py (\w+)", GUIDE.read_text("utf-8")))
    assert named == {"collect", "compile", "check", "correct"}
    assert named <= set(re.findall(r"scripts/translations\.py (\w+)", translations.__doc__))
    assert translations.main(["correct", "xx", "nothing.tsv"]) == 2
    assert "translations.py collect" in capsys.readouterr().out
