"""A text that many have open: each reader gets what has changed, and nothing of another delegation's."""

import re

import pytest

from suhbat.texts.tests.test_text_pages import SECRET, table  # noqa: F401  (the same table)


@pytest.fixture
def news(page, signed_in):
    """The update for a person's open page, which was drawn when `since` was the newest entry."""

    def answer_to(person: str, since: int):
        return signed_in(person).get(f"{page}/news?since={since}")

    return answer_to


def drawn_as_of(browser, page: str) -> int:
    return int(browser.get(page).text.partition('data-as-of="')[2].partition('"')[0])


def paragraphs(html: str) -> list[str]:
    return re.findall(r'<article class="para [^"]*" id="p-([^"]+)"', html)


def test_only_the_paragraph_that_was_touched_comes_with_the_points_that_wait(table, page, signed_in, news):  # noqa: F811
    since = drawn_as_of(signed_in("kz"), page)
    proposal = table.propose("JP", "1", "nearly", "up to")
    answer = news("kz", since)
    assert answer.status_code == 200
    assert paragraphs(answer.text) == [table.paragraph("1").id]
    assert "Japan would have:" in answer.text
    assert answer.text.count('class="point"') == 1

    since = drawn_as_of(signed_in("kz"), page)
    table.propose("UZ", "3", "again", "soon")
    answer = news("kz", since).text
    assert answer.count('class="point"') == 2
    assert answer.count("data-same") == 1  # what has not changed is named, and not sent again
    assert "Japan would have:" not in answer

    since = drawn_as_of(signed_in("kz"), page)
    table.answer("UZ", proposal, "supports")
    assert paragraphs(news("kz", since).text) == [table.paragraph("1").id]


def test_when_more_than_one_paragraph_changed_the_whole_page_is_requested(table, page, signed_in, news):  # noqa: F811
    since = drawn_as_of(signed_in("kz"), page)
    table.incorporate(table.propose("JP", "1", "nearly", "up to"))
    assert news("kz", since).status_code == 205
    assert news("kz", 0).status_code == 205


def test_a_delegations_own_note_is_news_to_itself_alone(table, page, signed_in, news):  # noqa: F811
    since = drawn_as_of(signed_in("kz"), page)
    table.propose("JP", "1", "nearly", "up to")
    table.do("UZ", "note.kept", paragraph=table.paragraph("2").id, wording=SECRET)
    assert paragraphs(news("uz", since).text) == [table.paragraph("1").id, table.paragraph("2").id]
    for other in ("kz", "jp", "chair"):
        answer = news(other, since)
        assert paragraphs(answer.text) == [table.paragraph("1").id]
        assert SECRET not in answer.text
        assert "own note" not in answer.text


def test_each_reader_is_given_keys_of_its_own(table, page, signed_in, news):  # noqa: F811
    since = drawn_as_of(signed_in("kz"), page)
    table.propose("JP", "1", "nearly", "up to")
    first, second = (re.findall(r'name="key" value="([^"]+)"', news("kz", since).text) for _ in range(2))
    assert len(first) == len(second) > 0
    assert not set(first) & set(second)


def test_updates_of_a_negotiation_are_only_for_those_who_negotiate(table, page, client, news):  # noqa: F811
    table.propose("JP", "1", "nearly", "up to")
    answer = client.get(f"{page}/news?since=1")
    assert answer.status_code in {403, 404}
    assert "up to" not in answer.text


def test_a_page_shows_twelve_points_at_once_and_how_many_wait(table, page, signed_in):  # noqa: F811
    for state in ("JP", "KG", "TJ", "TM", "UZ"):
        for label, old in (("1", "grant"), ("2", "home"), ("3", "2021")):
            table.propose(state, label, old, f"{old} as {state} has it")
    html = signed_in("kz").get(page).text
    assert html.count('class="point"') == 12
    assert "15 points wait for you" in html


def test_words_of_a_delegation_are_never_replaced_as_a_key(table, page, signed_in, news):  # noqa: F811
    since = drawn_as_of(signed_in("kz"), page)
    table.propose("JP", "1", "nearly", "one-time-key")
    assert "one-time-key" in news("kz", since).text
