"""The language is in the address; a choice is remembered; a cached page is never served in another language."""

import re
from typing import Any

import pytest
from litestar.testing import TestClient

from suhbat.application import front_of
from suhbat.ground.language import LANGUAGES

PAGE = {"accept": "text/html,application/xhtml+xml"}


@pytest.fixture
def visitor(app):
    """A browser that keeps cookies and does not follow redirects."""
    application: Any = front_of(app)
    with TestClient(application, base_url="http://localhost:8000") as browser:
        browser.headers.update(PAGE)
        browser.follow_redirects = False
        yield browser


def language_of(answer) -> str:
    match = re.search(r'<html lang="(\w+)"', answer.text)
    assert match, answer.status_code
    return match[1]


def test_the_chosen_language_is_used_at_the_next_visit(visitor):
    first = visitor.get("/ru/formats")
    assert language_of(first) == "ru"
    assert "language=ru; Path=/; Max-Age=31536000; SameSite=Lax" in first.headers["set-cookie"]
    again = visitor.get("/")
    assert (again.status_code, again.headers["location"]) == (303, "/ru/")
    assert again.headers["cache-control"] == "no-store"
    assert language_of(visitor.get("/ru/")) == "ru"
    assert visitor.get("/ledger?by=JP&kind=pledge").headers["location"] == "/ru/ledger?by=JP&kind=pledge"


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code not in {"en", "ru"}])
def test_an_address_with_a_language_replaces_the_remembered_one(visitor, code):
    visitor.get("/ru/formats")
    answer = visitor.get(f"/{code}/formats")
    assert language_of(answer) == code
    assert f"language={code};" in answer.headers["set-cookie"]
    assert visitor.get("/formats").headers["location"] == f"/{code}/formats"


def test_english_can_be_chosen_again(visitor):
    visitor.get("/ru/formats")
    answer = visitor.get("/en/formats?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/formats?x=1")
    assert "language=en;" in answer.headers["set-cookie"]
    assert language_of(visitor.get("/formats?x=1")) == "en"
    assert visitor.get("/").status_code == 200


def test_a_first_visit_is_english_and_nothing_is_remembered(visitor):
    answer = visitor.get("/formats")
    assert language_of(answer) == "en"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("cookie", ["xx", "ru; Path=/evil", "../ru", "RU", "", "en,ru"])
def test_an_odd_cookie_chooses_no_other_language(visitor, cookie):
    answer = visitor.get("/formats", headers={"cookie": f"language={cookie}"})
    assert answer.status_code in {200, 303}
    if answer.status_code == 303:
        assert answer.headers["location"] == "/ru/formats"


def test_programs_and_feeds_are_not_redirected_to_another_language(visitor):
    visitor.get("/ru/formats")
    assert visitor.get("/formats.json").status_code == 200
    assert visitor.get("/changes.atom").status_code == 200
    assert visitor.get("/formats", headers={"accept": "application/json"}).status_code == 200


def test_a_cached_page_is_never_served_in_another_language(app, client):
    """Readers of all languages request the same pages in turn; all are cached, and each reader gets the own one."""
    for _turn in range(3):
        for code in LANGUAGES:
            for path in ("/", "/formats", "/ledger", "/compare"):
                answer = client.get(f"/{code}{path}" if code != "en" else path, headers={"cookie": ""})
                assert language_of(answer) == code, (code, path)
                assert "cookie" in answer.headers["vary"]


def test_a_cached_page_still_remembers_the_choice_of_the_next_visitor(app, client):
    cached = client.get("/ru/formats", headers={"cookie": "language=ru"})
    assert "set-cookie" not in cached.headers
    fresh = client.get("/ru/formats", headers={"cookie": "other=1"})
    assert "language=ru;" in fresh.headers["set-cookie"]
    assert fresh.content == cached.content


def test_two_languages_never_have_the_same_etag(app, client):
    tags = {code: client.get(f"/{code}/formats" if code != "en" else "/formats", headers={"cookie": ""}).headers["etag"]
            for code in LANGUAGES}  # fmt: skip
    assert len(set(tags.values())) == len(LANGUAGES)
    other = client.get("/ja/formats", headers={"cookie": "", "if-none-match": tags["ru"]})
    assert other.status_code == 200
