"""The page of a text's languages: side by side, written and confirmed by forms; and the agreed terms of a format."""

import re

import pytest

from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_text_pages import forms

ONE = "1. The Ministers welcomed the grant."
THREE = ONE + "\n\n2. They thanked the doctors.\n\n3. They will meet again."


@pytest.fixture
def table(sitting, app, convene):
    table = Table(app, convene(app), ONE, languages=["ru", "ja"])
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    return table


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def write(table, label, language, wording):
    paragraph = table.paragraph(label)
    inputs = {"paragraph": paragraph.id, "language": language, "revision": paragraph.revision, "wording": wording}
    return table.do("chair", "version.written", **inputs)


def test_the_page_shows_a_version_written_confirmed_and_behind(table, page, signed_in):
    address = f"{page}/languages?to=ru"
    assert "missing" in plain(signed_in("kz").get(address).text)
    chair = signed_in("chair")
    (form,) = forms(chair.get(address).text, "version.written")
    chair.post("/acts/version.written", data={**form, "wording": "Министры приветствовали грант."})
    kz = signed_in("kz")
    html = kz.get(address).text
    assert "Министры приветствовали грант." in html
    (tap,) = forms(html, "version.confirmed")
    kz.post("/acts/version.confirmed", data=tap)
    html = kz.get(address).text
    assert "confirmed · Kazakhstan" in plain(html) or "Kazakhstan" in plain(html.partition("confirmed")[2])
    assert forms(html, "version.confirmed") == []
    table.incorporate(table.propose("JP", "1", "grant", "grant of 2 billion yen"))
    html = kz.get(address).text
    assert "behind" in plain(html)
    assert "of 2 billion yen</ins>" in html, "which words changed"
    assert "missing" in plain(kz.get(f"{page}/languages?to=ja").text)
    assert kz.get(f"{page}/languages?to=tk").text.count("Русский") > 0, "a language it has not: the first it has"


def test_an_outdated_form_comes_back_and_earlier_words_stay_in_sight(table, page, signed_in):
    address = f"{page}/languages?to=ru"
    kz, jp = signed_in("kz"), signed_in("jp")
    (form,) = forms(kz.get(address).text, "version.written")
    kz.post("/acts/version.written", data={**form, "wording": "Слова Казахстана."})
    other = {**form, "key": form["key"] + "-jp", "wording": "Слова Японии."}
    answer = jp.post("/acts/version.written", data=other)
    assert answer.status_code == 409
    assert "Слова Японии." in answer.text
    html = jp.get(address).text
    assert "Слова Казахстана." in html
    assert "Earlier wordings" not in html
    (form,) = forms(html, "version.written")
    jp.post("/acts/version.written", data={**form, "wording": "Слова обоих."})
    html = plain(jp.get(address).text)
    assert "Слова обоих." in html
    assert "Слова Казахстана." in html.partition("Earlier wordings")[2]


def test_who_may_write_and_who_may_look(table, page, client, signed_in):
    assert client.get(f"{page}/languages").status_code == 404
    write(table, "1", "ru", "Министры приветствовали грант.")
    assert forms(signed_in("chair").get(f"{page}/languages?to=ru").text, "version.confirmed") == []
    table.do("chair", "silence.started", paragraph=table.paragraph("1").id, deadline="2020-08-14T18:00")
    assert signed_in("uz").get(f"{page}/languages?to=ru").status_code == 200


def test_a_text_of_one_language_has_no_such_page(table, page, signed_in):
    table.do("chair", "version.languages_set", languages=[])
    assert signed_in("kz").get(f"{page}/languages").status_code == 404
    assert f"{page}/languages" not in signed_in("kz").get(page).text


@pytest.mark.parametrize("paragraphs", [ONE, THREE], ids=["one row", "three rows"])
def test_one_paragraph_or_three_take_the_same_number_of_queries(table, signed_in, count_queries, paragraphs):
    other = Table(table.app, table.at, paragraphs, title="Declaration", languages=["ru"])
    for n in range(paragraphs.count("\n\n") + 1):
        write(other, str(n + 1), "ru", f"Пункт {n}.")
    other.incorporate(other.propose("JP", "1", "welcomed", "warmly welcomed"))
    address, browser = f"/meetings/{other.meeting}/texts/{other.text}/languages?to=ru", signed_in("kz")
    assert browser.get(address).text.count('class="two"') == paragraphs.count("\n\n") + 2  # and the title
    assert count_queries(lambda: browser.get(address)) == 15


@pytest.mark.parametrize("rows", [1, 3])
def test_one_agreed_term_or_three_take_the_same_number_of_queries(table, signed_in, count_queries, rows):
    for n in range(rows):
        inputs = {"format": "ca-japan", "en": f"grant aid {n}", "ru": f"безвозмездная помощь {n}"}
        table.app.door.perform(table.at.secretariat, "term.agreed", inputs)
    address, browser = "/formats/ca-japan/glossary", signed_in("kz")
    html = browser.get(address).text
    assert html.count("безвозмездная помощь") == rows
    assert count_queries(lambda: browser.get(address)) == 4
