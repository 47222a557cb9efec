"""A journalist looks for something."""

import pytest

from suhbat.public.index import distance
from suhbat.public.searching import understand


def keys(client, q):
    return [f"{r['type']}:{r['id']}" for r in client.get("/search.json", params={"q": q}).json()["results"]]


def test_a_minister_is_found_under_a_mistyped_name(client, record):
    assert keys(client, "Motegi") == ["meeting:ca-japan/2020-08-11-special-video-ministerial"]
    told = client.get("/search.json", params={"q": "Tileubrdy"}).json()
    assert told["read_as"]
    assert any("Tileuberdi" in r["title"] for r in told["results"])


@pytest.mark.parametrize("q", ["Япония", "日本", "Japan", "Yaponiya", "Жапония", "Ҷопон"])
def test_japan_is_found_in_every_language(client, record, q):
    assert "state:JP" in keys(client, q)
    assert "format:ca-japan" in keys(client, q)


def test_typed_questions_narrow(client, record):
    found = client.get("/search.json", params={"q": "by:JP state:unknown kind:pledge"}).json()
    assert found["found"] > 0
    assert {r["fate"] for r in found["results"]} == {"unknown"}
    assert keys(client, "to:KG topic:public-health 2020..2020 CT")[0].endswith("#kyrgyzstan-share")
    assert client.get("/search.json", params={"q": "state:happy"}).json()["faults"]


@pytest.mark.parametrize("q", ['" OR *', "NEAR(", "a" * 5000, "title:x", "(((", "%00", "👩‍💻", "by:", "..", "-"])
def test_strange_questions_find_nothing_or_something_but_never_fail(client, record, q):
    assert client.get("/search", params={"q": q}).status_code == 200


def test_what_is_withdrawn_is_found_no_more(client, house, record):
    from suhbat.archive.loading import load

    assert keys(client, "Motegi")
    (record / "meetings/ca-japan/2020-08-11-special-video-ministerial.yaml").unlink()
    later = record / "meetings/ca-japan/2022-04-15-eighth-ministerial.yaml"
    text = later.read_text()
    for path in (record / "meetings/ca-japan").glob("*.yaml"):
        content = path.read_text()
        if "2020-08-11-special-video-ministerial" in content:
            path.unlink()
    assert text
    assert not load(house.door, record).faults
    assert keys(client, "Motegi") == []


def test_two_errors_are_told_from_three():
    assert distance("dushanbe", "dusanbe", 2) == 1
    assert distance("dushanbe", "dushnabe", 2) == 1
    assert distance("dushanbe", "tashkent", 2) == 3


def test_a_question_is_understood_in_any_order():
    wanted = understand("2017..2020 water by:jp to:TJ")
    assert (wanted.since, wanted.until, wanted.words) == ("2017", "2020", ["water"])
    assert wanted.typed == {"by": "JP", "to": "TJ"}
