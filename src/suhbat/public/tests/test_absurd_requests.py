"""Malicious and absurd requests: each gets a plain answer, and none costs more than a normal page."""

import pytest
from conftest import BOTH

pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)

ODD = (
    "%00", "%01", "%ED%A0%80", "%FF%FE", "%E2%80%AE", "%F0%9F%8F%B4%E2%80%8D", "%C2%B2", "%D9%A1%D9%A7", "&#0;",
    "'%22%3Cscript%3E", "1e9", "NaN", "-0", "+1", "1%20", "0x10", "99999999999999999999", "..%2F..", "a" * 3000,
    "%CC%81" * 500,
)  # fmt: skip
LEDGER = ("by", "to", "topic", "state", "kind", "format", "origin", "money", "since", "until", "currency", "at_least",
          "at_most", "page", "in")  # fmt: skip
SHOWN = ("/ledger", "/ledger.json", "/ledger.csv")


def test_no_filter_of_the_ledger_fails_on_odd_signs(client, record):
    for number, odd in enumerate(ODD):
        for name in LEDGER:
            path = SHOWN[number % 3]
            status = client.get(f"{path}?{name}={odd}").status_code
            assert status in ({200, 422} if path.endswith("csv") else {200}), (name, odd)


def test_a_wrong_filter_is_reported_and_not_guessed(client, record):
    for question, fault in (("page=-1", "page"), ("page=²", "page"), ("since=١٩٩٩", "since"), ("topic=happy", "topic"),
                            ("in=XXX", "in"), ("currency=JPY&at_least=1e9", "at_least"),
                            ("currency=XXX", "currency"), ("currency=JPY&at_most=-5", "at_most"),
                            ("currency=JPY&at_most=" + "9" * 400, "at_most"), ("by=" + "J" * 21, "by")):  # fmt: skip
        answer = client.get(f"/ledger.json?{question}").json()
        assert list(answer["faults"]) == [fault], question
        assert answer["page"] == 1


def test_a_page_beyond_the_last_is_empty_and_says_so(client, record):
    for path, list_ in (("/ledger", "rows"), ("/search", "results"), ("/changes", "changes")):
        for number in ("99", "99999", "9" * 30):
            answer = client.get(f"{path}.json", params={"q": "water", "page": number}).json()
            assert answer[list_] == [], (path, number)
            assert answer["page"] > answer["pages"]
            assert answer["faults"] == {"page": f"Pages are numbered from 1 to {answer['pages']}."}
            assert answer["faults"]["page"] in client.get(path, params={"q": "water", "page": number}).text
        for number in ("0", "-1", "x", "²"):
            answer = client.get(f"{path}.json", params={"q": "water", "page": number}).json()
            assert (answer["page"], list(answer["faults"])) == (1, ["page"]), (path, number)
        last = client.get(f"{path}.json", params={"q": "water", "page": answer["pages"]}).json()
        assert last[list_]
        assert last["faults"] == {}
    assert client.get("/ledger.csv?page=99").content == client.get("/ledger.csv").content


def test_the_pages_of_changes_have_every_entry_once(client, record, monkeypatch):
    monkeypatch.setattr("suhbat.public.pages.changes_page.MOST", 7)
    first = client.get("/changes.json").json()
    assert first["pages"] == -(-first["found"] // 7) > 2
    numbers = [change["entry"] for page in range(1, first["pages"] + 1)
            for change in client.get(f"/changes.json?page={page}").json()["changes"]]  # fmt: skip
    assert len(numbers) == len(set(numbers)) == first["found"]
    assert numbers == sorted(numbers, reverse=True)


def test_an_unknown_party_is_reported(client, record):
    message = "There is no such state or party in the record."
    for name in ("by", "to"):
        assert client.get(f"/ledger.json?{name}=ZZ").json()["faults"] == {name: message}
        assert client.get(f"/search.json?q={name}:ZZ").json()["faults"] == {f"{name}:ZZ": message}
        assert client.get(f"/ledger.csv?{name}=ZZ").status_code == 422
        for code in ("JP", "US"):  # that a state is in no promise of the record is an answer, not a fault
            assert client.get(f"/ledger.json?{name}={code}").json()["faults"] == {}
            assert client.get(f"/search.json?q={name}:{code}").json()["faults"] == {}


def test_years_the_wrong_way_round_find_nothing(client, record):
    assert client.get("/ledger.json?since=2020&until=2010").json()["found"] == 0
    assert client.get("/search.json?q=water+2020..2010").json()["found"] == 0


SEARCHES = (
    "by:", "by:JP by:JP by:KZ", "by:*", "to:' OR 1=1", "topic:water topic:water", "state:\x00",
    "type:meeting state:kept",
    "0000..9999", "....", "2020...2021", "٢٠٢٠..٢٠٢١", "२०२०..", "AND OR NOT", "a* b* c*", '"', '""""', "NEAR(a b, 9)",
    "{names} : x", "^water", "w" * 199, "ж" * 199, "a " * 99, "日" * 199, "é" * 99, "\u202e\u200d\ufeff", "😀" * 60,
    "'; DROP TABLE entry; --", "water:" * 30, ":::::", "\\", "& | ! <->", "\ud7ff", "ﷺ" * 60, "ǅ İ ß ſ",
)  # fmt: skip


def test_no_search_fails(client, record):
    for q in SEARCHES:
        for path in ("/search", "/search.json"):
            assert client.get(path, params={"q": q}).status_code == 200, q


def test_the_search_reads_a_limited_number_of_words(client, record):
    answer = client.get("/search.json", params={"q": "water " * 5000, "page": "99999999999999999999"}).json()
    assert len(answer["q"]) <= 200
    assert answer["results"] == []


def test_years_in_other_digits_are_no_years(client, record):
    assert client.get("/search.json", params={"q": "٢٠٢٠..٢٠٢١"}).json()["found"] == 0


def test_odd_signs_elsewhere_get_an_answer_too(client, record):
    for odd in ODD:
        for page in (
            "/changes?format=",
            "/changes.atom?format=",
            "/compare?f=",
            "/compare.csv?table=",
            "/search?page=",
        ):
            assert client.get(page + odd).status_code in {200, 404}, page + odd


def test_odd_addresses_are_not_found(client, record):
    for odd in ODD[:10]:
        for page in ("/formats/", "/meetings/ca-japan/", "/outcomes/ca-japan/x/", "/states/", "/people/", "/topics/",
                     "/data/"):  # fmt: skip
            assert client.get(page + odd).status_code in {404, 410}, page + odd


def test_a_thousand_parameters_get_one_page(client, record):
    parameters = "&".join(f"f=x{n}" for n in range(1000))
    answer = client.get(f"/compare.json?{parameters}").json()
    assert len(answer["formats"]) == 1
    assert len(answer["unknown"]) <= 5
    assert client.get("/ledger?" + "&".join(f"by=J{n}" for n in range(1000))).status_code == 200
