"""The rules of acts are English. Pages in other languages mark them and say so once; all other text is translated."""

import re

import pytest

from suhbat.acts.audience_names import AUDIENCE_NAMES
from suhbat.acts.registry import REGISTRY
from suhbat.ground.language import reading_in

NOTE = {"ru": "Правила действий пока приводятся на английском языке.", "ja": "行為の規則は当面、英語のみです。"}


@pytest.mark.parametrize("code", NOTE)
@pytest.mark.parametrize("path", ["/acts", "/acts/error.reported"])
def test_a_page_says_once_that_the_rules_are_english(client, code, path):
    page = client.get(f"/{code}{path}").text
    assert page.count(NOTE[code]) == 1
    assert re.search(r'<p[^>]* lang="en">[A-Z]', page)


def test_the_english_page_has_no_such_note(client):
    for path in ("/acts", "/acts/error.reported"):
        assert "in English for now" not in client.get(path).text


def test_roles_and_audiences_are_named_in_the_readers_language(client):
    assert "видят: Редакторы открытых данных" in client.get("/ru/acts").text
    assert "閲覧できる人：すべての参加者" in client.get("/ja/acts").text
    assert "kim koʻradi: Barcha ishtirokchilar" in client.get("/uz/acts").text


def test_every_audience_has_a_name(app):
    assert {act.audience for act in REGISTRY.values()} <= AUDIENCE_NAMES.keys()
    with reading_in("kk"):
        assert str(AUDIENCE_NAMES["participants"]) == "Барлық қатысушылар"


def test_a_form_marks_optional_fields(client):
    assert "(необязательно)" in client.get("/ru/acts/error.reported").text
    assert "（任意）" in client.get("/ja/acts/error.reported").text


def test_an_unreadable_request_is_refused_in_the_language_of_the_address(client):
    answer = client.post("/ru/acts/error.reported", content=b"x", headers={"content-type": "text/plain"})
    assert answer.status_code == 415
    assert "Действие подаётся как форма или как JSON." in answer.text
