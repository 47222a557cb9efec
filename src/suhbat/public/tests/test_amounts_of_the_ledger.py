"""A reader looks for large sums: bounds need a currency, because yen are not weighed against dollars."""

import csv
import io
import re

import pytest


@pytest.fixture
def asked(app, client, whole_record):

    def ask(query: str):
        return client.get(f"/ledger.json?kind=pledge&{query}").json()

    return ask


def sums(told):
    return {(row["outcome"]["amount"]["value"], row["outcome"]["amount"]["currency"]) for row in told["rows"]}


def test_a_currency_alone_shows_the_sums_of_it_and_no_others(asked):
    found = sums(asked("currency=JPY"))
    assert len(found) > 3
    assert {currency for _value, currency in found} == {"JPY"}


def test_bounds_hold_within_the_currency_on_both_sides(asked):
    every = sorted(value for value, _currency in sums(asked("currency=JPY")))
    least, most = every[1], every[-2]
    found = sorted(value for value, _currency in sums(asked(f"currency=JPY&at_least={least}&at_most={most}")))
    assert found == every[1:-1]
    assert asked("currency=JPY&at_least=2000000000&at_most=2000000000")["found"] == 1


def test_without_a_currency_nothing_is_compared_and_the_page_says_so(asked, client):
    told = asked("at_least=1000000000")
    assert list(told["faults"]) == ["currency"]
    assert told["found"] == asked("")["found"]
    assert told["asked"] == {"kind": "pledge"}
    page = client.get("/ledger?at_least=1000000000").text
    assert "sums of different currencies are not compared" in page
    assert 'value="1000000000"' in page  # what was typed is not lost
    assert re.search(r"<details open>", page)


@pytest.mark.parametrize(("query", "fault"), [
    ("currency=JPY&at_least=9&at_most=5", "at_most"), ("currency=JPY&at_least=1,5", "at_least"),
    ("currency=JPY&at_most=1e9", "at_most"), ("currency=JPY&at_most=" + "9" * 17, "at_most"),
    ("currency=XXX", "currency"), ("currency=<b>&at_least=1", "currency"),
])  # fmt: skip
def test_what_makes_no_sense_is_said_in_every_form(asked, client, query, fault):
    assert list(asked(query)["faults"]) == [fault]
    table = client.get(f"/ledger.csv?{query}")
    assert (table.status_code, table.headers["content-type"].partition(";")[0]) == (422, "text/plain")
    assert table.text.splitlines()[1].startswith(fault)


def test_the_filter_is_a_link_and_a_spreadsheet(asked, client):
    query = "currency=USD&at_least=10000000&at_most=500000000"
    page = client.get(f"/ledger?{query}").text
    link = re.search(r'<a href="(/ledger\?[^"]*)">a link to just this list', page)
    assert link
    assert link[1].replace("&amp;", "&") == "/ledger?currency=USD&at_least=10000000&at_most=500000000"
    rows = list(csv.DictReader(io.StringIO(client.get(f"/ledger.csv?{query}").text.removeprefix("\ufeff"))))
    assert rows
    assert all(row["currency"] == "USD" and 10**7 <= int(row["value"]) <= 5 * 10**8 for row in rows)
