"""Editors read the faults of a file in their own language. The command line prints them in English."""

import pytest
from tests.loaded_public_record import TODAY

from suhbat.archive.file_validation import ReferenceTargets, check
from suhbat.archive.yaml_reader import Fault, File, read
from suhbat.ground.language import lazy, reading_in


def meeting(**changed):
    content = {
        "format": "ca-japan", "number": None, "title": "A meeting", "level": "ministerial", "mode": "video",
        "starts": "2020-08-11", "ends": None, "place": None, "chair": None,
        "participants": [], "agenda": [], "outcomes": [], "documents": [], "notes": None, "confidence": "high",
        "sources": [{"n": 1, "url": "https://example.org", "publisher": "A ministry", "date": None}],
    }  # fmt: skip
    return File("meetings/ca-japan/2020-08-11-x.yaml", "", content | changed)


def reasons(file):
    return [fault.reason for fault in check(file, targets())]


def targets():
    references = ReferenceTargets(TODAY)
    references.formats.add("ca-japan")
    return references


def test_a_valid_meeting_has_no_faults():
    assert reasons(meeting()) == []


@pytest.mark.parametrize(
    ("changed", "english", "japanese", "kazakh"),
    [
        ({"level": "grand"}, 'level: "grand" is not one of', 'level："grand"は選択肢にありません', "мұндай нұсқа жоқ"),
        ({"title": 5}, 'title: 5 is not of type "string"', 'title：5の型が違います（"string"）', "басқа тип керек"),
        ({"title": ""}, "title: must not be empty", "title：空にできません", "бос болмауы керек"),
        ({"number": 0}, "number: 0 is less than 1", "number：0は下限（1）を下回っています", "рұқсат етілгеннен аз (1)"),
        ({"starts": "2020-02-30"}, "2020-02-30 is no day, month or year that exists", "実在する日", "мұндай күн"),
        ({"weather": "fine"}, 'file: no such field: "weather"', "ファイル全体：このような項目は", "файл: мұндай өріс"),
        ({"sources": []}, "sources: too few: at least 1 needed", "sources：少なすぎます", "кемінде 1 керек"),
        ({"format": "moon"}, "there is no format moon", "枠組みmoonはありません", "moon форматы жоқ"),
        ({"ends": "2020-01-01"}, "the meeting ends before it starts", "終了日が開始日より前です", "кездесу басталмай"),
    ],
)  # fmt: skip
def test_each_fault_is_in_the_readers_language(changed, english, japanese, kazakh):
    faults = check(meeting(**changed), targets())
    for code, words in (("en", english), ("ja", japanese), ("kk", kazakh)):
        with reading_in(code):
            assert any(words in fault.reason for fault in faults), [fault.reason for fault in faults]


def test_the_fault_of_a_value_that_may_be_null_names_the_other_type():
    (first, *_others) = reasons(meeting(ends="soon"))
    assert first.startswith('ends: "soon" does not match')
    assert reasons(meeting(place={"city": "Tokyo", "country": 5})) == ['place.country: 5 is not of type "string"']


def test_a_missing_field_and_a_list_with_duplicates_are_faults():
    file = meeting(agenda=["water", "water"])
    del file.content["confidence"]
    assert {"file: confidence is missing", "agenda: names the same twice"} <= set(reasons(file))


def test_an_empty_file_is_a_fault():
    with reading_in("uz"):
        (fault,) = read(File("people.yaml", ""))
        assert str(fault) == "people.yaml:1: fayl boʻsh"
    assert str(fault) == "people.yaml:1: the file is empty"


def test_a_fault_has_a_plain_or_a_translated_reason():
    assert Fault("people.yaml", 3, "plain").reason == "plain"
    with reading_in("ru"):
        assert Fault("people.yaml", 3, lazy("nested too deeply")).reason == "слишком глубокая вложенность"
