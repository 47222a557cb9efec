"""Rhythm of a format, converted sums, next meetings and the money on the first page, computed again from the files."""

import csv
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from babel import Locale
from lxml import html

from suhbat.archive.folder_load import SHIPPED
from suhbat.public.charts import exchange_rates

FORMATS = sorted(path.stem for path in (SHIPPED / "formats").glob("*.yaml"))


@pytest.fixture(scope="module")
def outcomes(meetings):
    return {f"{id_}#{o['id']}": (o, m) for id_, m in meetings.items() for o in m["outcomes"]}


@pytest.fixture
def json_of(app, client, whole_record):
    return lambda path: client.get(path).json()


@pytest.fixture
def page(json_of, client):
    return lambda path: html.fromstring(client.get(path).content.decode())


def first_day(text):
    return date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10])


def test_the_rhythm_of_every_format_and_its_longest_silence(json_of, clock, meetings):
    clock.at = clock.at.replace(year=2026, month=11, day=24)
    checked, still_open, jumps = 0, set(), set()
    for format_ in FORMATS:
        dates_by_level: dict[str, list[Any]] = {}
        for _id, m in sorted(meetings.items(), key=lambda item: (str(item[1]["starts"]), item[0])):
            if m["format"] == format_:
                dates_by_level.setdefault(m["level"], []).append((str(m["starts"]), m["number"]))
        rows = {row["level"]: row for row in json_of(f"/formats/{format_}.json")["rhythm"]}
        assert rows.keys() == {level for level, days in dates_by_level.items() if len(days) > 2}, format_
        for level, row in rows.items():
            gaps, missing = [], []
            numbers = [n for _day, n in dates_by_level[level] if n]
            several = numbers != sorted(set(numbers))
            for (a, n), (b, k) in pairwise(dates_by_level[level]):
                if n and k and k - n > 1 and not several:
                    missing.append((a, b, n, k))
                else:
                    gaps.append(((first_day(b) - first_day(a)).days, a, b))
            longest = max(gap for gap, _a, _b in gaps)
            last = dates_by_level[level][-1][0]
            since = (date(2026, 11, 24) - first_day(last)).days
            assert row["meetings"] == len(dates_by_level[level])
            assert row["median_days"] == middle(gap for gap, _a, _b in gaps)
            assert (row["longest_days"], row["from"], row["until"]) in [g for g in gaps if g[0] == longest]
            assert [tuple(gap.values()) for gap in row["not_in_record"]] == missing
            assert (row["open_days"], row["open_is_longest"]) == (since, since > longest)
            sentence = row["sentence"]
            assert sentence.startswith(f"{len(dates_by_level[level])} meetings, the usual gap: ")
            assert ("none is on record" in sentence) == (since > longest)
            for year in (last[:4],) if since > longest else (row["from"][:4], row["until"][:4]):
                assert year in sentence
            for _a, _b, n, k in missing:
                assert f"Between no. {n} (" in sentence
                assert f"and no. {k} (" in sentence
            still_open |= {(format_, level)} if since > longest else set()
            jumps |= {(format_, level, n, k) for _a, _b, n, k in missing}
            checked += 1
    assert checked > 10
    assert ("ca-india", "senior-officials") in still_open
    assert ("ca-japan", "senior-officials", 3, 6) in jumps
    assert not any(format_ == "ca-china" for format_, *_rest in jumps)  # several series share a level there


