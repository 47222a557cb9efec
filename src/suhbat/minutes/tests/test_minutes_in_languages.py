"""The summary record in other languages: one language and one style, from the opening to the colophon."""

import re
from dataclasses import replace
from typing import Any

import pytest

from suhbat.ground.language import reading_in
from suhbat.meetings.models import Meeting
from suhbat.minutes.document import document_of
from suhbat.minutes.drafting import Draft
from suhbat.minutes.persons import in_one_line
from suhbat.minutes.sheet import sheet
from suhbat.minutes.standing import minutes_of
from suhbat.minutes.times import city_of
from suhbat.record.reading import all_of_meeting

MEETING = "ca-japan/2020-08-11-special-video-conference"


@pytest.fixture
def record_in(closed):
    """The paper of the meeting, drafted anew in a language."""

    def drafted(language):
        closed("secretariat", "minutes.drafted", language=language)
        with closed.house.database.reading() as session:
            minutes = minutes_of(session, MEETING)
            assert minutes is not None
            document = document_of(session, session.get_one(Meeting, MEETING), minutes, published_only=False)
            return sheet(document)

    return drafted


ENGLISH = re.compile(r"[A-Za-z]{3,}")
NAMES_AND_QUOTED = (
    "Toshimitsu Motegi", "Mukhtar Tileuberdi", "Chingiz Aidarbekov", "Sirojiddin Muhriddin", "Rashid Meredov",
    "Abdulaziz Kamilov", "Special Video Conference of the Foreign Ministers", "The health crisis",
    "Trade and investment", "Japan is a catalyst for the region.", "Grants for medical equipment",
    "nearly 2 billion yen", "Joint projects", "Agro-industrial projects with Japanese firms", "UTC", "SHA",
)  # fmt: skip


def every_text(part):
    """All that a reader sees of a sheet."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, dict):
        shown = [each for key, each in part.items() if key not in {"name", "kind", "language"}]
        return [text for each in shown for text in every_text(each)]
    return [text for each in part for text in every_text(each)] if isinstance(part, list) else []


@pytest.mark.parametrize("language", ["ru", "ja", "kk", "ky", "tg"])
def test_no_english_stands_in_a_paper_but_names_and_what_was_said(record_in, language):
    for text in every_text(record_in(language) | {"states": {}}):
        rest = re.sub("[0-9a-f]{64}", "", text)
        for known in NAMES_AND_QUOTED:
            rest = rest.replace(known, "")
        assert not ENGLISH.search(rest), text


def test_a_japanese_paper_names_state_and_office_first_and_joins_as_japanese_does(record_in):
    paper = record_in("ja")
    assert paper["delegations"][0]["people"] == "外務大臣 Toshimitsu Motegi"
    assert {"label": "議長", "text": "日本、外務大臣 Toshimitsu Motegi"} in paper["facts"]
    assert paper["format"] == "「中央アジア＋日本」対話"
    replied = next(each for each in paper["blocks"] if "答弁権" in each["who"])
    assert replied["aside"] == "（Sirojiddin Muhriddin、答弁権の行使）"
    opened, closed_ = paper["blocks"][1]["text"], paper["blocks"][-1]["text"]
    assert "（東京）" in opened
    assert re.search("宣した。発言は3件、.*であった。$", closed_), "no blank between sentences, and one style"
    assert paper["outcomes"][0]["parties"].endswith(
        "カザフスタン、キルギス、タジキスタン、トルクメニスタン、ウズベキスタン"
    )  # noqa: E501


def test_a_turkmen_paper_lists_with_its_own_word_for_and(record_in):
    paper = record_in("tk")
    assert paper["outcomes"][1]["parties"] == "Gazagystan → Ýaponiýa"
    assert "Türkmenistan we Özbegistan." in paper["colophon"][0]
    assert "(iňlis dili)" not in str(paper)
    assert any("(rus dili)" in said for block in paper["blocks"] for said in block["statements"])


def test_a_person_in_one_line_is_as_much_of_it_as_is_known():
    assert in_one_line("Toshimitsu Motegi", "", "JP") == "Toshimitsu Motegi, Japan"
    with reading_in("ru"):
        told = in_one_line("Токаев", "Minister of Foreign Affairs", "KZ")
        assert told == "Токаев, министр иностранных дел, Казахстан"
    with reading_in("ja"):
        assert in_one_line("", "", "JP") == "日本"


def test_a_clock_bears_the_name_that_its_city_has_in_the_readers_language():
    with reading_in("uz"):
        assert city_of("Asia/Tokyo") == "Tokio"
    with reading_in("ja"):
        assert city_of("Asia/Tashkent") == "タシケント"


TEXT_ACTS: dict[str, dict[str, Any]] = {
    "text.adopted": {"title": "共同声明", "silent": ["UZ"], "absent": ["KG", "TJ"]},
    "adoption.answered": {"title": "共同声明", "all": True},
    "silence.held": {"title": "共同声明", "paragraph": None},
}


@pytest.mark.parametrize("act", TEXT_ACTS)
def test_an_adoption_is_told_in_the_style_of_the_paper_not_in_that_of_the_room(closed, act):
    with closed.house.database.reading() as session:
        entry = replace(next(iter(all_of_meeting(session, MEETING))), act=act, body=TEXT_ACTS[act])
        with reading_in("ja"):
            told = [each["text"] for each in Draft(session.get_one(Meeting, MEETING), [entry]).write()]
    assert len(told) == 1
    assert told[0].endswith("。")
    assert "ました" not in told[0]
    assert ("不在：キルギス、タジキスタン。" in told[0]) is (act == "text.adopted")
