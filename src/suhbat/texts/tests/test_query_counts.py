"""Pages of texts that list something: one row or three, the same number of queries."""

import pytest

from suhbat.texts.tests.negotiating_table import Table

ROWS = pytest.mark.parametrize("rows", [1, 3])
LABELS = ("1", "2", "3")


@pytest.fixture
def table(sitting, app, convene):
    table = Table(app, convene(app))
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    return table


@ROWS
@pytest.mark.parametrize("person", ["kz", ""])
def test_the_texts_of_a_meeting(table, signed_in, client, count_queries, rows, person):
    for n in range(rows - 1):
        Table(table.app, table.at, title=f"Action Plan {n}")
    for row in range(rows if not person else 0):
        table.text = ["joint-statement", "action-plan-0", "action-plan-1"][row]
        table.do("chair", "adoption.asked")
        for state in ("JP", "KZ", "KG", "TJ", "TM", "UZ"):
            table.do(state, "adoption.answered", agrees=True)
        table.do("secretariat", "text.published")
    browser, address = signed_in(person) if person else client, f"/meetings/{table.meeting}/texts"
    html = browser.get(address).text
    assert sum(name in html for name in ("joint-statement", "action-plan-0", "action-plan-1")) == rows
    assert count_queries(lambda: browser.get(address)) == (5 if person else 3)


@ROWS
def test_the_board(table, page, signed_in, count_queries, rows):
    for label in LABELS[:rows]:
        table.propose("JP", label, table.paragraph(label).wording, "Other words.")
    browser = signed_in("kz")
    browser.get(f"{page}/board")
    assert count_queries(lambda: browser.get(f"{page}/board")) == 5


@ROWS
def test_what_changed(table, page, signed_in, count_queries, rows):
    for label in LABELS[:rows]:
        table.incorporate(table.propose("JP", label, table.paragraph(label).wording, f"Changed {label}."))
    browser = signed_in("kz")
    assert browser.get(f"{page}/changes").text.count("Changed") == rows
    assert count_queries(lambda: browser.get(f"{page}/changes")) == 12


@ROWS
def test_a_paragraph_and_its_proposals(table, page, signed_in, count_queries, rows):
    for state in ("JP", "UZ", "TJ")[:rows]:
        table.propose(state, "1", "nearly", f"{state} words", note=f"{state} says why.")
    browser, address = signed_in("kz"), f"{page}/p/{table.paragraph('1').id}"
    assert browser.get(address).text.count("says why.") == rows
    assert count_queries(lambda: browser.get(address)) == 9


@ROWS
def test_the_copies(table, page, signed_in, count_queries, rows):
    table.do("chair", "version.languages_set", languages=["ru", "ja", "kk"][: rows - 1])
    browser = signed_in("kz")
    browser.get(f"{page}/copies")
    assert count_queries(lambda: browser.get(f"{page}/copies")) == 10
