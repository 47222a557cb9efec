"""The summary record in other languages: one language and one style, from the opening to the colophon."""

import re
from dataclasses import replace
from typing import Any

import pytest

from suhbat.ground.language import reading_in
from suhbat.meetings.models import Meeting
from suhbat.minutes.auto_draft import Draft
from suhbat.minutes.minutes_agreement import minutes_of
from suhbat.minutes.person_names import in_one_line
from suhbat.minutes.print_view import print_view
from suhbat.minutes.summary_record import document_of
from suhbat.minutes.time_format import city_of
from suhbat.record.reading import all_of_meeting

MEETING = "ca-japan/2020-08-11-special-video-conference"


@pytest.fixture
def record_in(closed):
    """The print view of the meeting, drafted again in a language."""

    def drafted(language):
        closed("secretariat", "minutes.drafted", language=language)
        with closed.app.database.reading() as session:
            minutes = minutes_of(session, MEETING)
            assert minutes is not None
            document = document_of(session, session.get_one(Meeting, MEETING), minutes, published_only=False)
            return print_view(document)

    return drafted


ENGLISH = re.compile(r"[A-Za-z]{3,}")
NAMES_AND_QUOTED = (
    "Toshimitsu Motegi", "Mukhtar Tileuberdi", "Chingiz Aidarbekov", "Sirojiddin Muhriddin", "Rashid Meredov",
    "Abdulaziz Kamilov", "Special Video Conference of the Foreign Ministers", "The health crisis",
    "Trade and investment", "Japan is a catalyst for the region.", "Grants for medical equipment",
    "nearly 2 billion yen", "Joint projects", "Agro-industrial projects with Japanese firms", "UTC", "SHA",
)  # fmt: skip


def every_text(part):
    """All texts that a reader sees of a print view."""
    if isinstance(part, str):
        return [part]
    if isinstance(part, dict):
        parts = [child for key, child in part.items() if key not in {"name", "kind", "language"}]
        return [text for child in parts for text in every_text(child)]
    return [text for child in part for text in every_text(child)] if isinstance(part, list) else []


@pytest.mark.parametrize("language", ["ru", "ja", "kk", "ky", "tg"])
def test_a_paper_has_no_english_except_names_and_quotations(record_in, language):
    for text in every_text(record_in(language) | {"states": {}}):
        own_words = re.sub("[0-9a-f]{64}", "", text)
        for name in NAMES_AND_QUOTED:
            own_words = own_words.replace(name, "")
        assert not ENGLISH.search(own_words), text


def test_a_japanese_paper_names_state_and_office_first_in_japanese_punctuation(record_in):
    paper = record_in("ja")
    assert paper["delegations"][0]["people"] == "外務大臣 Toshimitsu Motegi"
    assert {"label": "議長", "text": "日本、外務大臣 Toshimitsu Motegi"} in paper["facts"]
    assert paper["format"] == "「中央アジア＋日本」対話"
    reply = next(block for block in paper["blocks"] if "答弁権" in block["speaker"])
    assert reply["aside"] == "（Sirojiddin Muhriddin、答弁権の行使）"
    opened, closed_ = paper["blocks"][1]["text"], paper["blocks"][-1]["text"]
    assert "（東京）" in opened
    assert re.search("宣した。発言は3件、.*であった。$", closed_), "no space between sentences, and one style"
    assert paper["outcomes"][0]["parties"].endswith(
        "カザフスタン、キルギス、タジキスタン、トルクメニスタン、ウズベキスタン"
    )


def test_a_turkmen_paper_has_the_turkmen_word_for_and(record_in):
    paper = record_in("tk")
    assert paper["outcomes"][1]["parties"] == "Gazagystan → Ýaponiýa"
    assert "Türkmenistan we Özbegistan." in paper["colophon"][0]
    assert "(iňlis dili)" not in str(paper)
    assert any("(rus dili)" in statement for block in paper["blocks"] for statement in block["statements"])


def test_a_person_in_one_line_has_what_is_known():
    assert in_one_line("Toshimitsu Motegi", "", "JP") == "Toshimitsu Motegi, Japan"
    with reading_in("ru"):
        person = in_one_line("Токаев", "Minister of Foreign Affairs", "KZ")
        assert person == "Токаев, министр иностранных дел, Казахстан"
    with reading_in("ja"):
        assert in_one_line("", "", "JP") == "日本"


def test_a_time_zone_has_the_name_of_its_city_in_the_readers_language():
    with reading_in("uz"):
        assert city_of("Asia/Tokyo") == "Tokio"
    with reading_in("ja"):
        assert city_of("Asia/Tashkent") == "タシケント"


TEXT: dict[str, Any] = {"text": "statement", "title": "共同声明", "digest": ""}
TEXT_ACTS: dict[str, dict[str, Any]] = {
    "text.adopted": {**TEXT, "asked": "q1", "silent": ["UZ"], "absent": ["KG", "TJ"]},
    "adoption.answered": {**TEXT, "asked": "q1", "by": "KZ", "agrees": True, "reason": "", "all": True},
    "silence.held": {**TEXT, "silence": "s1", "paragraph": None, "label": "", "as_of": ""},
}


@pytest.mark.parametrize("act", TEXT_ACTS)
def test_an_adoption_is_written_in_the_style_of_the_paper_not_of_the_room(closed, act):
    with closed.app.database.reading() as session:
        entry = replace(next(iter(all_of_meeting(session, MEETING))), act=act, body=TEXT_ACTS[act])
        with reading_in("ja"):
            texts = [paragraph.text for paragraph in Draft(session.get_one(Meeting, MEETING), [entry]).write()]
    assert len(texts) == 1
    assert texts[0].endswith("。")
    assert "ました" not in texts[0]
    assert ("不在：キルギス、タジキスタン。" in texts[0]) is (act == "text.adopted")
