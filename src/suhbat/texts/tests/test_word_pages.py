"""The pages on which Word files come in: a text begun from one, a delegation's changes looked at and proposed."""

import io
import re

import docx
import pytest

from suhbat.record.reading import entries_after
from suhbat.texts.models import Proposal
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_text_pages import hidden
from suhbat.texts.tests.test_word import edited, exported, insertion
from suhbat.texts.tests.test_word_moves import changed, mark_of, move, wrap

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def table(sitting, app, convene):
    table = Table(app, convene(app))
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    return table


def entries(table) -> int:
    with table.app.database.reading() as session:
        return len(entries_after(session, 0, limit=1_000_000))


def file_of(*paragraphs: tuple[str, str | None]) -> bytes:
    document = docx.Document()
    for words, style in paragraphs:
        document.add_paragraph(words, style=style)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


BEGUN = file_of(
    ("Joint Plan", "Title"), ("Health", "Heading 1"), ("1. The parties share data.", None), ("2. They meet.", None)
)


def start_address(table) -> str:
    return f"/meetings/{table.meeting}/texts-from-word"


def send_to_look_at(browser, page, content: bytes):
    return browser.post(page + "/from-word", files={"file": ("text.docx", content, WORD)})


def send_proposals(browser, page, html: str):
    (form,) = re.findall(r'<form[^>]*action="[^"]*/from-word/propose".*?</form>', html, re.DOTALL)
    return browser.post(page + "/from-word/propose", data=hidden(form), follow_redirects=False)


def test_a_text_is_begun_from_a_word_file_by_a_form_alone(table, signed_in):
    browser = signed_in("chair")
    html = browser.get(start_address(table)).text
    for field in ('name="title"', 'name="language"', 'name="file"', 'enctype="multipart/form-data"'):
        assert field in html
    fields = {"key": "begin-1", "title": "", "language": "ru"}
    for _ in range(2):  # the button pressed twice begins one text
        answer = browser.post(start_address(table), data=fields, files={"file": ("plan.docx", BEGUN, WORD)})
        assert answer.status_code == 200
    table.text = "joint-plan"
    assert (table.state().title, table.state().language) == ("Joint Plan", "ru")
    assert table.lines() == ["I. Health", "1. The parties share data.", "2. They meet."]
    assert browser.get(f"/meetings/{table.meeting}/texts").text.count("Joint Plan") >= 1
    assert "joint-plan-2" not in browser.get(f"/meetings/{table.meeting}/texts").text


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "Word file"), (b"%PDF-1.7", "no Word file"), (file_of(("Only a title", "Title")), "no paragraphs")],
)
def test_a_file_from_which_no_text_can_begin_is_refused_in_words(table, signed_in, content, reason):
    before = entries(table)
    answer = signed_in("chair").post(
        start_address(table), data={"key": "x"}, files={"file": ("plan.docx", content, WORD)}
    )
    assert answer.status_code == 422
    assert reason in answer.text
    assert entries(table) == before


def test_only_the_staff_of_the_meeting_begins_texts(table, client, signed_in):
    assert client.get(start_address(table)).status_code in {401, 403, 404}
    browser, before = signed_in("kz"), entries(table)
    assert browser.get(start_address(table)).status_code == 403
    answer = browser.post(start_address(table), data={"key": "y"}, files={"file": ("plan.docx", BEGUN, WORD)})
    assert answer.status_code == 403
    assert entries(table) == before


def change(xml: str) -> str:
    """Kazakhstan's changes and one in the name of Japan; new words, a new paragraph, one left out, one untracked."""
    xml = xml.replace("home.</w:t></w:r>", "home.</w:t></w:r>" + insertion("Aibek M.", " In time."))
    xml = xml.replace("equipment.</w:t></w:r>", "equipment.</w:t></w:r>" + insertion("Japan", " Gladly."))
    xml = xml.replace("again in 2021", "again in 2022")
    fresh = f"<w:p>{insertion('Aibek M.', 'They thank their hosts.')}</w:p>"
    return xml.replace("<w:sectPr", fresh + "<w:sectPr", 1)


def test_the_changes_of_a_file_are_looked_at_and_then_proposed(table, signed_in, page):
    browser, before = signed_in("kz"), entries(table)
    answer = send_to_look_at(browser, page, edited(exported(table), change))
    assert answer.status_code == 200
    assert entries(table) == before, "looking does nothing"
    plain = " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
    assert "Counted as yours: changes by Aibek M." in plain
    assert "Ignored: changes in the name of Japan" in plain
    assert "Gladly" not in plain
    assert plain.count("a new proposal") == 2
    assert plain.count("changed without tracking") == 1
    assert plain.count("a new paragraph after this") == 1
    assert "Make these 3 proposals" in plain
    assert "Not placed" not in plain
    assert send_proposals(browser, page, answer.text).status_code == 303
    assert table.lines()[2:] == [
        "2. They agreed to help each other's citizens to return home. [KZ: In time.]",
        "3. They will meet again in [2021] [KZ: 2022].",
        "3 bis. [KZ: They thank their hosts.]",
    ]
    count = entries(table)
    send_proposals(browser, page, answer.text)  # pressed twice
    assert entries(table) == count


