"""The summary record as a page with plain forms, its files, and single entries: who reads them and when."""

import hashlib
import io
import json
import re

import pytest
from docx import Document
from pypdf import PdfReader

from suhbat.record.hashing import canonical, leaf_hash

MEETING = "ca-japan/2020-08-11-special-video-conference"
PAGE = f"/meetings/{MEETING}/minutes"
FILES = [f"{PAGE}.{ending}" for ending in ("pdf", "docx", "json")]
EVIL = "<script>alert(1)</script>"


def publish(acts, client, signed_in):
    acts("secretariat", "minutes.published", version=1)


def number_of(app, act: str, part: str = "") -> int:
    from suhbat.record.reading import entries_after

    with app.database.reading() as session:
        return next(entry.number for entry in entries_after(session, 0) if entry.act == act and part in str(entry.body))


def test_before_closing_there_is_nothing_and_the_draft_is_for_participants(in_session, client, signed_in):
    assert client.get(PAGE).status_code == 403
    assert "writes itself when the meeting is closed" in signed_in("head-kz").get(PAGE).text
    assert [client.get(file).status_code for file in FILES] == [404, 404, 404]
    in_session("chair", "meeting.closed")
    assert "Japan is a catalyst for the region." in client.get(PAGE).text
    client.cookies.clear()
    assert [client.get(address).status_code for address in (PAGE, *FILES)] == [403] * 4
    assert client.get("/meetings/ca-japan/none/minutes").status_code == 404


def test_the_files_of_a_draft_are_not_cached(closed, signed_in):
    for file in FILES:
        answer = signed_in("observer").get(file)
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "private, no-store"
        assert "draft-1" in answer.headers["content-disposition"]


def test_anyone_reads_and_downloads_the_published_summary_record(agreed, client):
    agreed("secretariat", "minutes.published", version=1)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert "nearly 2 billion yen" in page.text
    assert "Joint projects" not in page.text, "Kazakhstan never confirmed it"
    assert "<form" not in page.text
    pdf, docx, json_file = (client.get(file) for file in FILES)
    assert pdf.headers["content-type"] == "application/pdf"
    assert "nearly 2 billion yen" in " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    assert Document(io.BytesIO(docx.content)).paragraphs
    published = json.loads(json_file.content)
    assert published["summary_record"]["outcomes"][0]["amount"] == {
        "value": 2_000_000_000, "currency": "JPY", "qualifier": "nearly", "as_said": "nearly 2 billion yen",
    }  # fmt: skip
    assert published["digest"] == hashlib.sha256(canonical(published["summary_record"])).hexdigest()
    assert len(published["entries"]) > 10
    assert "Joint projects" not in json_file.text


def test_every_entry_that_the_published_page_names_can_be_read_by_anyone(agreed, client):
    agreed("secretariat", "minutes.published", version=1)
    numbers = set(re.findall(r'href="/record/(\d+)"', client.get(PAGE).text))
    assert len(numbers) > 10
    for number in numbers:
        assert "A closed entry" not in client.get(f"/record/{number}").text


def test_the_secretariat_edits_and_a_head_answers_with_plain_forms(closed, signed_in):
    browser = signed_in("secretariat")
    page = browser.get(PAGE).text
    form = dict(re.findall(r'name="(paragraph|changed)" value="([^"]*)"', page[page.index("catalyst") :]))
    inputs = {"meeting": MEETING, "text": "Japan is the catalyst.", "then": PAGE, **form}
    assert "Japan is the catalyst." in browser.post("/acts/minutes.edited", data=inputs).text
    assert browser.post("/acts/minutes.edited", data=inputs).status_code == 409
    browser = signed_in("head-kz")
    page = browser.get(PAGE).text
    assert "/acts/minutes.edited" not in page
    assert "Kazakhstan agrees to version 2" in page
    inputs = {"meeting": MEETING, "version": "2", "correction": EVIL, "paragraph": "p002", "then": PAGE}
    page = browser.post("/acts/minutes.objected", data=inputs).text
    assert "objects" in page
    assert '<a href="#p002">to this paragraph</a>: ' in page
    assert EVIL not in page
    page = browser.post("/acts/minutes.agreed", data={"meeting": MEETING, "version": "2", "then": PAGE}).text
    assert "Kazakhstan agrees to version" not in page


def test_before_publishing_the_secretariat_sees_the_unconfirmed_outcomes(confirmed, signed_in):
    for person in ("secretariat", "chair"):
        page = signed_in(person).get(PAGE).text
        work = page[page.index("Not confirmed, and so not to be published") :]
        assert "Joint projects" in work[: work.index("</ul>")]
        assert "Agro-industrial" not in work[: work.index("</ul>")]
        offers_publication = "/acts/minutes.published" in page
        assert offers_publication == (person == "chair"), "without the agreement of all, only the chair"
        assert "Not all delegations have agreed to this version yet." in page


def test_no_two_elements_of_the_page_share_an_id(closed, signed_in):
    for person in ("secretariat", "head-jp"):
        ids = re.findall(r'\sid="([^"]+)"', signed_in(person).get(PAGE).text)
        assert len(ids) == len(set(ids))


def test_html_stays_text(closed, signed_in):
    closed("secretariat", "minutes.edited", after="p002", text=EVIL)
    page = signed_in("head-jp").get(PAGE).text
    assert EVIL not in page
    assert "&lt;script&gt;" in page


def test_a_closed_entry_shows_only_its_commitment(in_session, client, signed_in):
    number = number_of(in_session.app, "statement.filed", "A SECRET DRAFT")
    for person in (None, "head-jp", "secretariat", "head-uz"):
        page = (signed_in(person) if person else client).get(f"/record/{number}").text
        assert ("A SECRET DRAFT" in page) == (person == "head-uz")
        assert ("A closed entry" in page) == (person != "head-uz")
        if person != "head-uz":
            assert "statement.filed" not in page
            assert MEETING not in page.partition("<main")[2], "above it stands the way back to the reader's own room"
            assert "Abdulaziz" not in page.replace("head-uz", "")


def test_a_released_entry_shows_salt_and_content_that_give_its_commitment_and_hash(agreed, client):
    number = number_of(agreed.app, "pledge.made")
    assert "A closed entry" in client.get(f"/record/{number}").text
    agreed("secretariat", "minutes.published", version=1)
    page = client.get(f"/record/{number}").text
    codes = [
        code.replace("&#34;", '"').replace("&#39;", "'") for code in re.findall(r"<code[^>]*>([^<]*)</code>", page)
    ]
    leaf = next(code for code in codes if code.startswith('{"commitment"'))
    content = next(code for code in codes if code.startswith('{"act"'))
    commitment = json.loads(leaf)["commitment"]
    salt = next(
        code
        for code in codes
        if len(code) == 64 and hashlib.sha256(bytes.fromhex(code) + content.encode()).hexdigest() == commitment
    )
    assert salt
    assert leaf_hash(leaf.encode()).hex() in codes
    assert f'href="/outcomes/{MEETING}/grants-for-medical-equipment"' in page


@pytest.mark.parametrize("number", ["0", "-1", "999", "99999999999999999999999", "x"])
def test_an_entry_that_does_not_exist_is_not_found(in_session, client, number):
    assert client.get(f"/record/{number}").status_code == 404


def test_three_edits_need_as_many_queries_as_one(closed, signed_in, count_queries):
    browser, counts = signed_in("secretariat"), []
    for times in (1, 2):
        for n in range(times):
            closed("secretariat", "minutes.edited", after="p002", text=f"More {times} {n}.")
        counts.append(count_queries(lambda: browser.get(PAGE)))
    assert counts == [9, 9]
