"""The time of a meeting in the capitals."""

from datetime import UTC, datetime, timedelta

import pytest

from suhbat.ground.language import LANGUAGES, reading_in
from suhbat.meetings.capital_clocks import clocks
from suhbat.meetings.capital_times import shared_times

SIX = ["JP", "KZ", "KG", "TJ", "TM", "UZ"]


def clocks_at(year, month, day, hour, minute, states=tuple(SIX)):
    opens = datetime(year, month, day, hour, minute, tzinfo=UTC)
    return {clock.state: clock for clock in clocks(states, opens, opens + timedelta(hours=2), "Asia/Tokyo")}


def kinds(clock) -> list[str]:
    return [caution.kind for caution in clock.cautions]


def test_the_conference_of_2020_on_every_clock():
    by_state = clocks_at(2020, 8, 11, 9, 0)
    assert {state: (clock.city, f"{clock.opens:%H:%M}", clock.offset) for state, clock in by_state.items()} == {
        "JP": ("Tokyo", "18:00", "UTC+9"),
        "KZ": ("Nur-Sultan", "15:00", "UTC+6"),
        "KG": ("Bishkek", "15:00", "UTC+6"),
        "TJ": ("Dushanbe", "14:00", "UTC+5"),
        "TM": ("Ashgabat", "14:00", "UTC+5"),
        "UZ": ("Tashkent", "14:00", "UTC+5"),
    }
    assert all(clock.cautions == () for clock in by_state.values())


def test_kazakhstan_is_an_hour_further_away_since_march_2024():
    (after,) = (clock for state, clock in clocks_at(2026, 8, 11, 9, 0).items() if state == "KZ")
    assert (after.city, f"{after.opens:%H:%M}", after.offset) == ("Astana", "14:00", "UTC+5")


def test_an_anniversary_of_the_conference_falls_on_mountain_day_in_japan():
    assert [caution.text for caution in clocks_at(2026, 8, 11, 9, 0)["JP"].cautions] == ["Mountain Day"]


def test_too_early_too_late_and_another_day():
    by_state = clocks_at(2026, 6, 3, 23, 0, states=["JP", "KZ", "US", "IN"])
    assert kinds(by_state["KZ"]) == ["early"]
    assert kinds(by_state["JP"]) == []
    assert (by_state["US"].days_from_host, kinds(by_state["US"])) == (-1, ["late"])
    assert by_state["IN"].offset == "UTC+5:30"
    assert kinds(clocks_at(2026, 6, 3, 13, 30)["JP"]) == ["late"]
    assert kinds(clocks_at(2026, 6, 3, 10, 30)["JP"]) == ["late"]


def test_weekends_are_those_of_each_capital():
    sunday = clocks_at(2026, 6, 7, 8, 0, states=["JP", "SA", "KW"])
    assert (kinds(sunday["JP"]), kinds(sunday["SA"]), kinds(sunday["KW"])) == (["weekend"], [], [])
    assert kinds(clocks_at(2026, 6, 5, 8, 0, states=["SA"])["SA"]) == ["weekend"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_estimated_feast_is_provisional_in_every_language(language):
    with reading_in(language):
        (caution,) = clocks_at(2026, 5, 27, 9, 0)["KZ"].cautions
    assert (caution.kind, caution.provisional) == ("holiday", True)
    assert "estimated" not in caution.text


def test_unknown_holidays_are_marked_and_unknown_states_left_out():
    assert kinds(clocks_at(2026, 6, 3, 8, 0, states=["EU"])["EU"]) == ["unknown"]
    assert clocks_at(2026, 6, 3, 8, 0, states=["XX"]) == {}


def test_a_holiday_without_a_translation_is_marked_as_english():
    with reading_in("ru"):
        (caution,) = clocks_at(2026, 2, 5, 8, 0, states=["PK"])["PK"].cautions
        (translated,) = clocks_at(2026, 8, 11, 9, 0)["JP"].cautions
    assert caution.text == '<span lang="en">Kashmir Solidarity Day</span>'
    assert translated.text == "День гор"


def test_capitals_that_share_a_time_are_named_in_the_readers_language():
    at = datetime(2020, 8, 11, 6, tzinfo=UTC)
    with reading_in("ru"):
        times = shared_times(["JP", "KZ", "KG", "XX"], at)
    assert [(f"{time.local:%H:%M}", time.cities) for time in times] == [
        ("15:00", ("Токио",)), ("12:00", ("Нур-Султан", "Бишкек")),
    ]  # fmt: skip
    with reading_in("uz"):
        assert [time.cities for time in shared_times(["UZ"], at)] == [("Toshkent",)]
    assert [time.cities for time in shared_times(["BE", "EU"], at)] == [("Brussels",)]
