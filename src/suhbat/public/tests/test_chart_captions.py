"""Captions of charts are true for any record: empty, with one meeting, with a tie, with unknown facts."""

import re
from datetime import date

import pytest

from suhbat.ground import language
from suhbat.ground.language import reading_in
from suhbat.public.pages.compare_page import compare_facts
from suhbat.public.pages.home_page import home_facts, sentence, upcoming
from suhbat.public.presentation.caption_parts import most, together
from suhbat.public.read_model.almanac import Almanac
from suhbat.public.read_model.fact_types import HELD, REPORTED, Delegation, Delivery, Format, Meeting, Member, Outcome

FIVE = ("KZ", "KG", "TJ", "TM", "UZ")


def format_(id_, kind="n-plus-one", partner="JP", since=None, members=FIVE, until=None):
    joined = [Member(state, "member", since, until) for state in members]
    joined += [Member(partner, "partner", since, None)] if partner else []
    return Format(
        id=id_, name=id_.title(), short_name="", native_names={}, kind=kind, established=None, levels=[],
        secretariat=None, summary="", notes=[], origin=REPORTED, entry=1, members=joined, sources=[],
    )  # fmt: skip


def meeting(format_, starts, named=(), *, outcomes=(), origin=REPORTED, status="reported", **other):
    id_ = f"{format_}/{starts}-{other.pop('name', 'x')}"
    delegations = [Delegation(state, observer=False, name=None, office=None, others=[]) for state in named]
    fields = {
        "number": None, "level": "ministerial", "mode": "in-person", "ends": None, "opens_at": None, "closes_at": None,
        "zone": "", "city": None, "country": None, "chair": None, "topics": [], "agenda": [], "rehearsal": False,
        "confidence": "high", "notes": None, "entry": 1, "documents": [], "sources": [],
    } | other  # fmt: skip
    outcomes_ = [outcome(id_, format_, starts, n, **fields_) for n, fields_ in enumerate(outcomes)]
    return Meeting(id=id_, format=format_, title="A meeting", starts=starts, status=status, origin=origin,
                   delegations=delegations, outcomes=outcomes_, **fields)  # fmt: skip


def outcome(meeting, format_, day, n, **changes):
    fields = {
        "kind": "pledge", "by": ["JP"], "to": [], "topic": "water", "title": "", "summary": "Something", "amount": None,
        "due": None, "part_of": None, "part_of_confidence": "", "follows": None, "follows_as": "",
        "fulfilled_by": None, "sources": [], "origin": REPORTED, "state": "announced", "entry": 1, "changed": 1,
        "intervention": None, "deliveries": [],
    } | changes  # fmt: skip
    id_ = fields.pop("id", f"o{n}")
    return Outcome(id=f"{meeting}#{id_}", meeting=meeting, format=format_, day=day, position=n, **fields)


def almanac_of(*formats, meetings=()):
    return Almanac(1, {f.id: f for f in formats}, {m.id: m for m in meetings}, {})


def charts(almanac, *ids):
    formats = [almanac.formats[id_] for id_ in ids] or list(almanac.formats.values())
    return compare_facts(almanac, formats, 2020)["pictures"]


def yen(value):
    return {"value": value, "currency": "JPY", "qualifier": "exact"}


def paid(day, value=None, state="delivered"):
    return Delivery(day, state, yen(value) if value else None, "Done", 1, 1)


def test_captions_claim_nothing_of_a_format_that_never_met():
    pictures = charts(almanac_of(format_("alpha")))
    assert pictures["years"]["sentence"] == pictures["levels"]["sentence"] == "No meetings to compare."
    assert pictures["rooms"]["sentence"] == "No meeting of the five is on record."
    assert pictures["chairs"]["sentence"] == "No chair or place is on record."
    assert pictures["pledged"]["sentence"] == "No pledge with a sum is on record."
    assert pictures["next"]["sentence"] == "No promise of a further meeting is on record."
    assert pictures["delays"]["sentence"].startswith("For 0 of 0 ")
    for name, picture in pictures.items():
        assert "\n" not in picture["sentence"], name
        assert "%" not in picture["sentence"], name


def test_captions_claim_nothing_without_formats():
    for picture in charts(almanac_of()).values():
        assert picture["sentence"]
    assert sentence(almanac_of()) == "No meeting is in the record yet."


def test_a_caption_names_everyone_in_a_tie():
    almanac = almanac_of(
        format_("alpha"), format_("beta"), format_("gamma"),
        meetings=[meeting("alpha", "2018-05-01"), meeting("beta", "2019-05-01", level="summit")],
    )  # fmt: skip
    pictures = charts(almanac)
    assert pictures["years"]["sentence"] == (
        "The most meetings: Alpha and Beta (1). The most in one year: 1, Alpha (2018) and Beta (2019)."
    )
    assert (
        pictures["levels"]["sentence"] == "The most frequent levels, with 1 of 2 meetings each: Summit and Ministers."
    )
    assert (
        sentence(almanac)
        == "2 meetings of 2 formats since 2018; the years with the most are 2018 and 2019, with 1 each."
    )


