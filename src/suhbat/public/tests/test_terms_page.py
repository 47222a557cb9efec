"""A reader of any language is told who has read it, and which of its terms wait for a native speaker."""

import csv
import io
import json
from typing import Any

import lxml.html
import pytest

from suhbat.ground.language import FOLDER, LANGUAGES

CODES = [code for code in LANGUAGES if code != "en"]
TERMS = json.loads((FOLDER / "terms.json").read_text("utf-8"))


def shown(client, code):
    page = client.get(f"/{code}/terms" if code != "en" else "/terms")
    assert page.status_code == 200
    return lxml.html.fromstring(page.text)


def words(node):
    return " ".join(node.text_content().split())


@pytest.mark.parametrize("code", CODES)
def test_a_language_shows_its_own_words_with_sources_and_what_is_to_be_confirmed(client, code):
    told = client.get(f"/{code}/terms.json").json()
    (state,) = told["languages"]
    waiting = [t for t in TERMS if t["words"][code]["source"] == "to be confirmed" or "choice" in t["words"][code]]
    assert (state["language"], state["terms"], state["to_confirm"]) == (code, len(TERMS), len(waiting))
    page = shown(client, code)
    rows = page.xpath("//tbody/tr")
    assert len(rows) == len(TERMS)
    for row, term in zip(rows, TERMS, strict=True):
        own = term["words"][code]
        assert words(row[0]) == own["word"]
        assert words(row[1]) == term["english"]
        assert row[1].get("lang") == "en"
        if own["source"] != "to be confirmed":
            assert words(row[2]) == own["source"]
        for choice in own.get("choice", ()):
            assert choice in words(row[3])


def test_who_has_read_it_is_told_in_the_readers_own_words_and_nobody_claims_a_ministry(client):
    said = {code: client.get(f"/{code}/terms.json").json()["languages"][0]["said"] for code in CODES}
    assert len(set(said.values())) == len(CODES)
    assert "29 ноября 2026" in said["ru"]
    assert "2026年11月29日" in said["ja"]
    english = client.get("/terms.json").json()["languages"]
    assert [each["language"] for each in english] == CODES
    for each in english:
        assert "Translated by machine." in each["said"]
        assert "Not yet read by a ministry." in each["said"]


def test_a_reading_by_a_ministry_takes_the_place_of_the_warning(client, monkeypatch):
    readings = [{"by": "machine"}, {"by": "ministry", "on": "2027-02-01"}]
    monkeypatch.setattr("suhbat.public.pages.terms_page._readings", lambda: dict.fromkeys(CODES, readings))
    said = client.get("/terms.json").json()["languages"][0]["said"]
    assert said == "Translated by machine. Read by a ministry: 1 February 2027."


def test_in_english_all_languages_stand_beside_each_other(client):
    page = shown(client, "en")
    state, terms = page.xpath("//main//table")
    links = state.xpath(".//a")
    assert [(link.get("href"), words(link)) for link in links] == [(f"/{c}/terms", LANGUAGES[c]) for c in CODES]
    assert [cell.get("lang") for cell in terms.xpath("./thead//th")[1:]] == CODES
    assert len(terms.xpath("./tbody/tr")) == len(TERMS)


def test_the_table_can_be_taken_away_as_a_file(client):
    (link,) = shown(client, "kk").xpath("//main//a[text()='CSV']/@href")
    rows = list(csv.DictReader(io.StringIO(client.get(link).content.decode("utf-8-sig"))))
    assert [row["word"] for row in rows] == [term["words"]["kk"]["word"] for term in TERMS]


@pytest.mark.parametrize("code", [*CODES, "en"])
def test_every_page_leads_there_and_the_page_tells_how_to_send_a_correction(client, code):
    prefix = "" if code == "en" else f"/{code}"
    home: Any = lxml.html.fromstring(client.get(prefix or "/").text)
    assert f"{prefix}/terms" in home.xpath("//footer//a/@href")
    page = shown(client, code)
    assert "docs/languages.md" in page.xpath("//main//code/text()")
    assert f"{prefix}/acts/error.reported?page=/terms" in page.xpath("//main//a/@href")


def test_every_term_has_a_word_in_every_language_and_a_source_or_the_mark_that_it_has_none():
    assert len({term["english"] for term in TERMS}) == len(TERMS)
    for term in TERMS:
        assert list(term["words"]) == CODES, term["english"]
        for code, own in term["words"].items():
            assert own["word"], (term["english"], code)
            assert own["source"], (term["english"], code)
            assert len(own.get("choice", "two")) > 1, (term["english"], code)
