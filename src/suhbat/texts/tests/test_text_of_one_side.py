"""The text as one delegation would have it: its words, places and title; what it adds, leaves out, splits or joins."""

import pytest

from suhbat.texts.models import Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.view.text_reading import as_proposed_by, clean
from suhbat.texts.view.text_view import sheet_of
from suhbat.texts.wording.numbering import with_numbers

PASTED = """1. The Ministers welcomed the grant. They thanked Japan.

2. They agreed to help one another.

3. As in §2, they will meet again.

4. They took note of Table 1.{note: In yen.}

Kind | Amount
Grants | 2 billion"""


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app), PASTED)


def proposed_text(table, state=""):
    with table.app.database.reading() as session:
        sheet = sheet_of(session, session.get_one(Text, table.state().id))
        text = as_proposed_by(sheet, state) if state else clean(sheet)
        lines = [
            f"{text.labels[paragraph.id]}. {with_numbers(paragraph.wording, text.labels)}"
            for paragraph in text.paragraphs
        ]
        return text, lines


def propose_other(table, by, kind, label, **inputs_):
    paragraph = table.paragraph(label)
    inputs = {"kind": kind, "paragraph": paragraph.id, "revision": paragraph.revision} | inputs_
    return table.do(by, "proposal.made", **inputs)


def test_everything_that_a_delegation_asks_for_is_in_it_and_nothing_of_the_others(table):
    table.propose("UZ", "Title", "Joint Statement", "Tashkent Statement")
    table.propose("UZ", "1", ". They", ".\n\nThey")
    propose_other(table, "UZ", "move", "3", after=None)
    propose_other(table, "UZ", "deletion", "2")
    propose_other(table, "UZ", "addition", "4", wording="An exhibition will be held.")
    table.propose("JP", "1", "welcomed", "warmly welcomed")
    propose_other(table, "JP", "addition", "1", wording="Japan adds this.")
    text, lines = proposed_text(table, "UZ")
    assert text.title == "Tashkent Statement"
    assert lines == [
        "1. As in […], they will meet again.",
        "2. The Ministers welcomed the grant.",
        "3. They thanked Japan.",
        "4. They took note of Table 1.{note: In yen.}",
        "5. An exhibition will be held.",
        "Table 1. Kind | Amount\nGrants | 2 billion",
    ]
    assert [(paragraph.moved, paragraph.fresh) for paragraph in text.paragraphs][:3] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert text.deleted == ["2"]


def test_two_paragraphs_as_one_and_references_that_follow(table):
    propose_other(table, "KG", "merge", "1", wording="The Ministers welcomed the grant and agreed to help one another.")
    lines = proposed_text(table, "KG")[1]
    assert lines[:2] == [
        "1. The Ministers welcomed the grant and agreed to help one another.",
        "2. As in […], they will meet again.",
    ]
    propose_other(table, "TJ", "move", "2", after=table.paragraph("3").id)
    assert proposed_text(table, "TJ")[1][1:3] == [
        "2. As in 3, they will meet again.",
        "3. They agreed to help one another.",
    ]


def test_without_proposals_a_delegation_gets_the_base_and_so_does_the_clean_view(table):
    table.propose("UZ", "1", "welcomed", "noted")
    assert proposed_text(table, "KZ")[1] == proposed_text(table)[1]
    assert proposed_text(table)[1][0] == "1. The Ministers welcomed the grant. They thanked Japan."


def test_a_proposal_on_words_that_were_replaced_is_named_and_left_out(table):
    table.propose("UZ", "1", "welcomed the grant", "noted the grants")
    paragraph = table.paragraph("1")
    inputs = {"paragraph": paragraph.id, "seen": paragraph.changed, "wording": "All else was said. They thanked Japan."}
    table.do("chair", "paragraph.redrafted", **inputs)
    text, lines = proposed_text(table, "UZ")
    assert text.to_renew == [1]
    assert lines[0] == "1. All else was said. They thanked Japan."


def test_the_page_shows_it_with_numbered_footnotes(sitting, table, page, signed_in):
    table.app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    propose_other(table, "UZ", "move", "3", after=None)
    propose_other(table, "UZ", "deletion", "2")
    table.propose("UZ", "Title", "Joint Statement", "Tashkent Statement")
    html = signed_in("kz").get(f"{page}?view=as&as=UZ").text
    assert "<b>Tashkent Statement</b>" in html
    assert "another place than in the text" in html
    assert "It would leave out these paragraphs of the text: 2." in html
    assert '<a href="#note-1" id="mark-1" aria-label="Footnote 1">1</a>' in html
    assert '<li id="note-1">In yen. <a href="#mark-1"' in html
    assert '<th scope="col">Kind</th>' in html
    clean_html = signed_in("kz").get(f"{page}?view=clean").text
    words = clean_html[clean_html.index('id="text"') :]
    assert "Tashkent" not in words
    assert "{note" not in words
