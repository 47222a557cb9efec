"""All numbers of the comparison page, in tables and sentences, counted again from the YAML files."""

import csv
import io
import re
from collections import Counter, defaultdict
from datetime import date
from typing import Any

import pytest
import yaml

from suhbat.archive.folder_load import SHIPPED

FIVE = {"KZ", "KG", "TJ", "TM", "UZ"}
FORMATS = sorted(path.stem for path in (SHIPPED / "formats").glob("*.yaml"))
ALL = "&".join(f"f={name}" for name in FORMATS)


def read(path):
    return yaml.load(path.read_text(), Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def formats():
    return {name: read(SHIPPED / f"formats/{name}.yaml") for name in FORMATS}


@pytest.fixture(scope="module")
def by_format(meetings):
    """Meetings by format."""
    meetings_of = defaultdict(list)
    for meeting in meetings.values():
        meetings_of[meeting["format"]].append(meeting)
    return meetings_of


@pytest.fixture(scope="module")
def outcomes(meetings):
    return {f"{id_}#{o['id']}": o for id_, m in meetings.items() for o in m["outcomes"]}


@pytest.fixture
def charts(app, client, whole_record):
    """The charts of the comparison of all formats, from the JSON."""
    return client.get(f"/compare.json?{ALL}").json()["pictures"]


@pytest.fixture
def table(charts, client):
    """A table of the comparison, from the CSV."""

    def rows(name):
        text = client.get(f"/compare.csv?{ALL}&table={name}").content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    return rows


def whole_numbers(text):
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?!\w)", text)]


def year(meeting):
    return str(meeting["starts"])[:4]


def test_meetings_by_year_and_level(charts, table, by_format):
    for row in table("years"):
        counts = Counter(year(m) for m in by_format[row.pop("format")])
        assert {y: int(n) for y, n in row.items() if int(n)} == dict(counts)
    for row in table("levels"):
        counts = Counter(m["level"] for m in by_format[row.pop("format")])
        assert {level: int(n) for level, n in row.items() if int(n)} == dict(counts)
    levels = Counter(m["level"] for of_format in by_format.values() for m in of_format)
    assert whole_numbers(charts["levels"]["sentence"]) == [max(levels.values()), sum(levels.values())]
    busiest = max(len(of_format) for of_format in by_format.values())
    most = max(n for of_format in by_format.values() for n in Counter(year(m) for m in of_format).values())
    sentence = charts["years"]["sentence"]
    assert f"({busiest})" in sentence
    assert f"in one year: {most}," in sentence


def count_five(states):
    """The number of states, of those among the five, and of the others."""
    five = sum(1 for state in states if state in FIVE)
    return len(states), five, len(states) - five


def test_who_chairs_and_hosts_in_each_format(charts, table, by_format):
    total: Counter[int] = Counter()
    for row in table("chairs"):
        of_format = by_format[row["format"]]
        chairs = [m["chair"]["state"] for m in of_format if m["chair"]]
        rooms = [m for m in of_format if m["mode"] != "video"]
        hosts = [m["place"]["country"] for m in rooms if m["place"]]
        expected = [len(of_format), *count_five(chairs), len(rooms), *count_five(hosts)]
        assert [int(value) for value in list(row.values())[1:]] == expected, row["format"]
        total.update(dict(enumerate(expected)))
        chart_row = next(other for other in charts["chairs"]["rows"] if other["format"] == row["format"])
        assert chart_row["chair"]["not_known"] == len(of_format) - len(chairs)
        assert chart_row["host"]["not_known"] == len(rooms) - len(hosts)
    assert whole_numbers(charts["chairs"]["sentence"])[:5] == [total[0], total[1], total[5], total[2], total[6]]
    by_state = Counter(
        (m["format"], m["chair"]["state"]) for of_format in by_format.values() for m in of_format if m["chair"]
    )
    table_counts = {(row["format"], row["state"]): int(row["chair"]) for row in table("chair-states")}
    assert {key: n for key, n in table_counts.items() if n} == dict(by_state)


def traced(outcomes, id_):
    """The traced money of an outcome and all its parts."""
    sums: Counter[str] = Counter()
    for delivery in outcomes[id_].get("deliveries", []):
        if "amount" in delivery:
            sums[delivery["amount"]["currency"]] += delivery["amount"]["value"]
    for other, outcome in outcomes.items():
        if outcome.get("part_of") == id_:
            sums += traced(outcomes, other)
    return sums


def in_words(sums):
    return " ".join(f"{value} {currency}" for currency, value in sorted(sums.items()) if value)