def middle(numbers):
    """The median."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def test_sums_are_converted_at_the_last_rate_before_their_day(json_of, page, outcomes):
    with exchange_rates.FILE.open() as file:
        by_day = {row["date"]: row for row in csv.DictReader(file)}

    def per_euro(currency, day):
        last = max(rate_day for rate_day in by_day if rate_day <= day)
        return (1.0 if currency == "EUR" else float(by_day[last][currency])), last

    replaced = {o["follows"] for o, _m in outcomes.values() if o.get("follows_as") == "replaces" and "amount" in o}
    expected = {}
    for id_, (o, m) in outcomes.items():
        not_counted = o.get("part_of") or o.get("follows_as") == "repeats" or id_ in replaced
        if o["kind"] == "pledge" and "amount" in o and not not_counted:
            amount, day = o["amount"], first_day(str(m["starts"])).isoformat()
            euro_rate, rate_date = per_euro(amount["currency"], day)
            expected[id_] = (round(amount["value"] / euro_rate * per_euro("USD", day)[0]), rate_date)
    converted = json_of("/ledger.json?in=USD")["converted"]
    assert {line["id"]: (line["value"], line["date"]) for line in converted["lines"]} == expected
    assert converted["total"] == sum(value for value, _day in expected.values())
    assert converted["currency"] == "USD"
    [line] = [line for line in converted["lines"] if line["id"].endswith("#medical-equipment-grants")]
    day = by_day[line["date"]]
    assert line["date"][:7] == "2020-08"
    assert line["rate"] == pytest.approx(float(day["USD"]) / float(day["JPY"]), rel=1e-3)
    ledger = page("/ledger?in=USD")
    details = next(element for element in ledger.iter("details") if "Converted" in element[0].text_content())
    text = details.text_content()
    assert "European Central Bank" in text
    assert f"${converted['total']:,}" in text
    assert next(element for element in details.iter("a")).get("href").startswith("https://www.ecb.europa.eu/")
    heads = [th.text_content() for th in details.iter("th")]
    assert heads == ["As said", "Rate", "Rate of", "Converted"]
    for row in list(next(details.iter("tbody")))[:5]:  # each row has its rate and the day of this rate
        cells = [td.text_content() for td in row]
        assert float(cells[1]) > 0
        assert datetime.strptime(cells[2], "%d %B %Y").date().isoformat() in by_day  # noqa: DTZ007


def test_rates_are_in_the_number_format_of_the_language(json_of, page):
    rates = [line["rate"] for line in json_of("/ledger.json?in=USD")["converted"]["lines"][:60]]
    assert any(0 < rate < 0.01 for rate in rates)
    for language in ("ru", "kk", "tk", "ky", "tg", "uz", "ja"):
        details = next(
            d for d in page(f"/{language}/ledger?in=USD").iter("details") if "as-table" in d.get("class", "")
        )
        point = Locale(language).number_symbols["latn"]["decimal"]
        assert (point == ".") == (language == "ja")
        texts = [row[1].text_content() for row in next(details.iter("tbody"))]
        assert [float(text.replace(point, ".")) for text in texts] == rates


def test_nothing_is_converted_unless_requested(json_of, page):
    assert json_of("/ledger.json")["converted"] is None
    assert "Converted" not in page("/ledger").text_content()


@pytest.mark.parametrize("today", ["2020-08-11", "2025-04-04", "2026-01-01", "2019-11-29"])
def test_the_next_meetings_of_the_first_page(json_of, clock, meetings, today):
    clock.at = clock.at.replace(year=int(today[:4]), month=int(today[5:7]), day=int(today[8:]))
    facts = json_of("/index.json")
    assert facts["today"] == today

    def is_over(m):
        last = str(m["ends"] or m["starts"])
        return last < today[: len(last)]

    later = sorted((str(m["starts"]), id_) for id_, m in meetings.items() if not is_over(m))
    assert [m["path"] for m in facts["upcoming"]] == [f"/meetings/{id_}" for _starts, id_ in later[:6]]
    for promise in facts["promised_meetings"]:
        assert promise["outcome"]["due"] >= today[: len(promise["outcome"]["due"])]
        assert not promise["outcome"]["fulfilled_by"]


def test_the_money_table_of_the_first_page(page, json_of, outcomes):
    replaced = {o["follows"] for o, _m in outcomes.values() if o.get("follows_as") == "replaces" and "amount" in o}
    sums: Counter[Any] = Counter()
    for id_, (o, _m) in outcomes.items():
        not_counted = o.get("part_of") or o.get("follows_as") == "repeats" or id_ in replaced
        if o["kind"] == "pledge" and "amount" in o and not not_counted:
            sums[tuple(o["by"]), o["amount"]["currency"]] += o["amount"]["value"]
    home = page("/")
    table = next(table for table in home.iter("table") if "sums" in table.get("class", ""))
    rows = [[td.text_content().strip() for td in row] for row in next(table.iter("tbody"))]
    json_rows = json_of("/index.json")["money"]
    assert {(tuple(row["by"]), row["currency"]): row["promised"] for row in json_rows} == dict(sums)
    for cells, row in zip(rows, json_rows, strict=False):
        assert cells[1] == str(row["pledges"])
        assert int("".join(filter(str.isdigit, cells[2]))) == sums[tuple(row["by"]), row["currency"]]
        assert (cells[3] == "not known") == (not row["traced"])
    assert len(rows) == min(9, len(sums))


def test_the_table_of_years_has_the_numbers_of_the_chart(page, meetings):
    years = [table for table in page("/").iter("table") if "years" in table.get("class", "").split()]
    heads = [th.text_content() for th in years[0].iter("th") if th.get("scope") == "col"][1:]
    counted: Counter[str] = Counter()
    for row in next(years[0].iter("tbody")):
        counted.update({y: int(td.text_content()) for y, td in zip(heads, row.iter("td"), strict=True)
                        if td.text_content() != "–"})  # fmt: skip
    assert counted == Counter(str(m["starts"])[:4] for m in meetings.values())
    for format_ in FORMATS[:4]:
        tables = page(f"/formats/{format_}").iter("table")
        [table] = [table for table in tables if "years" in table.get("class", "")]
        total = sum(int(td.text_content()) for td in table.iter("td") if td.text_content() != "–")
        assert total == sum(1 for m in meetings.values() if m["format"] == format_)
