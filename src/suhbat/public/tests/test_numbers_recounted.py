"""The numbers on the pages, computed again from the files without the code of the application."""

from collections import Counter, defaultdict
from typing import Any

import pytest
import yaml

from suhbat.archive.folder_load import SHIPPED
from suhbat.public.charts.pledge_totals import money_rows
from suhbat.public.pages.ledger_page import sentence
from suhbat.public.read_model.almanac import current_almanac
from suhbat.public.read_model.pledge_sums import handed_over, traced


@pytest.fixture(scope="module")
def files():
    """Meetings by id and outcomes by id, from the YAML files."""
    meetings, outcomes = {}, {}
    for path in sorted((SHIPPED / "meetings").glob("*/*.yaml")):
        content = yaml.load(path.read_text(), Loader=yaml.CSafeLoader)
        id_ = f"{path.parent.name}/{path.stem}"
        meetings[id_] = content
        for outcome in content["outcomes"]:
            outcomes[f"{id_}#{outcome['id']}"] = outcome
    return meetings, outcomes


@pytest.fixture
def almanac(app, whole_record):
    with app.database.reading() as session:
        return current_almanac(app.database, session)


def money_of(outcomes, id_, *, only_delivered=False):
    """Traced money of an outcome and all its parts, from the files."""
    total: Counter[str] = Counter()
    pending = [id_]
    while pending:
        current = pending.pop()
        outcome = outcomes[current]
        deliveries = outcome.get("deliveries", [])
        if not only_delivered or (deliveries and deliveries[-1]["state"] == "delivered"):
            for delivery in deliveries:
                if "amount" in delivery:
                    total[delivery["amount"]["currency"]] += delivery["amount"]["value"]
        pending += [other for other, other_outcome in outcomes.items() if other_outcome.get("part_of") == current]
    return {currency: value for currency, value in total.items() if value}


def test_promised_traced_and_handed_over_agree_with_the_files(files, almanac):
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
        row[3].update(money_of(outcomes, id_, only_delivered=True))
    rows = {
        (tuple(row["by"]), row["currency"]): [
            row["pledges"], row["promised"], Counter(row["traced"]), Counter(row["handed_over"]),
        ]
        for row in money_rows(almanac, almanac.outcomes)
    }  # fmt: skip
    assert rows == dict(expected)
    assert rows[("JP",), "JPY"][:2] == [5, 3_027_771_000_000]
    assert rows[("JP",), "JPY"][2:] == [Counter(JPY=2_669_000_000), Counter(JPY=2_169_000_000)]


def test_every_outcome_traces_the_money_that_the_files_show(files, almanac):
    _meetings, outcomes = files
    for id_ in outcomes:
        outcome = almanac.by_id[id_]
        assert traced(almanac, outcome) == money_of(outcomes, id_), id_
        assert handed_over(almanac, outcome) == money_of(outcomes, id_, only_delivered=True), id_


def test_counts_of_meetings_by_format_and_level_agree(files, almanac, client):
    meetings, _outcomes = files
    expected = Counter((m["format"], m["level"]) for m in meetings.values())
    page = client.get("/formats.json").json()["formats"]
    from suhbat.formats.vocabulary import LEVELS

    for row in page:
        assert row["levels"] == [expected[row["id"], level] for level in LEVELS], row["id"]
    assert sum(row["count"] for row in page) == len(meetings) == 271


def test_the_ledger_has_as_many_outcomes_as_the_files(files, almanac, client):
    _meetings, outcomes = files
    kinds = {"pledge", "decision", "recommendation", "project"}
    answer = client.get("/ledger.json").json()
    assert answer["found"] == sum(1 for o in outcomes.values() if o["kind"] in kinds)
    filtered = client.get("/ledger.json?by=JP&state=unknown&kind=pledge").json()
    expected = [
        id_ for id_, o in outcomes.items()
        if o["kind"] == "pledge" and "JP" in o["by"] and o.get("deliveries", [{"state": ""}])[-1]["state"] == "unknown"
    ]  # fmt: skip
    assert sorted(row["outcome"]["id"] for row in filtered["rows"]) == sorted(expected)
    assert str(answer["found"]) in sentence(answer["found"], {})


def test_every_public_page_of_the_shipped_record_opens(almanac, client):
    paths = ["/", "/formats", "/ledger"]
    paths += [format_.path for format_ in almanac.formats.values()]
    paths += [meeting.path for meeting in almanac.meetings[::9]]
    paths += [outcome.path for outcome in almanac.outcomes[::15]]
    for path in paths:
        page = client.get(path)
        assert page.status_code == 200, path
        assert len(page.content) < 400_000, path


def test_absurd_questions_get_a_plain_answer(almanac, client):
    for query in ("page=0", "page=99999999999999999999", "since=abc", "since=-1", "state=happy", "in=XXX", "topic=%00",
                  "by=" + "X" * 300, "at_least=1e9", "kind[]=x"):  # fmt: skip
        answer = client.get(f"/ledger?{query}")
        assert answer.status_code == 200, query
    assert client.get("/ledger.json?page=5000").json()["rows"] == []
    assert client.get("/ledger.json?since=abc").json()["faults"] == {"since": "A whole number is needed."}


def test_a_cell_that_looks_like_a_formula_is_no_formula():
    from suhbat.public.exports.csv_file import as_csv

    text = as_csv(("a", "b"), [["=HYPERLINK(1)", "-1+2"], ["@x", "plain"], [["JP", "KZ"], None]]).decode()
    assert text.splitlines()[1:] == ["'=HYPERLINK(1),'-1+2", "'@x,plain", "JP KZ,"]