def test_pledged_and_traced_money_in_each_format(charts, table, outcomes):
    replaced = {o["follows"] for o in outcomes.values() if o.get("follows_as") == "replaces" and "amount" in o}
    counted = defaultdict(list)
    for id_, o in outcomes.items():
        not_counted = o.get("part_of") or id_ in replaced or o.get("follows_as") == "repeats"
        if o["kind"] == "pledge" and "amount" in o and not not_counted:
            counted[id_.partition("/")[0], o["amount"]["currency"]].append(id_)
    table_rows = {(r["format"], r["currency"]): r for r in table("pledged") if r["currency"]}
    assert table_rows.keys() == counted.keys()
    followed = 0
    for key, ids in counted.items():
        row = table_rows[key]
        assert int(row["pledges_with_a_sum"]) == len(ids)
        assert int(row["promised"]) == sum(outcomes[pledge_id]["amount"]["value"] for pledge_id in ids)
        assert row["traced"] == in_words(sum((traced(outcomes, pledge_id) for pledge_id in ids), Counter()))
        assert int(row["pledges_with_traced_money"]) == sum(1 for pledge_id in ids if traced(outcomes, pledge_id))
        followed += int(row["pledges_with_traced_money"])
    pledges = sum(map(len, counted.values()))
    sentence = charts["pledged"]["sentence"]
    assert whole_numbers(sentence)[:4] == [pledges, len({format_ for format_, _c in counted}), len(FORMATS), followed]
    for currency in {c for _f, c in counted}:
        largest = max(int(r["promised"]) for (_f, c), r in table_rows.items() if c == currency)
        assert f"{largest:,}" in sentence
    for format_ in FORMATS:
        without_sum = [
            id_ for id_, o in outcomes.items()
            if id_.startswith(format_ + "/") and o["kind"] == "pledge" and "amount" not in o and not o.get("part_of")
        ]  # fmt: skip
        row = next(row for row in table("pledged") if row["format"] == format_)
        assert int(row["pledges_without_a_sum"]) == len(without_sum), format_
        assert row["traced_under_them"] == in_words(
            sum((traced(outcomes, pledge_id) for pledge_id in without_sum), Counter())
        )


def belongs(format_, day):
    """Members and partners on a day."""
    states = set()
    for member in format_["membership"]:
        since, until = str(member.get("since") or ""), str(member.get("until") or "9999-99-99")
        has_joined = since[: len(day)] <= day[: len(since)]
        has_left = until[: len(day)] < day[: len(until)]
        if member["role"] in {"member", "partner"} and has_joined and not has_left:
            states.add(member["state"])
    return states


def room(format_, meeting):
    """The kind of meeting by who was present: by the named delegations if they are enough, else by membership."""
    named = {p["state"] for p in meeting["participants"]} | ({meeting["chair"]["state"]} if meeting["chair"] else set())
    belonging = belongs(format_, str(meeting["starts"]))
    expected = FIVE if named >= FIVE else belonging & FIVE
    present = named | belonging
    others = present - FIVE
    among_themselves = format_["kind"] == "n-plus-zero" and not belonging - FIVE
    if not expected or not (others or among_themselves):
        return "unknown", "not recorded"
    how = "named" if expected <= named and (named - FIVE or among_themselves) else "not recorded"
    if not present >= FIVE:
        return "some", how
    if not others:
        return "alone", how
    partners = {p["state"] for p in format_["membership"] if p["role"] == "partner"}
    if format_["kind"] == "n-plus-one" and others <= partners:
        return "one", how
    return ("one" if format_["kind"] == "n-plus-zero" and len(others) == 1 else "several"), how


def test_who_met_by_the_delegations_on_record(charts, table, formats, meetings):
    expected = Counter((*room(formats[m["format"]], m), year(m)) for m in meetings.values())
    table_counts = {
        (row["room"], row["attendance"], y): int(n) for row in table("rooms") for y, n in list(row.items())[2:]
    }
    assert {key: n for key, n in table_counts.items() if n} == dict(expected)
    sums: Counter[Any] = Counter()
    for (kind, how, _year), n in expected.items():
        sums[kind, how] += n
    assert sum(sums.values()) == len(meetings)
    named = [sums[kind, "named"] for kind in ("alone", "one", "several")]
    assumed = [sums[kind, "not recorded"] for kind in ("alone", "one", "several")]
    some = sums["some", "named"] + sums["some", "not recorded"]
    assert whole_numbers(charts["rooms"]["sentence"])[:10] == [
        sum(named), *named, sum(assumed), *assumed, some, sums["unknown", "not recorded"],
    ]  # fmt: skip
    years = {y for _k, _h, y in expected}
    ahead = sorted(y for y in years if expected["one", "named", y] > expected["several", "named", y])
    assert whole_numbers(charts["rooms"]["sentence"])[-2:] == [len(ahead), int(ahead[0])]
    assert all(sums[kind, how] for kind in ("one", "several") for how in ("named", "not recorded"))


