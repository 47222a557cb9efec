"""Dates as ministries write them, word for word, in all eight languages."""

from datetime import UTC, date, datetime

import pytest

from suhbat.ground.dates import figures, show_date, show_instant, show_weekday
from suhbat.ground.language import LANGUAGES, reading_in

DIALOGUE = datetime(2020, 8, 11, 6, 2, tzinfo=UTC)
"""15:02 in Tokyo, where a meeting was opened."""
DAYS = {
    "en": ("11 August 2020", "August 2020", "2020"),
    "ru": ("11 августа 2020 года", "август 2020 года", "2020"),
    "ja": ("2020年8月11日", "2020年8月", "2020年"),
    "kk": ("2020 жылғы 11 тамыз", "2020 жылғы тамыз", "2020"),
    "ky": ("2020-жылдын 11-августу", "2020-жылдын августу", "2020"),
    "tg": ("11 августи соли 2020", "августи соли 2020", "2020"),
    "tk": ("2020-nji ýylyň 11-nji awgusty", "2020-nji ýylyň awgusty", "2020"),
    "uz": ("2020-yil 11-avgust", "2020-yil avgust", "2020"),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_day_a_month_and_a_year_are_shown_as_exactly_as_they_are_known(code):
    with reading_in(code):
        assert (show_date("2020-08-11"), show_date("2020-08"), show_date("2020")) == DAYS[code]
        assert not show_date(None)


def test_after_a_preposition_russian_and_tajik_put_the_date_in_another_form():
    with reading_in("ru"):
        assert [show_date(text, "genitive") for text in ("2020-08-11", "2020-08", "2020")] == [
            "11 августа 2020 года", "августа 2020 года", "2020 года",
        ]  # fmt: skip
    with reading_in("tg"):
        assert show_date("2020", "genitive") == "соли 2020"
    with reading_in("uz"):
        assert show_date("2020-08", "genitive") == "2020-yil avgust"


def test_turkmen_days_and_years_have_the_spoken_ending():
    with reading_in("tk"):
        assert show_date("2025-12-19") == "2025-nji ýylyň 19-njy dekabry"
        assert show_date("2010-08-07") == "2010-njy ýylyň 7-nji awgusty"
        assert show_date("2006-06-30") == "2006-njy ýylyň 30-njy iýuny"


MONTHS = {
    "en": "January February March April May June July August September October November December",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "ja": "1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ky": "январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры",
    "tg": "январи феврали марти апрели майи июни июли августи сентябри октябри ноябри декабри",
    "tk": "ýanwary fewraly marty apreli maýy iýuny iýuly awgusty sentýabry oktýabry noýabry dekabry",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_month_in_a_date_is_in_lower_case_with_its_ending(code):
    with reading_in(code):
        for number, name in enumerate(MONTHS[code].split(), start=1):
            assert name in show_date(f"2021-{number:02}-05")


@pytest.mark.parametrize(("code", "expected"), [
    ("en", "Tuesday, 11 August 2020"), ("ru", "вторник, 11 августа 2020 года"), ("ja", "2020年8月11日（火曜日）"),
    ("kk", "2020 жылғы 11 тамыз, сейсенбі"), ("ky", "2020-жылдын 11-августу, шейшемби"),
    ("tg", "сешанбе, 11 августи соли 2020"), ("tk", "2020-nji ýylyň 11-nji awgusty, sişenbe"),
    ("uz", "2020-yil 11-avgust, seshanba"),
])  # fmt: skip
def test_a_weekday_is_at_the_place_that_the_language_has_for_it(code, expected):
    with reading_in(code):
        assert show_weekday("2020-08-11") == expected
        assert show_weekday("2020-08") == show_date("2020-08")  # nobody said which day


@pytest.mark.parametrize(("code", "long", "short", "in_figures"), [
    ("en", "11 August 2020, 15:02", "Tue 11 Aug, 15:02", "11 Aug 2020, 15:02"),
    ("ru", "11 августа 2020 года, 15:02", "вт, 11 авг., 15:02", "11.08.2020, 15:02"),
    ("ja", "2020年8月11日 15:02", "8月11日（火）15:02", "2020年8月11日 15:02"),
    ("kk", "2020 жылғы 11 тамыз, 15:02", "11 там., сс, 15:02", "11.08.2020, 15:02"),
    ("ky", "2020-жылдын 11-августу, 15:02", "11-авг., шейш., 15:02", "11.08.2020, 15:02"),
    ("tg", "11 августи соли 2020, 15:02", "сшб, 11 авг, 15:02", "11.08.2020, 15:02"),
    ("tk", "2020-nji ýylyň 11-nji awgusty, 15:02", "11 awg, siş, 15:02", "11.08.2020, 15:02"),
    ("uz", "2020-yil 11-avgust, 15:02", "11-avg, sesh, 15:02", "11.08.2020, 15:02"),
])  # fmt: skip
def test_an_instant_is_shown_in_the_time_of_its_zone(code, long, short, in_figures):
    with reading_in(code):
        assert show_instant(DIALOGUE, "Asia/Tokyo") == long
        assert show_instant(DIALOGUE, "Asia/Tokyo", "short-day-and-time") == short
        assert short.startswith(show_instant(DIALOGUE, "Asia/Tokyo", "short-day"))
        assert show_instant(DIALOGUE, "Asia/Tokyo", "figures-and-time") == in_figures
        assert show_instant(DIALOGUE, "Asia/Tokyo", "time") == "15:02"
        assert show_instant(DIALOGUE, form="time") == "06:02"


def test_the_day_is_the_one_of_the_zone():
    late = datetime(2020, 8, 11, 20, 0, tzinfo=UTC)
    with reading_in("uz"):
        assert show_instant(late, "Asia/Tokyo") == "2020-yil 12-avgust, 05:00"


def test_short_dates_are_figures_with_a_four_digit_year():
    with reading_in("tg"):
        assert figures(date(2026, 11, 29)) == "29.11.2026"
    with reading_in("en"):
        assert figures(date(2026, 11, 29)) == "29 Nov 2026"  # 11/12 would be two days


def test_an_unknown_form_raises_an_error():
    with pytest.raises(KeyError):
        show_instant(DIALOGUE, form="HH:mm")
