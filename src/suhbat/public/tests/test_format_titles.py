"""Every page shows the name of a format in the reader's language, or in English if it has none."""

from typing import Any

import lxml.html
import pytest

from suhbat.ground.language import reading_in
from suhbat.public.presentation.caption_parts import clauses, together
from suhbat.public.presentation.format_titles import by_title, is_foreign, short_title_of, title_of
from suhbat.public.read_model.fact_types import Format


def named_format(id_, name, short="", origin="reported", **native):
    return Format(
        id=id_, name=name, short_name=short, native_names=native, kind="n-plus-one", established=None, levels=[],
        secretariat=None, summary="", notes=[], origin=origin, entry=1, members=[], sources=[],
    )  # fmt: skip


JAPAN = named_format("ca-japan", '"Central Asia plus Japan" Dialogue', "Central Asia plus Japan")
NEWER = named_format("ca-moon", "Central Asia and the Moon", "CA+M", ru="Центральная Азия и Луна")


def test_a_title_is_from_our_table_then_from_the_file_then_english():
    with reading_in("ru"):
        assert title_of(JAPAN) == "Диалог «Центральная Азия + Япония»"
        assert title_of(NEWER) == "Центральная Азия и Луна"
        assert not is_foreign(NEWER)
    with reading_in("ja"):
        assert title_of(NEWER) == "Central Asia and the Moon"
        assert is_foreign(NEWER)
        assert short_title_of(NEWER) == "CA+M"


def test_a_format_founded_here_is_never_foreign():
    with reading_in("ja"):
        assert not is_foreign(named_format("own", "Own Dialogue", origin="held"))


def test_formats_are_in_the_order_of_the_readers_alphabet():
    first, second = named_format("a", "A", ky="Өзбек"), named_format("b", "B", ky="Пекин")
    assert by_title([second, first]) == [first, second]
    with reading_in("ky"):
        assert by_title([second, first]) == [first, second]  # Ө stands before П, though its code is greater
    with reading_in("ru"):
        assert by_title([second, first]) == [first, second]


def test_names_and_clauses_are_joined_as_in_the_language():
    names = ["A", "B", "C"]
    assert (together(names), clauses(names)) == ("A, B, and C", "A; B; C")
    with reading_in("ja"):
        assert (together(names), clauses(names)) == ("A、B、C", "A；B；C")
    with reading_in("ky"):
        assert together(names) == "A, B жана C"
        assert together([*names, "D", "E"]) == "A, B, C, D жана дагы 1"


@pytest.mark.parametrize(
    ("code", "name", "sentence"),
    [
        ("kk", "«Орталық Азия + Жапония» диалогы", "жылдан бері"),
        ("ja", "「中央アジア＋日本」対話", "最も多いのは「中央アジア＋日本」対話（53回）です。1年間の最多"),
    ],
)
def test_names_of_formats_are_in_the_readers_language_on_every_page(app, client, whole_record, code, name, sentence):
    all_text = ""
    for path in ("/", "/compare?f=ca-japan&f=sco", "/ledger", "/topics/water", "/states/KZ", "/formats"):
        page: Any = lxml.html.fromstring(client.get(f"/{code}{path}").text)
        text = page.find(".//main").text_content()
        assert name in text, path
        assert JAPAN.name not in "".join(page.xpath("//main//*[not(@lang)]/text()")), path
        all_text += text
    assert sentence in all_text