def test_topics(charts, table, by_format):
    counted: Counter[Any] = Counter()
    for of_format in by_format.values():
        for m in of_format:
            counted.update((topic, m["format"]) for topic in {*m["agenda"], *(o["topic"] for o in m["outcomes"])})
    table_counts = {(row["topic"], f): int(row[f]) for row in table("topics") for f in FORMATS}
    assert {key: n for key, n in table_counts.items() if n} == dict(counted)
    sums: Counter[Any] = Counter()
    for (topic, _format), n in counted.items():
        sums[topic] += n
    shared = sum(1 for topic in sums if all(counted[topic, f] for f in FORMATS))
    assert whole_numbers(charts["topics"]["sentence"]) == [max(sums.values()), shared, len(sums)]


def day(text):
    return date.fromisoformat(text) if len(str(text or "")) == len("2020-08-11") else None


def test_time_from_promise_to_the_first_report_of_action(charts, table, by_format):
    promises = dated = handed_over = 0
    middles = []
    for row in table("delays"):
        days, promised, delivered = [], 0, 0
        for m in by_format[row["format"]]:
            for o in m["outcomes"]:
                if o["kind"] not in {"pledge", "project"}:
                    continue
                promised += 1
                done = [d for d in o.get("deliveries", []) if d["state"] in {"delivered", "in-progress"}]
                if done and day(done[0]["date"]) and day(m["starts"]):
                    days.append(max(0, (day(done[0]["date"]) - day(m["starts"])).days))
                    delivered += o["deliveries"][-1]["state"] == "delivered"
        expected = [promised, len(days), delivered] + ([halfway(days), min(days), max(days)] if days else ["", "", ""])
        assert list(row.values())[1:] == [str(value) for value in expected], row["format"]
        promises, dated, handed_over = promises + promised, dated + len(days), handed_over + delivered
        middles += [halfway(days)] if days else []
    sentence = charts["delays"]["sentence"]
    assert whole_numbers(sentence)[:3] == [dated, promises, handed_over]
    assert f", {min(middles):,} day" in sentence


def halfway(days):
    """The median."""
    ordered = sorted(days)
    sum_of_two = ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]
    return sum_of_two // 2 if sum_of_two % 2 == 0 else sum_of_two / 2


def test_promises_of_a_next_meeting(charts, table, by_format):
    sums: Counter[Any] = Counter()
    for row in table("next"):
        fates: Counter[str] = Counter()
        for o in (o for m in by_format[row["format"]] for o in m["outcomes"] if o["kind"] == "next-meeting"):
            last = (o.get("deliveries") or [{"state": ""}])[-1]["state"]
            fate = "kept" if o.get("fulfilled_by") or last == "delivered" else "not known"
            fates["dropped" if fate != "kept" and last == "dropped" else fate] += 1
        assert {name: int(n) for name, n in list(row.items())[1:] if int(n)} == dict(fates), row["format"]
        sums += fates
    assert whole_numbers(charts["next"]["sentence"]) == [sum(sums.values()), sums["kept"], sums["dropped"]]


def test_how_many_of_the_five_belong_at_the_end_of_a_year(charts, table, formats):
    for row in table("overlap"):
        format_ = formats[row.pop("format")]
        for y, n in row.items():
            inside = {
                m["state"] for m in format_["membership"]
                if m["role"] in {"member", "partner"} and str(m.get("since") or "")[:4] <= y
                and (not m.get("until") or str(m["until"])[:4] > y)
            }  # fmt: skip
            assert int(n) == len(inside & FIVE), (format_["id"], y)
    last = max(int(y) for y in row)
    full = sum(1 for row in table("overlap") if row[str(last)] == "5")
    assert whole_numbers(charts["overlap"]["sentence"]) == [last, full, len(FORMATS)]


def test_every_picture_has_a_sentence_a_table_and_a_file(charts, client):
    page = client.get(f"/compare?{ALL}").text
    for name, picture in charts.items():
        assert picture["sentence"], name
        assert picture["table"], name
        assert f"table={name}&#34;" in page or f'table={name}"' in page, name
        assert picture["sentence"].replace('"', "&#34;") in page, name
