"""A native speaker sends a file of corrections: those that fit are applied, the others are named with the reason."""

import re

import pytest
from babel.messages import Catalog
from scripts import translation_catalogues, translation_corrections, translations

GUIDE = translation_catalogues.ROOT / "docs" / "languages.md"


@pytest.fixture
def russian(tmp_path, monkeypatch):
    """A Russian catalogue with a plain text, one with a placeholder, one with a context, and a counted one."""
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
    file = folder / "ru.tsv"
    file.write_text("\n".join("\t".join(row) for row in rows) + "\n", "utf-8")
    return translation_corrections.apply("ru", file)


def translation(msgid, context=None):
    return translation_catalogues.read("ru").get(msgid, context).string


def test_a_correction_that_fits_is_applied_and_the_rest_of_the_catalogue_stays(russian):
    refused = apply(
        russian,
        ("msgid", "today", "better", "form", "context"),
        ("Note-taker", "Ведущий запись", "Протоколист"),
        (),
        ("%(state)s asks for the floor.", "%(state)s просит слова.", "Слова просит делегация: %(state)s.", "", ""),
    )
    assert refused == []
    assert translation("Note-taker") == "Протоколист"
    assert translation("%(state)s asks for the floor.") == "Слова просит делегация: %(state)s."
    assert translation("Name") == "Название"


def test_a_word_is_corrected_in_the_named_context_alone(russian):
    assert apply(russian, ("Name", "Название", "Имя", "", "a person's")) == []
    assert (translation("Name"), translation("Name", "a person's")) == ("Название", "Имя")
    (fault,) = apply(russian, ("Name", "Название", "Имя", "", "a ship's"))
    assert "no such text: 'Name'" in fault


def test_one_plural_form_is_corrected_and_the_others_stay(russian):
    assert apply(russian, ("%(num)s week", "%(num)s неделей", "%(num)s недель", "2")) == []
    assert translation("%(num)s week") == ("%(num)s неделя", "%(num)s недели", "%(num)s недель")


def test_line_ends_and_tabs_within_a_text_are_written_with_a_backslash(russian):
    row = (r"Two lines,\none\ttab", r"Две строки,\nодна\tтабуляция", r"Две строки:\nодна\tтабуляция")
    assert apply(russian, row) == []
    assert translation("Two lines,\none\ttab") == "Две строки:\nодна\tтабуляция"


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
def test_a_correction_that_does_not_fit_is_reported_with_its_line_and_reason(russian, row, reason):
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


def test_the_example_of_the_guide_can_be_applied(russian, capsys):
    guide = GUIDE.read_text("utf-8")
    example = re.search(r"```tsv\n(.*?)```", guide, re.DOTALL).group(1)
    file = russian / "corrections.tsv"
    file.write_text(example, "utf-8")
    line = re.search(r"^\.venv/bin/python scripts/translations\.py (correct ru .*)$", guide, re.MULTILINE)
    command = line.group(1).split()
    assert translations.main([*command[:-1], str(russian / command[-1])]) == 0, capsys.readouterr().out
    assert translation("Note-taker") == "Протоколист"
    assert translation("Name", "a person's") == "Имя"
    assert translation("%(num)s week")[2] == "%(num)s недель"


def test_every_command_of_the_guide_is_known(capsys):
    commands = set(re.findall(r"scripts/translations\.py (\w+)", GUIDE.read_text("utf-8")))
    assert commands == {"collect", "compile", "check", "correct"}
    assert commands <= set(re.findall(r"scripts/translations\.py (\w+)", translations.__doc__))
    assert translations.main(["correct", "xx", "nothing.tsv"]) == 2
    assert "translations.py collect" in capsys.readouterr().out
