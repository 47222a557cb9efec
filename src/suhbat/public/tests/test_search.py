"""The search, with the queries that people type."""

import pytest
from conftest import BOTH
from tests.loaded_public_record import TODAY

pytestmark = pytest.mark.parametrize("database", BOTH, indirect=True)


def keys(client, q):
    return [f"{r['type']}:{r['id']}" for r in client.get("/search.json", params={"q": q}).json()["results"]]


def test_a_minister_is_found_under_a_mistyped_name(client, record):
    assert keys(client, "Motegi") == ["meeting:ca-japan/2020-08-11-special-video-ministerial"]
    answer = client.get("/search.json", params={"q": "Tileubrdy"}).json()
    assert answer["read_as"]
    assert any("Tileuberdi" in r["title"] for r in answer["results"])


def test_japan_is_found_in_every_language(client, record):
    for q in ("Япония", "日本", "Japan", "Yaponiya", "Жапония", "Ҷопон"):
        keys_found = keys(client, q)
        assert "state:JP" in keys_found, q
        assert "format:ca-japan" in keys_found, q


TYPED_BY_PEOPLE = (
    ("アジア", "format:ca-japan"), ("中央アジア", "format:ca-japan"), ("Ｊａｐａｎ", "state:JP"),
    ("ЯПОНИЯ", "state:JP"),
    ("Өзбекстан", "state:UZ"), ("O'zbekiston", "state:UZ"), ("Oʻzbekiston", "state:UZ"), ("Ozbekiston", "state:UZ"),
    ("Türkmenistan", "state:TM"), ("Turkmenistan", "state:TM"),
)  # fmt: skip


def test_a_name_is_found_as_people_type_it(client, record):
    for q, first in TYPED_BY_PEOPLE:
        assert first in keys(client, q)[:3], q


def test_characters_in_another_order_are_another_word(client, record):
    assert "state:JP" in keys(client, "日本")
    assert "state:JP" not in keys(client, "本日")


def test_two_typing_errors_are_forgiven_in_names(client, record):
    for typed in ("Tashknet", "Tahskent", "Tashkant", "Dushnbe", "Ashgabatt", "Motgei"):
        answer = client.get("/search.json", params={"q": typed}).json()
        assert answer["found"] > 0, typed
        assert typed.casefold() in answer["read_as"], typed


SHORT_NAMES = (
    ("Tkoio", "tokyo", "meeting"), ("Ttoky", "tokyo", "meeting"), ("Asoo", "aso", "meeting"),
    ("Kosno", "kono", "meeting"), ("Jpaan", "japan", "state"), ("Japwn", "japan", "state"), ("Idnai", "india", "state"),
    ("Chnia", "china", "state"), ("Wnga", "wang", "person"), ("Кетйа", "китай", "state"),
    ("Ктиаи", "китай", "state"), ("Ирна", "иран", "state"), ("Индеа", "индия", "state"),
)  # fmt: skip


def test_two_typing_errors_are_forgiven_in_short_names_too(client, record):
    for typed, correction, type_ in SHORT_NAMES:
        answer = client.get("/search.json", params={"q": typed}).json()
        assert answer["read_as"] == ({typed.casefold(): correction} if correction else {}), typed
        assert [result["type"] for result in answer["results"]][:1] == ([type_] if type_ else []), typed


def test_a_correctly_spelled_word_is_never_changed(client, record):
    for q in ("Tokyo", "Kono", "aid", "form", "China", "Китай", "Иран", "water"):
        assert client.get("/search.json", params={"q": q}).json()["read_as"] == {}, q


def test_nonsense_gets_few_suggestions(client, record):
    for q in ("qqqq", "xyzzy", "zzzz", "ъъъъ", "qwx"):
        answer = client.get("/search.json", params={"q": q}).json()
        assert len(answer["read_as"]) <= 1, q
        assert answer["found"] < 12, q


def test_an_exact_name_comes_first_then_titles_with_the_word_newest_first(client, record):
    results = client.get("/search.json", params={"q": "senior officials"}).json()["results"]
    in_title = ["senior officials" in r["title"].casefold() for r in results]
    assert in_title == sorted(in_title, reverse=True)
    days = [r["day"] for r, has_title in zip(results, in_title, strict=True) if has_title and r["type"] == "meeting"]
    assert len(days) > 2
    assert days == sorted(days, reverse=True)
    assert keys(client, "Japan")[0] == "state:JP"


def test_filters_narrow_the_results(client, record):
    answer = client.get("/search.json", params={"q": "by:JP state:unknown kind:pledge"}).json()
    assert answer["found"] > 0
    assert {r["fate"] for r in answer["results"]} == {"unknown"}
    assert keys(client, "to:KG topic:public-health 2020..2020 CT")[0].endswith("#kyrgyzstan-share")
    assert client.get("/search.json", params={"q": "state:happy"}).json()["faults"]


STRANGE = (
    '" OR *',
    "NEAR(",
    "a" * 5000,
    "title:x",
    "(((",
    "%00",
    "\x00",
    "👩‍💻",
    "by:",
    "..",
    "-",
    "|",
    "a & !b",
    "<->",
)


def test_strange_queries_never_fail(client, record):
    for q in STRANGE:
        assert client.get("/search", params={"q": q}).status_code == 200, q


def test_a_withdrawn_meeting_is_no_longer_found(client, app, record):
    from suhbat.archive.folder_load import load

    assert keys(client, "Motegi")
    (record / "meetings/ca-japan/2020-08-11-special-video-ministerial.yaml").unlink()
    later = record / "meetings/ca-japan/2022-04-15-eighth-ministerial.yaml"
    text = later.read_text()
    for path in (record / "meetings/ca-japan").glob("*.yaml"):
        content = path.read_text()
        if "2020-08-11-special-video-ministerial" in content:
            path.unlink()
    assert text
    assert not load(app.door, record, TODAY).faults
    assert keys(client, "Motegi") == []
