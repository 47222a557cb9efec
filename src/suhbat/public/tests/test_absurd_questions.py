"""Questions that nobody means well: each gets a plain answer, and none costs more than a page."""

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
            shown = SHOWN[number % 3]
            told = client.get(f"{shown}?{name}={odd}").status_code
            assert told in ({200, 422} if shown.endswith("csv") else {200}), (name, odd)


def test_a_filter_that_fits_nothing_is_named_and_not_guessed(client, record):
    for question, fault in (("page=-1", "page"), ("page=²", "page"), ("since=١٩٩٩", "since"), ("topic=happy", "topic"),
                            ("in=XXX", "in"), ("currency=JPY&at_least=1e9", "at_least"),
                            ("currency=XXX", "currency"), ("currency=JPY&at_most=-5", "at_most"),
                            ("currency=JPY&at_most=" + "9" * 400, "at_most"), ("by=" + "J" * 21, "by")):  # fmt: skip
        told = client.get(f"/ledger.json?{question}").json()
        assert list(told["faults"]) == [fault], question
        assert told["page"] == 1


def test_a_page_beyond_the_last_is_the_last(client, record):
    last = client.get("/ledger.json?page=99999").json()
    assert last["page"] == last["pages"]
    assert last["rows"]


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


def test_the_search_reads_as_many_words_as_a_person_types(client, record):
    told = client.get("/search.json", params={"q": "water " * 5000, "page": "99999999999999999999"}).json()
    assert len(told["q"]) <= 200
    assert told["page"] == 1


def test_years_in_other_digits_are_no_years(client, record):
    assert client.get("/search.json", params={"q": "٢٠٢٠..٢٠٢١"}).json()["found"] == 0


def test_odd_signs_elsewhere_are_answered_too(client, record):
    for odd in ODD:
        for page in (
            "/changes?format=",
            "/changes.atom?format=",
            "/compare?f=",
            "/compare.csv?table=",
            "/search?page=",
        ):
            assert client.get(page + odd).status_code in {200, 404}, page + odd


def test_addresses_of_nothing_are_not_found_however_odd(client, record):
    for odd in ODD[:10]:
        for page in ("/formats/", "/meetings/ca-japan/", "/outcomes/ca-japan/x/", "/states/", "/people/", "/topics/",
                     "/data/"):  # fmt: skip
            assert client.get(page + odd).status_code in {404, 410}, page + odd


def test_a_thousand_parameters_are_one_page(client, record):
    many = "&".join(f"f=x{n}" for n in range(1000))
    told = client.get(f"/compare.json?{many}").json()
    assert len(told["formats"]) == 1
    assert len(told["unknown"]) <= 5
    assert client.get("/ledger?" + "&".join(f"by=J{n}" for n in range(1000))).status_code == 200