def test_what_finds_no_place_is_listed_and_a_deleted_paragraph_is_a_proposal(table, signed_in, page):
    def strike(xml):
        def cut(_body, paragraphs, author):
            wrap(paragraphs[3], "del", author)
            mark_of(paragraphs[3], "del", author)

        xml = changed(xml, cut, "Aibek M.")
        return xml.replace("<w:body>", "<w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Loose</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", 1)  # fmt: skip # noqa: E501

    html = send_to_look_at(signed_in("kz"), page, edited(exported(table), strike)).text
    plain = " ".join(re.sub(r"<[^>]+>", " ", html).split())
    assert "to be left out" in plain
    assert "Make this 1 proposal" in plain
    assert "Loose" in plain.partition("Not placed")[2]
    assert "&lt;q&gt;" not in html


def test_a_paragraph_moved_and_two_joined_are_looked_at_and_proposed(table, signed_in, page):
    def join(xml):
        return changed(xml, lambda _body, paragraphs, author: mark_of(paragraphs[3], "del", author), "Aibek M.")

    browser = signed_in("kz")
    for change_, sentence in ((move(2), "to stand after paragraph PP1"), (None, "as one with the next")):
        content = edited(exported(table), lambda xml, c=change_: changed(xml, c, "Aibek M.") if c else join(xml))
        answer = send_to_look_at(browser, page, content)
        assert sentence in " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
        assert send_proposals(browser, page, answer.text).status_code == 303
    with table.app.database.reading() as session:
        assert [proposal.kind for proposal in session.query(Proposal).order_by(Proposal.number)] == [
            "move", "wording", "deletion",
        ]  # fmt: skip


def test_a_file_that_asks_for_nothing_offers_nothing(table, signed_in, page):
    html = send_to_look_at(signed_in("kz"), page, exported(table)).text
    assert "Nothing in this file asks for a change." in html
    assert "/from-word/propose" not in html


def test_when_the_text_has_changed_meanwhile_all_or_nothing_is_proposed(table, signed_in, page):
    browser = signed_in("kz")
    html = send_to_look_at(browser, page, edited(exported(table), change)).text
    paragraph = table.paragraph("3")
    inputs = {"paragraph": paragraph.id, "seen": paragraph.changed, "wording": "They will not meet."}
    table.do("chair", "paragraph.redrafted", **inputs)
    before, lines = entries(table), table.lines()
    assert send_proposals(browser, page, html).status_code == 409
    assert (entries(table), table.lines()) == (before, lines)


def test_nobody_else_proposes_from_an_uploaded_file(table, client, signed_in, page):
    html = send_to_look_at(signed_in("kz"), page, edited(exported(table), change)).text
    receipt = re.findall(r'name="kept" value="([0-9a-f]{64}[.][0-9a-f]{64})"', html)[0]
    before = entries(table)
    other = signed_in("uz").post(page + "/from-word/propose", data={"kept": receipt, "key": "k0"})
    assert other.status_code == 409  # a hash and another's receipt are no right to a file
    chair = signed_in("chair").post(page + "/from-word/propose", data={"kept": receipt, "key": "k1"})
    assert chair.status_code == 403
    for forged in ("0" * 64, receipt.partition(".")[0], "../../suhbat.sqlite3", ""):
        answer = signed_in("kz").post(page + "/from-word/propose", data={"kept": forged, "key": "k2"})
        assert answer.status_code == 409, forged
    client.cookies.clear()
    assert client.post(page + "/from-word/propose", data={"kept": receipt}).status_code in {401, 403, 404}
    assert entries(table) == before


def test_one_change_or_three_take_the_same_number_of_queries_to_look_at(table, signed_in, page, count_queries):
    browser = signed_in("kz")
    content = exported(table)
    one_change = edited(
        content, lambda xml: xml.replace("home.</w:t></w:r>", "home.</w:t></w:r>" + insertion("A.", " X."))
    )
    three_changes = edited(content, change)
    send_to_look_at(browser, page, one_change)
    # The viewer is looked up before the file is read, after it, and for the page.
    assert count_queries(lambda: send_to_look_at(browser, page, one_change)) == 15
    assert count_queries(lambda: send_to_look_at(browser, page, three_changes)) == 15