def test_of_many_in_a_tie_some_are_named_and_the_others_counted():
    assert together(["a", "b", "c", "d", "e", "f"]) == "a, b, c, d and 2 more"
    with reading_in("ja"):
        assert together(["A", "B"]) == "A、B"
    assert most([("a", 0), ("b", 0)]) == ([], 0)


def test_a_sum_that_nobody_named_is_not_zero():
    almanac = almanac_of(format_("alpha"), meetings=[
        meeting("alpha", "2018-05-01", outcomes=[{}, {"deliveries": [paid("2019-05-01", 7)]}]),
    ])  # fmt: skip
    chart = charts(almanac)["pledged"]
    assert chart["sentence"] == "No pledge with a sum is on record."
    assert chart["rows"][0]["without_sum"] == 2
    assert chart["rows"][0]["traced_without_sum"] == {"JPY": 7}
    assert chart["table"] == [["alpha", "", 0, None, "", "", None, 2, "7 JPY"]]


def test_parts_are_not_counted_twice_with_their_whole_even_across_formats():
    whole = meeting("alpha", "2018-05-01", outcomes=[{"id": "whole", "amount": yen(100)}])
    part = meeting("beta", "2018-06-01", outcomes=[
        {"amount": yen(60), "part_of": whole.id + "#whole", "deliveries": [paid("2019-01-01", 60)]},
    ])  # fmt: skip
    chart = charts(almanac_of(format_("alpha"), format_("beta"), meetings=[whole, part]))["pledged"]
    alpha, beta = chart["rows"]
    assert (alpha["money"][0]["promised"], alpha["money"][0]["traced"]) == (100, {"JPY": 60})
    assert (beta["money"], beta["without_sum"]) == ([], 0)
    assert chart["sentence"] == (
        "1 pledge names a sum, in 1 of the 2 formats shown; money is traced under 1. "
        "The most in each currency: Alpha: ¥100."
    )


def test_currencies_are_shown_separately():
    dollars = {"value": 5, "currency": "USD", "qualifier": "exact"}
    almanac = almanac_of(format_("alpha"), format_("beta"), meetings=[
        meeting("alpha", "2018-05-01", outcomes=[{"amount": yen(100)}, {"amount": dollars}]),
        meeting("beta", "2018-05-01", outcomes=[{"amount": yen(100)}]),
    ])  # fmt: skip
    chart = charts(almanac)["pledged"]
    assert chart["sentence"].endswith("The most in each currency: Alpha and Beta: ¥100; Alpha: $5.")
    assert [(m["currency"], m["promised"]) for m in chart["rows"][0]["money"]] == [("JPY", 100), ("USD", 5)]


def rooms_of(*meetings, kind="n-plus-one", partner="JP", **options):
    rooms = charts(almanac_of(format_("alpha", kind, partner, **options), meetings=meetings))["rooms"]
    return {(row["id"], how): row[how] for row in rooms["rows"] for how in ("named", "assumed") if row[how]}


def test_named_delegations_decide_the_kind_of_a_meeting():
    assert rooms_of(meeting("alpha", "2018-05-01", [*FIVE, "JP"])) == {("one", "named"): 1}
    assert rooms_of(meeting("alpha", "2018-05-01", [*FIVE, "JP", "AF"])) == {("several", "named"): 1}
    alone = meeting("alpha", "2018-05-01", FIVE)
    assert rooms_of(alone, kind="n-plus-zero", partner="") == {("alone", "named"): 1}
    guest = meeting("alpha", "2018-05-01", [*FIVE, "AZ"])
    assert rooms_of(guest, kind="n-plus-zero", partner="") == {("one", "named"): 1}
    assert rooms_of(guest, kind="organisation", partner="CN") == {("several", "named"): 1}


def test_a_state_that_is_not_named_does_not_count_as_absent():
    for present in ((), ("JP",), ("KZ", "JP"), FIVE[:4], FIVE):
        assert rooms_of(meeting("alpha", "2018-05-01", present)) == {("one", "assumed"): 1}, present


def test_membership_counts_only_from_its_day_on():
    assert rooms_of(meeting("alpha", "2018-05-01", ["KZ", "JP"]), since="2019-01-01") == {("unknown", "assumed"): 1}
    assert rooms_of(meeting("alpha", "2018"), since="2018-06-01") == {("one", "assumed"): 1}
    assert rooms_of(meeting("alpha", "2018-05-01"), until="2017-12-31") == {("unknown", "assumed"): 1}


def test_some_of_the_five_are_not_all_of_them():
    four = {"kind": "organisation", "partner": "CN", "members": FIVE[:4]}
    assert rooms_of(meeting("alpha", "2018-05-01", [*FIVE[:4], "CN"]), **four) == {("some", "named"): 1}
    assert rooms_of(meeting("alpha", "2018-05-01", ["CN"]), **four) == {("some", "assumed"): 1}
    assert rooms_of(meeting("alpha", "2018-05-01", [*FIVE, "CN"]), **four) == {("several", "named"): 1}


