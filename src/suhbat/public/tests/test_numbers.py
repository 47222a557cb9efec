"""The numbers on the pages, computed again from the files by another path than the product's own."""

from collections import Counter, defaultdict
from typing import Any

import pytest
import yaml

from suhbat.archive.folder_load import SHIPPED
from suhbat.public.charts.pledge_totals import money_rows
from suhbat.public.pages.ledger_page import sentence
from suhbat.public.read_model.almanac import almanac
from suhbat.public.read_model.amounts import handed_over, traced


@pytest.fixture(scope="module")
def files():
    """Outcomes by id and meetings by id, straight from the YAML files."""
    meetings, outcomes = {}, {}
    for path in sorted((SHIPPED / "meetings").glob("*/*.yaml")):
        content = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
        id_ = f"{path.parent.name}/{path.stem}"
        meetings[id_] = content
        for outcome in content["outcomes"]:
            outcomes[f"{id_}#{outcome['id']}"] = outcome
    return meetings, outcomes


@pytest.fixture
def known(app, whole_record):
    with app.database.reading() as session:
        return almanac(app.database, session)


def money_of(outcomes, id_, *, only_kept=False):
    """Traced money of an outcome and everything below it, walking the files."""
    total: Counter[str] = Counter()
    below = [id_]
    while below:
        at = below.pop()
        outcome = outcomes[at]
        deliveries = outcome.get("deliveries", [])
        if not only_kept or (deliveries and deliveries[-1]["state"] == "delivered"):
            for delivery in deliveries:
                if "amount" in delivery:
                    total[delivery["amount"]["currency"]] += delivery["amount"]["value"]
        below += [other for other, each in outcomes.items() if each.get("part_of") == at]
    return {currency: value for currency, value in total.items() if value}


def test_promised_traced_and_handed_over_agree_with_the_files(files, known):
    _meetings, outcomes = files
    replaced = {o["follows"] for o in outcomes.values() if o.get("follows_as") == "replaces" and "amount" in o}
    expected: Any = defaultdict(lambda: [0, 0, Counter(), Counter()])
    for id_, outcome in outcomes.items():
        if outcome["kind"] != "pledge" or "amount" not in outcome or outcome.get("part_of"):
            continue
        if outcome.get("follows_as") == "repeats" or id_ in replaced:
            continue
        row = expected[tuple(outcome["by"]), outcome["amount"]["currency"]]
        row[0] += 1
        row[1] += outcome["amount"]["value"]
        row[2].update(money_of(outcomes, id_))
        row[3].update(money_of(outcomes, id_, only_kept=True))
    shown = {
        (tuple(row["by"]), row["currency"]): [
            row["pledges"], row["promised"], Counter(row["traced"]), Counter(row["handed_over"]),
        ]
        for row in money_rows(known, known.outcomes)
    }  # fmt: skip
    assert shown == dict(expected)
    assert shown[("JP",), "JPY"][:2] == [5, 3_027_771_000_000]
    assert shown[("JP",), "JPY"][2:] == [Counter(JPY=2_669_000_000), Counter(JPY=2_169_000_000)]


def test_every_outcome_traces_the_money_that_the_files_show(files, known):
    _meetings, outcomes = files
    for id_ in outcomes:
        found = known.by_id[id_]
        assert traced(known, found) == money_of(outcomes, id_), id_
        assert handed_over(known, found) == money_of(outcomes, id_, only_kept=True), id_


def test_counts_of_meetings_by_format_and_level_agree(files, known, client):
    meetings, _outcomes = files
    expected = Counter((m["format"], m["level"]) for m in meetings.values())
    page = client.get("/formats.json").json()["formats"]
    from suhbat.public.presentation.code_labels import LEVELS

    for row in page:
        assert row["levels"] == [expected[row["id"], level] for level in LEVELS], row["id"]
    assert sum(row["count"] for row in page) == len(meetings) == 271


def test_the_ledger_counts_what_the_files_hold(files, known, client):
    _meetings, outcomes = files
    kinds = {"pledge", "decision", "recommendation", "project"}
    told = client.get("/ledger.json").json()
    assert told["found"] == sum(1 for o in outcomes.values() if o["kind"] in kinds)
    asked = client.get("/ledger.json?by=JP&state=unknown&kind=pledge").json()
    expected = [
        id_ for id_, o in outcomes.items()
        if o["kind"] == "pledge" and "JP" in o["by"] and o.get("deliveries", [{"state": ""}])[-1]["state"] == "unknown"
    ]  # fmt: skip
    assert sorted(row["outcome"]["id"] for row in asked["rows"]) == sorted(expected)
    assert str(told["found"]) in sentence(told["found"], {})


def test_every_public_page_of_the_shipped_record_opens(known, client):
    paths = ["/", "/formats", "/ledger"]
    paths += [each.path for each in known.formats.values()]
    paths += [each.path for each in known.meetings[::9]] + [each.path for each in known.outcomes[::15]]
    for path in paths:
        page = client.get(path)
        assert page.status_code == 200, path
        assert len(page.content) < 400_000, path


def test_absurd_questions_get_a_plain_answer(known, client):
    for query in ("page=0", "page=99999999999999999999", "since=abc", "since=-1", "state=happy", "in=XXX", "topic=%00",
                  "by=" + "X" * 300, "at_least=1e9", "kind[]=x"):  # fmt: skip
        answer = client.get(f"/ledger?{query}")
        assert answer.status_code == 200, query
    assert client.get("/ledger.json?page=5000").json()["rows"] == []
    assert client.get("/ledger.json?since=abc").json()["faults"] == {"since": "A whole number is needed."}


def test_a_cell_that_looks_like_a_formula_is_no_formula():
    from suhbat.public.exports.csv_file import as_csv

    made = as_csv(("a", "b"), [["=HYPERLINK(1)", "-1+2"], ["@x", "plain"], [["JP", "KZ"], None]]).decode()
    assert made.splitlines()[1:] == ["'=HYPERLINK(1),'-1+2", "'@x,plain", "JP KZ,"]
