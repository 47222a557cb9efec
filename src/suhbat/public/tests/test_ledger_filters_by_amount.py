"""Filters by amount: bounds need a currency, because yen are not compared with dollars."""

import csv
import io
import re

import pytest


@pytest.fixture
def ledger_json(app, client, whole_record):

    def get(query: str):
        return client.get(f"/ledger.json?kind=pledge&{query}").json()

    return get


def sums(answer):
    return {(row["outcome"]["amount"]["value"], row["outcome"]["amount"]["currency"]) for row in answer["rows"]}


def test_a_currency_alone_shows_only_its_sums(ledger_json):
    amounts = sums(ledger_json("currency=JPY"))
    assert len(amounts) > 3
    assert {currency for _value, currency in amounts} == {"JPY"}


def test_bounds_hold_within_the_currency_on_both_sides(ledger_json):
    values = sorted(value for value, _currency in sums(ledger_json("currency=JPY")))
    least, most = values[1], values[-2]
    values_within = sorted(
        value for value, _currency in sums(ledger_json(f"currency=JPY&at_least={least}&at_most={most}"))
    )
    assert values_within == values[1:-1]
    assert ledger_json("currency=JPY&at_least=2000000000&at_most=2000000000")["found"] == 1


def test_without_a_currency_nothing_is_compared_and_the_page_says_so(ledger_json, client):
    answer = ledger_json("at_least=1000000000")
    assert list(answer["faults"]) == ["currency"]
    assert answer["found"] == ledger_json("")["found"]
    assert answer["asked"] == {"kind": "pledge"}
    page = client.get("/ledger?at_least=1000000000").text
    assert "sums of different currencies are not compared" in page
    assert 'value="1000000000"' in page  # what was typed is not lost
    assert re.search(r"<details open>", page)


@pytest.mark.parametrize(("query", "fault"), [
    ("currency=JPY&at_least=9&at_most=5", "at_most"), ("currency=JPY&at_least=1,5", "at_least"),
    ("currency=JPY&at_most=1e9", "at_most"), ("currency=JPY&at_most=" + "9" * 17, "at_most"),
    ("currency=XXX", "currency"), ("currency=<b>&at_least=1", "currency"),
])  # fmt: skip
def test_a_senseless_filter_is_reported_as_page_json_and_csv(ledger_json, client, query, fault):
    assert list(ledger_json(query)["faults"]) == [fault]
    table = client.get(f"/ledger.csv?{query}")
    assert (table.status_code, table.headers["content-type"].partition(";")[0]) == (422, "text/plain")
    assert table.text.splitlines()[1].startswith(fault)


def test_the_filter_is_a_link_and_a_spreadsheet(ledger_json, client):
    query = "currency=USD&at_least=10000000&at_most=500000000"
    page = client.get(f"/ledger?{query}").text
    link = re.search(r'<a href="(/ledger\?[^"]*)">a link to just this list', page)
    assert link
    assert link[1].replace("&amp;", "&") == "/ledger?currency=USD&at_least=10000000&at_most=500000000"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/ledger.csv?{query}").text.removeprefix("\ufeff"))))
    assert rows
    assert all(row["currency"] == "USD" and 10**7 <= int(row["value"]) <= 5 * 10**8 for row in rows)
