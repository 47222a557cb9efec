"""Names of a meeting's place, time zone and format in each language."""

import pytest

from suhbat.formats.models import Format
from suhbat.ground.language import reading_in
from suhbat.meetings.city_zone_and_format_names import (
    content_lang,
    format_title,
    place_of,
    title_of,
    zone_place,
    zone_time,
)
from suhbat.meetings.models import Meeting


@pytest.mark.parametrize(
    ("code", "name"),
    [("en", "Tokyo time"), ("ru", "время: Токио"), ("ja", "東京時間"), ("kk", "Токио уақыты"), ("uz", "Tokio vaqti")],
)
def test_a_clock_is_named_by_its_city(code, name):
    with reading_in(code):
        assert zone_time("Asia/Tokyo") == name
        assert zone_time("UTC") == "UTC"
        assert zone_place("America/Argentina/Rio_Gallegos") == "Rio Gallegos", "a city without a name in our table"


@pytest.mark.parametrize(
    ("city", "country", "english", "japanese"),
    [("Tashkent", "UZ", "Tashkent, Uzbekistan", "タシケント、ウズベキスタン"), (None, "JP", "Japan", "日本"),
     ("Astana", None, "Astana", "アスタナ"), (None, None, "", "")],
)  # fmt: skip
def test_a_place_is_named_as_far_as_it_is_known(city, country, english, japanese):
    meeting = Meeting(city=city, country=country)
    assert place_of(meeting) == english
    with reading_in("ja"):
        assert place_of(meeting) == japanese


def test_a_format_has_its_name_in_the_language_or_is_marked_as_english():
    translated = Format(id="ca-japan", name="“Central Asia plus Japan” Dialogue", short_name="CA + Japan")
    untranslated = Format(id="five-lakes", name="Five <Lakes>", short_name="")
    assert format_title(translated) == "CA + Japan"
    assert format_title(untranslated) == "Five <Lakes>"
    with reading_in("ru"):
        assert "Центральная Азия" in format_title(translated)
        assert str(format_title(untranslated)) == '<span lang="en">Five &lt;Lakes&gt;</span>'


def test_titles_of_reported_and_rehearsed_meetings_are_marked_as_english_and_others_are_not_marked():
    held_here = Meeting(title="Talks <now>", origin="held", rehearsal=False)
    assert (content_lang(held_here), title_of(held_here)) == ("", "Talks &lt;now&gt;")
    for meeting in (Meeting(title="Talks", origin="reported"), Meeting(title="Talks", origin="held", rehearsal=True)):
        assert content_lang(meeting) == ' lang="en"'
        assert title_of(meeting) == '<span lang="en">Talks</span>'
