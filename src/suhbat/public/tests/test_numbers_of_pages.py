"""Numbers on the pages (marks in charts, sums in tables, counts), counted again from the files."""

import csv
import io
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from lxml import html


@pytest.fixture(scope="module")
def outcomes(meetings):
    return {f"{id_}#{o['id']}": o for id_, m in meetings.items() for o in m["outcomes"]}


@pytest.fixture
def page(app, client, whole_record):
    """A function that loads and parses a page."""

    def read(path):
        answer = client.get(path)
        assert answer.status_code == 200, path
        return html.fromstring(answer.content.decode())

    return read


def below(element, tag, class_=""):
    """The descendants of an element with this tag and class."""
    return [
        descendant for descendant in element.iter(tag) if not class_ or class_ in descendant.get("class", "").split()
    ]


def uses(element):
    return [use for strip in below(element, "svg", "strip") for use in below(strip, "use")]


def levels(row):
    return Counter(use.get("href").removeprefix("#lv-") for use in uses(row))


def digits(text):
    return int(re.sub(r"\D", "", text))


def test_the_first_chart_has_a_mark_for_every_meeting_at_its_day(page, meetings):
    home = page("/")
    last = max(2020, *(int(str(m["starts"])[:4]) for m in meetings.values()))
    begin = date(min(int(str(m["starts"])[:4]) for m in meetings.values()), 1, 1)
    width = (date(last + 1, 1, 1) - begin).days
    total = 0
    for row in [row for row in below(home, "div", "row") if uses(row)]:
        format_ = below(row, "a")[0].get("href").rpartition("/")[2]
        of_format = [m for id_, m in meetings.items() if id_.startswith(format_ + "/")]
        assert levels(row) == Counter(m["level"] for m in of_format), format_
        assert digits(below(row, "span", "count")[0].text_content()) == len(of_format), format_
        positions = [float(use.get("x").rstrip("%")) for use in uses(row)]
        for meeting in of_format:
            day = str(meeting["starts"])
            if len(day) == len("2020-08-11"):
                expected = 100 * (date.fromisoformat(day) - begin).days / width
                assert min(abs(expected - position) for position in positions) < 0.01, (format_, day)
        total += len(of_format)
    assert total == len(meetings) == 271
    assert "271 meetings of 16 formats" in below(home, "figcaption")[0].text_content()


def test_the_table_below_the_first_chart_has_the_same_numbers(page, meetings):
    rows = below(below(below(page("/"), "figure", "picture")[0], "tbody")[0], "tr")
    assert len(rows) == len({m["format"] for m in meetings.values()})
    assert sum(digits(below(row, "td")[-1].text_content()) for row in rows) == len(meetings)


def test_every_format_shows_its_meetings_and_no_others(page, meetings):
    for format_ in sorted({m["format"] for m in meetings.values()}):
        of_format = {id_: m for id_, m in meetings.items() if m["format"] == format_}
        format_page = page(f"/formats/{format_}")
        picture = below(format_page, "figure", "picture")[0]
        assert {
            a.get("href") for a in [link for strip in below(picture, "svg", "strip") for link in below(strip, "a")]
        } == {f"/meetings/{id_}" for id_ in of_format}
        assert levels(picture) == Counter(m["level"] for m in of_format.values()), format_
        facts = " ".join(span.text_content() for span in below(below(format_page, "p", "facts")[0], "span"))
        assert re.search(rf"\b{len(of_format)} meetings?\b", facts), (format_, facts)


def present(meeting):
    """The delegations that are named at a meeting, with the chair."""
    return [*meeting["participants"], *([meeting["chair"]] if meeting["chair"] else [])]


def pledge_sums(outcomes, ids):
    """The number of pledges that count and their sum, by promiser and currency."""
    replaced = {o["follows"] for o in outcomes.values() if o.get("follows_as") == "replaces" and "amount" in o}
    rows: dict[Any, list[int]] = {}
    for id_ in ids:
        o = outcomes[id_]
        has_own_sum = o["kind"] == "pledge" and "amount" in o and not o.get("part_of")
        if has_own_sum and o.get("follows_as") != "repeats" and id_ not in replaced:
            row = rows.setdefault((tuple(o["by"]), o["amount"]["currency"]), [0, 0])
            row[0] += 1
            row[1] += o["amount"]["value"]
    return Counter(tuple(row) for row in rows.values())


ASKED = (
    ("", lambda _o, _m: True),
    ("by=JP", lambda o, _m: "JP" in o["by"]),
    ("to=TJ", lambda o, _m: "TJ" in o.get("to", [])),
    ("topic=water", lambda o, _m: o["topic"] == "water"),
    ("format=ca-eu", lambda _o, m: m["format"] == "ca-eu"),
    ("since=2015&until=2020", lambda _o, m: str(m["starts"])[:4] in {"2015", "2016", "2017", "2018", "2019", "2020"}),
)


def test_the_sums_in_the_ledger_are_those_of_the_files(page, meetings, outcomes):
    for question, fits in ASKED:
        ids = [id_ for id_, o in outcomes.items() if fits(o, meetings[id_.partition("#")[0]])]
        tables = below(page(f"/ledger?{question}"), "table", "sums")
        rows = [row for table in tables for row in below(below(table, "tbody")[0], "tr")]
        cells = [[td.text_content() for td in below(row, "td")] for row in rows]
        assert Counter((digits(c[0]), digits(c[1])) for c in cells) == pledge_sums(outcomes, ids), question


def test_the_page_of_a_state_has_the_numbers_of_the_files(page, meetings, outcomes, client):
    for code in ("TJ", "KZ", "JP"):
        lead = below(page(f"/states/{code}"), "p", "lead")[0].text_content()
        attended = [m for m in meetings.values() if code in {d["state"] for d in present(m)}]
        assert f"Named at {len(attended)} meetings" in lead
        counts = client.get(f"/states/{code}.json").json()["counts"]
        promises = [o for o in outcomes.values() if o["kind"] in {"pledge", "project"}]
        assert counts["to"] == sum(1 for o in promises if code in o.get("to", []) and code not in o["by"])
        assert counts["by"] == sum(1 for o in promises if code in o["by"] and not o.get("part_of"))


def test_a_state_has_its_chairs_and_places_though_no_delegate_is_named(page, meetings, client):
    query = "&".join(f"f={format_id}" for format_id in sorted({m["format"] for m in meetings.values()}))
    rows = csv.DictReader(
        io.StringIO(client.get(f"/compare.csv?{query}&table=chair-states").text.removeprefix("\ufeff"))
    )
    compared: Counter[tuple[str, str]] = Counter()
    for row in rows:
        compared["chair", row["state"]] += int(row["chair"])
        compared["host", row["state"]] += int(row["host"])
    for code in ("JP", "KZ", "TM", "US", "LU"):
        chaired = sum(1 for m in meetings.values() if m["chair"] and m["chair"]["state"] == code)
        hosted = sum(1 for m in meetings.values() if m["mode"] != "video" and (m["place"] or {}).get("country") == code)
        lead = below(page(f"/states/{code}"), "p", "lead")[0].text_content()
        assert f"in the chair at {chaired}, host of {hosted}." in lead
        assert (compared["chair", code], compared["host", code]) == (chaired, hosted)


def test_a_topic_has_as_many_outcomes_as_the_files(page, outcomes):
    for topic in ("water", "energy", "public-health"):
        count = sum(1 for o in outcomes.values() if o["topic"] == topic)
        heads = [h.text_content() for h in below(page(f"/topics/{topic}"), "h2")]
        assert any(re.fullmatch(rf"{count} outcomes?", head.strip()) for head in heads), (topic, heads)
