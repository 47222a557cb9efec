"""The page of terms: who reviewed a language, and which terms a native speaker has to confirm."""

import csv
import io
import json
from importlib import import_module
from typing import Any

import lxml.html
import pytest

from suhbat.ground.language import FOLDER, LANGUAGES

CODES = [code for code in LANGUAGES if code != "en"]
TERMS = json.loads((FOLDER / "terms.json").read_text("utf-8"))


def load_page(client, code):
    page = client.get(f"/{code}/terms" if code != "en" else "/terms")
    assert page.status_code == 200
    return lxml.html.fromstring(page.text)


def text_of(node):
    return " ".join(node.text_content().split())


@pytest.mark.parametrize("code", CODES)
def test_a_language_shows_its_words_with_sources_and_those_to_be_confirmed(client, code):
    answer = client.get(f"/{code}/terms.json").json()
    (language,) = answer["languages"]
    waiting = [t for t in TERMS if t["words"][code]["source"] == "to be confirmed" or "choice" in t["words"][code]]
    assert (language["language"], language["terms"], language["to_confirm"]) == (code, len(TERMS), len(waiting))
    page = load_page(client, code)
    rows = page.xpath("//tbody/tr")
    assert len(rows) == len(TERMS)
    for row, term in zip(rows, TERMS, strict=True):
        entry = term["words"][code]
        assert text_of(row[0]) == entry["word"]
        assert text_of(row[1]) == term["english"]
        assert row[1].get("lang") == "en"
        if entry["source"] != "to be confirmed":
            assert text_of(row[2]) == entry["source"]
        for choice in entry.get("choice", ()):
            assert choice in text_of(row[3])


def test_the_page_says_in_the_readers_language_who_reviewed_it_and_claims_no_ministry(client):
    sentences = {code: client.get(f"/{code}/terms.json").json()["languages"][0]["said"] for code in CODES}
    assert len(set(sentences.values())) == len(CODES)
    assert "29 ноября 2026" in sentences["ru"]
    assert "2026年11月29日" in sentences["ja"]
    english = client.get("/terms.json").json()["languages"]
    assert [language["language"] for language in english] == CODES
    for language in english:
        assert "Translated by machine." in language["said"]
        assert "Not yet read by a ministry." in language["said"]


def test_a_review_by_a_ministry_replaces_the_warning(client, monkeypatch):
    readings = [{"by": "machine"}, {"by": "ministry", "on": "2027-02-01"}]
    module = import_module(
        "suhbat.public.pages.language_review_page"
    )  # the package has a page handler of the same name
    monkeypatch.setattr(module, "_readings", lambda: dict.fromkeys(CODES, readings))
    sentence = client.get("/terms.json").json()["languages"][0]["said"]
    assert sentence == "Translated by machine. Read by a ministry: 1 February 2027."


def test_the_english_page_shows_all_languages_side_by_side(client):
    page = load_page(client, "en")
    state, terms = page.xpath("//main//table")
    links = state.xpath(".//a")
    assert [(link.get("href"), text_of(link)) for link in links] == [(f"/{c}/terms", LANGUAGES[c]) for c in CODES]
    assert [cell.get("lang") for cell in terms.xpath("./thead//th")[1:]] == CODES
    assert len(terms.xpath("./tbody/tr")) == len(TERMS)


def test_the_table_can_be_downloaded(client):
    (link,) = load_page(client, "kk").xpath("//main//a[text()='CSV']/@href")
    rows = list(csv.DictReader(io.StringIO(client.get(link).content.decode("utf-8-sig"))))
    assert [row["word"] for row in rows] == [term["words"]["kk"]["word"] for term in TERMS]


@pytest.mark.parametrize("code", [*CODES, "en"])
def test_every_page_links_to_it_and_it_explains_how_to_send_a_correction(client, code):
    prefix = "" if code == "en" else f"/{code}"
    home: Any = lxml.html.fromstring(client.get(prefix or "/").text)
    assert f"{prefix}/terms" in home.xpath("//footer//a/@href")
    page = load_page(client, code)
    assert "docs/languages.md" in page.xpath("//main//code/text()")
    assert f"{prefix}/acts/error.reported?page=/terms" in page.xpath("//main//a/@href")


def test_every_term_has_a_word_and_a_source_or_mark_in_every_language():
    assert len({term["english"] for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert list(term["words"]) == CODES, term["english"]
        for code, entry in term["words"].items():
            assert entry["word"], (term["english"], code)
            assert entry["source"], (term["english"], code)
            assert len(entry.get("choice", "two")) > 1, (term["english"], code)
