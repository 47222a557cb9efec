"""The text as one delegation would have it: its words, places and title; what it adds, leaves out, parts or joins."""

import pytest

from suhbat.texts.models import Text
from suhbat.texts.tests.table import Table
from suhbat.texts.view.text_as_asked import as_asked_by, clean
from suhbat.texts.view.text_view import sheet_of
from suhbat.texts.wording.numbering import shown

PASTED = """1. The Ministers welcomed the grant. They thanked Japan.

2. They agreed to help one another.

3. As in §2, they will meet again.

4. They took note of Table 1.{note: In yen.}

Kind | Amount
Grants | 2 billion"""


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app), PASTED)


def read(table, state=""):
    with table.app.database.reading() as session:
        sheet = sheet_of(session, session.get_one(Text, table.state().id))
        found = as_asked_by(sheet, state) if state else clean(sheet)
        said = [f"{found.labels[each.id]}. {shown(each.wording, found.labels)}" for each in found.paragraphs]
        return found, said


def other(table, who, kind, label, **more):
    paragraph = table.paragraph(label)
    inputs = {"kind": kind, "paragraph": paragraph.id, "revision": paragraph.revision} | more
    return table.do(who, "proposal.made", **inputs)


def test_everything_that_a_delegation_asks_for_is_in_it_and_nothing_of_the_others(table):
    table.propose("UZ", "Title", "Joint Statement", "Tashkent Statement")
    table.propose("UZ", "1", ". They", ".\n\nThey")
    other(table, "UZ", "move", "3", after=None)
    other(table, "UZ", "deletion", "2")
    other(table, "UZ", "addition", "4", wording="An exhibition will be held.")
    table.propose("JP", "1", "welcomed", "warmly welcomed")
    other(table, "JP", "addition", "1", wording="Japan adds this.")
    found, said = read(table, "UZ")
    assert found.title == "Tashkent Statement"
    assert said == [
        "1. As in […], they will meet again.",
        "2. The Ministers welcomed the grant.",
        "3. They thanked Japan.",
        "4. They took note of Table 1.{note: In yen.}",
        "5. An exhibition will be held.",
        "Table 1. Kind | Amount\nGrants | 2 billion",
    ]
    assert [(each.moved, each.fresh) for each in found.paragraphs][:3] == [(True, False), (False, False), (False, True)]
    assert found.gone == ["2"]


def test_two_paragraphs_as_one_and_references_that_follow(table):
    other(table, "KG", "merge", "1", wording="The Ministers welcomed the grant and agreed to help one another.")
    said = read(table, "KG")[1]
    assert said[:2] == [
        "1. The Ministers welcomed the grant and agreed to help one another.",
        "2. As in […], they will meet again.",
    ]
    other(table, "TJ", "move", "2", after=table.paragraph("3").id)
    assert read(table, "TJ")[1][1:3] == ["2. As in 3, they will meet again.", "3. They agreed to help one another."]


def test_who_asks_for_nothing_reads_the_base_and_so_does_the_clean_view(table):
    table.propose("UZ", "1", "welcomed", "noted")
    assert read(table, "KZ")[1] == read(table)[1]
    assert read(table)[1][0] == "1. The Ministers welcomed the grant. They thanked Japan."


def test_what_rests_on_words_that_are_gone_is_named_and_left_out(table):
    table.propose("UZ", "1", "welcomed the grant", "noted the grants")
    paragraph = table.paragraph("1")
    inputs = {"paragraph": paragraph.id, "seen": paragraph.changed, "wording": "All else was said. They thanked Japan."}
    table.do("chair", "paragraph.redrafted", **inputs)
    found, said = read(table, "UZ")
    assert found.to_renew == [1]
    assert said[0] == "1. All else was said. They thanked Japan."


def test_the_page_reads_so_with_numbered_footnotes(sitting, table, page, signed_in):
    table.app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    other(table, "UZ", "move", "3", after=None)
    other(table, "UZ", "deletion", "2")
    table.propose("UZ", "Title", "Joint Statement", "Tashkent Statement")
    seen = signed_in("kz").get(f"{page}?view=as&as=UZ").text
    assert "<b>Tashkent Statement</b>" in seen
    assert "another place than in the text" in seen
    assert "It would leave out these paragraphs of the text: 2." in seen
    assert '<a href="#note-1" id="mark-1" aria-label="Footnote 1">1</a>' in seen
    assert '<li id="note-1">In yen. <a href="#mark-1"' in seen
    assert '<th scope="col">Kind</th>' in seen
    clean_view = signed_in("kz").get(f"{page}?view=clean").text
    words = clean_view[clean_view.index('id="text"') :]
    assert "Tashkent" not in words
    assert "{note" not in words