def test_attendance_of_a_meeting_held_here_is_from_its_entries():
    def meeting_held(present, status="published"):
        six = [*FIVE, "JP"]
        return meeting("alpha", "2018-05-01", six, origin=HELD, status=status, present=present)

    assert rooms_of(meeting_held([*FIVE[:4], "JP"])) == {("some", "named"): 1}
    assert rooms_of(meeting_held([*FIVE, "JP"])) == {("one", "named"): 1}
    assert rooms_of(meeting_held(None)) == {("one", "assumed"): 1}
    assert rooms_of(meeting_held(None, "open")) == {("one", "assumed"): 1}
    assert rooms_of(meeting_held(None, "convened")) == {}


def test_a_dialogue_of_other_regions_is_no_meeting_of_the_five():
    other = format_("alpha", members=("TH", "VN"))
    pictures = charts(almanac_of(other, meetings=[meeting("alpha", "2018-05-01", ["TH", "VN", "JP"])]))
    assert pictures["rooms"]["sentence"] == "No meeting of the five is on record."


def test_the_chair_that_nobody_names_is_not_known():
    japan = Delegation("JP", observer=False, name=None, office=None, others=[])
    almanac = almanac_of(format_("alpha"), meetings=[
        meeting("alpha", "2018-05-01", chair=japan, country="KZ"),
        meeting("alpha", "2019-05-01", mode="video"), meeting("alpha", "2019-06-01", mode=None),
    ])  # fmt: skip
    [row] = charts(almanac)["chairs"]["rows"]
    assert (row["chair"]["five"], row["chair"]["others"], row["chair"]["not_known"]) == (0, 1, 2)
    assert (row["placed"], row["host"]["five"], row["host"]["not_known"]) == (2, 1, 1)


@pytest.mark.parametrize(("deliveries", "days"), [
    ([paid("2018-05-31")], 30),
    ([paid("2018-04-01")], 0),  # it had begun before it was promised
    ([paid("2019")], None),  # a year is no day
    ([paid(None), paid("2019-05-01")], None),  # the first one is not dated
    ([paid("2018-06-01", state="unknown"), paid("2018-05-31")], 30),
    ([], None),
])  # fmt: skip
def test_days_are_counted_between_days_that_are_known(deliveries, days):
    almanac = almanac_of(
        format_("alpha"), meetings=[meeting("alpha", "2018-05-01", outcomes=[{"deliveries": deliveries}])]
    )
    chart = charts(almanac)["delays"]
    assert chart["rows"][0]["median"] == days
    assert ("shortest" in chart["sentence"]) == (days is not None)


class WithoutOwnFigures:
    """A catalogue without digits in its own words (such as 5か国), so that all digits come from the record."""

    def __init__(self, catalogue):
        self.catalogue = catalogue

    def __getattr__(self, call):
        def say(*arguments):
            return re.sub(r"\d+", "", getattr(self.catalogue, call)(*arguments))

        return say


def test_in_every_language_the_numbers_stay_the_same(monkeypatch):
    whole = language._catalogue
    monkeypatch.setattr(language, "_catalogue", lambda code: WithoutOwnFigures(whole(code)))
    grant = {"amount": yen(100), "deliveries": [paid("2018-05-31")]}
    almanac = almanac_of(format_("alpha"), format_("beta"), meetings=[
        meeting("alpha", "2018-05-01", [*FIVE, "JP"], outcomes=[grant]),
        meeting("beta", "2018-06-01", ["JP"], outcomes=[{"kind": "next-meeting"}]),
    ])  # fmt: skip
    english = {name: numbers(picture) for name, picture in charts(almanac).items()}
    for code in ("ru", "ja", "kk", "ky", "tg", "tk", "uz"):
        with reading_in(code):
            assert {name: numbers(picture) for name, picture in charts(almanac).items()} == english, code


def numbers(picture):
    return sorted(re.findall(r"\d+", picture["sentence"]))


def test_charts_are_bounded_however_long_the_record_is():
    days = [(y, m, d) for y in range(1500, 2020, 4) for m in range(1, 13) for d in (1, 9, 17)]
    meetings = [meeting("alpha", f"{y}-{m:02}-{d:02}") for y, m, d in days]
    picture = home_facts(almanac_of(format_("alpha"), meetings=meetings), date(2020, 8, 11))["picture"]
    assert picture["rows"][0]["count"] == len(meetings) == 4680
    assert len(picture["rows"][0]["marks"]) <= 401
    assert len(picture["told_years"]) <= 80
    assert len(picture["years"]) <= 13
    assert charts(almanac_of(format_("alpha"), meetings=meetings))["years"]["rows"][0]["total"] == len(meetings)


def test_a_meeting_that_goes_on_into_the_new_year_is_still_a_next_one():
    almanac = almanac_of(format_("alpha"), meetings=[meeting("alpha", "2025-12-30", ends="2026-01-02")])
    assert len(upcoming(almanac, date(2026, 1, 1))) == 1
    assert upcoming(almanac, date(2026, 1, 3)) == []
