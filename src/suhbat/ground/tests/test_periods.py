"""Beginnings, ends and periods: cases and endings where English has words."""

import pytest

from suhbat.ground.date_phrases import period, show_days, since, until
from suhbat.ground.language import LANGUAGES, reading_in

BEGINNINGS = {
    "en": ("since 28 August 2004", "since August 2004", "since 2004"),
    "ru": ("с 28 августа 2004 года", "с августа 2004 года", "с 2004 года"),
    "ja": ("2004年8月28日から", "2004年8月から", "2004年から"),
    "kk": ("2004 жылғы 28 тамыздан бастап", "2004 жылғы тамыздан бастап", "2004 жылдан бастап"),
    "ky": ("2004-жылдын 28-августунан баштап", "2004-жылдын августунан баштап", "2004-жылдан баштап"),
    "tg": ("аз 28 августи соли 2004", "аз августи соли 2004", "аз соли 2004"),
    "tk": (
        "2004-nji ýylyň 28-nji awgustyndan bäri", "2004-nji ýylyň awgustyndan bäri", "2004-nji ýyldan bäri",
    ),
    "uz": ("2004-yil 28-avgustdan boshlab", "2004-yil avgustdan boshlab", "2004-yildan boshlab"),
}  # fmt: skip
ENDS = {
    "en": ("until 9 April 2010", "until April 2010", "until 2010"),
    "ru": ("до 9 апреля 2010 года", "до апреля 2010 года", "до 2010 года"),
    "ja": ("2010年4月9日まで", "2010年4月まで", "2010年まで"),
    "kk": ("2010 жылғы 9 сәуірге дейін", "2010 жылғы сәуірге дейін", "2010 жылға дейін"),
    "ky": ("2010-жылдын 9-апрелине чейин", "2010-жылдын апрелине чейин", "2010-жылга чейин"),
    "tg": ("то 9 апрели соли 2010", "то апрели соли 2010", "то соли 2010"),
    "tk": ("2010-njy ýylyň 9-njy apreline çenli", "2010-njy ýylyň apreline çenli", "2010-njy ýyla çenli"),
    "uz": ("2010-yil 9-aprelgacha", "2010-yil aprelgacha", "2010-yilgacha"),
}
BOTH = {
    "en": "from 2004 until 9 April 2010",
    "ru": "с 2004 года до 9 апреля 2010 года",
    "ja": "2004年から2010年4月9日まで",
    "kk": "2004 жылдан 2010 жылғы 9 сәуірге дейін",
    "ky": "2004-жылдан 2010-жылдын 9-апрелине чейин",
    "tg": "аз соли 2004 то 9 апрели соли 2010",
    "tk": "2004-nji ýyldan 2010-njy ýylyň 9-njy apreline çenli",
    "uz": "2004-yildan 2010-yil 9-aprelgacha",
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_beginnings_and_ends_have_the_endings_and_words_of_the_language(code):
    with reading_in(code):
        assert tuple(since(text) for text in ("2004-08-28", "2004-08", "2004")) == BEGINNINGS[code]
        assert tuple(until(text) for text in ("2010-04-09", "2010-04", "2010")) == ENDS[code]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_period_shows_the_ends_that_are_known(code):
    with reading_in(code):
        assert period("2004", "2010-04-09") == BOTH[code]
        assert period("2004", None) == BEGINNINGS[code][2]
        assert period(None, "2010") == ENDS[code][2]
        assert not period(None, None)


def test_russian_has_so_only_before_the_second():
    with reading_in("ru"):
        assert since("2020-09-02") == "со 2 сентября 2020 года"
        assert period("2020-09-02", "2020-09-22") == "со 2 сентября 2020 года до 22 сентября 2020 года"
        assert since("2020-09-22") == "с 22 сентября 2020 года"
        assert since("2020-02") == "с февраля 2020 года"


FROM_MONTHS = {
    "kk": "қаңтардан ақпаннан наурыздан сәуірден мамырдан маусымнан "
    "шілдеден тамыздан қыркүйектен қазаннан қарашадан желтоқсаннан",
    "ky": "январынан февралынан мартынан апрелинен майынан июнунан "
    "июлунан августунан сентябрынан октябрынан ноябрынан декабрынан",
    "tk": "ýanwaryndan fewralyndan martyndan aprelinden maýyndan iýunyndan "
    "iýulyndan awgustyndan sentýabryndan oktýabryndan noýabryndan dekabryndan",
    "uz": "yanvardan fevraldan martdan apreldan maydan iyundan "
    "iyuldan avgustdan sentabrdan oktabrdan noyabrdan dekabrdan",
}
UNTIL_MONTHS = {
    "kk": "қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке қазанға қарашаға желтоқсанға",
    "ky": "январына февралына мартына апрелине майына июнуна июлуна августуна сентябрына октябрына ноябрына декабрына",
    "tk": "ýanwaryna fewralyna martyna apreline maýyna iýunyna "
    "iýulyna awgustyna sentýabryna oktýabryna noýabryna dekabryna",
    "uz": "yanvargacha fevralgacha martgacha aprelgacha maygacha iyungacha "
    "iyulgacha avgustgacha sentabrgacha oktabrgacha noyabrgacha dekabrgacha",
}


@pytest.mark.parametrize("code", FROM_MONTHS)
@pytest.mark.parametrize(("phrase", "months"), [(since, FROM_MONTHS), (until, UNTIL_MONTHS)])
def test_every_month_has_the_ending_of_a_beginning_and_of_an_end(code, phrase, months):
    with reading_in(code):
        for number, name in enumerate(months[code].split(), start=1):
            whole = phrase(f"2021-{number:02}")
            assert name in whole.split(), whole


@pytest.mark.parametrize(("code", "same_month", "same_year", "years"), [
    ("en", "11–12 August 2020", "30 August – 2 September 2020", "30 December 2020 – 2 January 2021"),
    ("ru", "11–12 августа 2020 года", "30 августа — 2 сентября 2020 года", "30 декабря 2020 года — 2 января 2021 года"),
    ("ja", "2020年8月11～12日", "2020年8月30日～9月2日", "2020年12月30日～2021年1月2日"),
    ("kk", "2020 жылғы 11–12 тамыз", "2020 жылғы 30 тамыз – 2 қыркүйек",
     "2020 жылғы 30 желтоқсан – 2021 жылғы 2 қаңтар"),
    ("ky", "2020-жылдын 11–12-августу", "2020-жылдын 30-августу – 2-сентябры",
     "2020-жылдын 30-декабры – 2021-жылдын 2-январы"),
    ("tg", "11–12 августи соли 2020", "30 август – 2 сентябри соли 2020",
     "30 декабри соли 2020 – 2 январи соли 2021"),
    ("tk", "2020-nji ýylyň 11–12-nji awgusty", "2020-nji ýylyň 30-njy awgusty – 2-nji sentýabry",
     "2020-nji ýylyň 30-njy dekabry – 2021-nji ýylyň 2-nji ýanwary"),
    ("uz", "2020-yil 11–12-avgust", "2020-yil 30-avgust – 2-sentabr", "2020-yil 30-dekabr – 2021-yil 2-yanvar"),
])  # fmt: skip
def test_the_days_of_a_meeting_show_once_what_they_share(code, same_month, same_year, years):
    with reading_in(code):
        assert show_days("2020-08-11", "2020-08-12") == same_month
        assert show_days("2020-08-30", "2020-09-02") == same_year
        assert show_days("2020-12-30", "2021-01-02") == years


def test_one_day_is_shown_alone_and_a_month_stays_a_month():
    with reading_in("en"):
        assert show_days("2020-08-11", None) == show_days("2020-08-11", "2020-08-11") == "11 August 2020"
        assert show_days("2020-08", "2020-09") == "August 2020 – September 2020"
