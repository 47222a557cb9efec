"""Word files: exported with tracked changes by their holders, imported as proposals; bad files are refused."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from suhbat.ground.refusals import Refused
from suhbat.texts.exchange.docx_export import word_file
from suhbat.texts.exchange.docx_import import Mine, read_word
from suhbat.texts.exchange.docx_opening import W
from suhbat.texts.exchange.import_plan import plan_for
from suhbat.texts.models import Paragraph, Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_wording_properties import SIX, versions, wordings
from suhbat.texts.tests.word_processor import through_libreoffice
from suhbat.texts.view.negotiation_board import row
from suhbat.texts.view.text_view import Line, Sheet, sheet_of
from suhbat.texts.wording.brackets import ProposedWording, compiled
from suhbat.texts.wording.numbering import typed
from suhbat.texts.wording.unicode_cleaning import cleaned, has_control_letters

FILE_TIME = datetime(2020, 8, 11, 9, 0, tzinfo=UTC)
NAMES = {"JP": "Japan", "KZ": "Kazakhstan", "KG": "Kyrgyz Republic", "TJ": "Tajikistan", "TM": "Turkmenistan",
         "UZ": "Uzbekistan"}  # fmt: skip


@pytest.fixture
def table(app, convene):
    table = Table(app, convene(app))
    table.propose("JP", "1", "nearly", "up to", note="The Diet has approved an upper limit.")
    table.propose("UZ", "1", "nearly", "at least")
    table.propose("TJ", "1", "welcomed", "warmly welcomed")
    table.do("KZ", "proposal.made", kind="addition", paragraph=table.paragraph("2").id, wording="An exhibition.")
    return table


def exported(table, *, tracked: bool = True) -> bytes:
    with table.app.database.reading() as session:
        return word_file(sheet_of(session, session.get_one(Text, table.state().id)), FILE_TIME, tracked=tracked)


def plan_of(table, content: bytes, delegation: str):
    with table.app.database.reading() as session:
        sheet = sheet_of(session, session.get_one(Text, table.state().id))
        return plan_for(session, sheet, read_word(content), delegation)


def edited(content: bytes, change) -> bytes:
    """The file after someone changed its XML."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as changed:
        for name in archive.namelist():
            part = archive.read(name)
            changed.writestr(name, change(part.decode()).encode() if name == "word/document.xml" else part)
    return buffer.getvalue()


TABLE = f"<w:tbl xmlns:w='{W[1:-1]}'><w:tr><w:tc><w:p><w:r><w:t>Loose</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"


def insertion(author: str, words: str) -> str:
    return f'<w:ins w:id="900" w:author="{author}" w:date="2020-08-11T00:00:00Z"><w:r><w:t>{words}</w:t></w:r></w:ins>'


def test_every_open_proposal_is_a_tracked_change_in_the_name_of_its_holders(table):
    file = read_word(exported(table))
    assert file.authors == {"Japan", "Uzbekistan", "Tajikistan", "Kazakhstan"}
    (first,) = [paragraph for paragraph in file.paragraphs if "welcomed" in paragraph.base()]
    assert first.base() == "The Ministers welcomed the grant of nearly 2 billion yen for medical equipment."
    assert first.as_held_by(Mine("Uzbekistan", NAMES.values())) == first.base().replace("nearly", "at least")
    assert first.comments == [("Japan", "The Diet has approved an upper limit.")]
    comments = zipfile.ZipFile(io.BytesIO(exported(table))).read("word/comments.xml").decode()
    assert 'w:author="Japan"' in comments


def test_an_unchanged_file_makes_no_proposals(table):
    for state in SIX:
        plan = plan_of(table, exported(table), state)
        assert plan.intents == []
        assert [why for _words, why in plan.unplaced] == []


def test_a_clean_copy_carries_no_change_and_the_same_state_gives_the_same_words(table):
    clean = read_word(exported(table, tracked=False))
    assert clean.authors == frozenset()
    assert "up to" not in " ".join(paragraph.base() for paragraph in clean.paragraphs)


def test_own_tracked_changes_become_proposals_and_those_of_others_are_ignored(table):
    content = edited(
        exported(table),
        lambda xml: xml.replace(
            "home.</w:t></w:r>",
            "home.</w:t></w:r>" + insertion("Aibek M.", " They thank the carriers.") + insertion("Japan", " Never."),
        ),
    )
    plan = plan_of(table, content, "KG")
    (intent,) = plan.intents
    assert (intent.act, intent.label, intent.untracked) == ("proposal.made", "2", False)
    assert intent.inputs["wording"].endswith("to return home. They thank the carriers.")
    assert "Japan" in plan.left_alone
    assert plan.own_authors == ["Aibek M."]
    table.do("KG", intent.act, **intent.inputs)
    assert "[KG: They thank the carriers.]" in table.lines()[2]


def test_changes_without_tracking_are_found_by_comparison(table):
    plan = plan_of(table, edited(exported(table), lambda xml: xml.replace("meet again in 2021", "meet in 2022")), "KG")
    (intent,) = plan.intents
    assert intent.untracked
    assert intent.inputs["wording"] == "They will meet in 2022."


def test_an_own_proposal_is_revised_and_what_cannot_be_placed_is_listed(table):
    def change(xml: str) -> str:
        root: Any = etree.fromstring(xml.encode())
        for text in root.iter(f"{W}ins"):
            if text.get(f"{W}author") == "Uzbekistan":
                next(text.iter(f"{W}t")).text = "not less than"
        body = root.find(f"{W}body")
        body.insert(0, etree.fromstring(TABLE))
        for paragraph in body.findall(f"{W}p"):
            if "They will meet" in "".join(paragraph.itertext()):
                body.remove(paragraph)
        return etree.tostring(root).decode()

    plan = plan_of(table, edited(exported(table), change), "UZ")
    (intent,) = plan.intents
    assert intent.act == "proposal.revised"
    assert "not less than 2 billion yen" in intent.inputs["wording"]
    assert [words for words, _why in plan.unplaced] == ["Loose", "3"]


def test_a_new_paragraph_in_the_file_is_a_new_paragraph_in_the_text(table):
    def change(xml: str) -> str:
        fresh = f"<w:p>{insertion('Kyrgyz Republic', 'A new paragraph.')}</w:p>"
        return xml.replace("<w:sectPr", fresh + "<w:sectPr", 1)

    (intent,) = plan_of(table, edited(exported(table), change), "KG").intents
    table.do("KG", intent.act, **intent.inputs)
    assert table.lines()[-1] == "3 bis. [KG: A new paragraph.]"


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * 200_000_000)
    return buffer.getvalue()


def word_file_of(document: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", document)
    return buffer.getvalue()


def long() -> bytes:
    document = docx.Document()
    body = document.element.body
    for _ in range(3_100):
        body.insert(0, etree.SubElement(body, f"{W}p"))
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"PK\x03\x04 no", b"%PDF-1.7", word_file_of(b"<not closed"), word_file_of(b"\x00"), bomb(),
        word_file_of(b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><x>&b;</x>"), long(),
    ],
    ids=["empty", "broken", "pdf", "half", "binary", "bomb", "entities", "long"],
)  # fmt: skip
def test_what_is_no_word_file_or_too_large_is_refused(content):
    with pytest.raises(Refused) as refusal:
        read_word(content)
    assert "file" in refusal.value.fields


def line_of(base: str, wordings: dict[str, str]) -> Line:
    paragraph = Paragraph(id="a1", text="t", position=0, kind="operative", revision=1, wording=base, status="open")
    proposals = [ProposedWording(f"p{state}", (state,), wording) for state, wording in wordings.items()]
    return Line(paragraph, "1", [], [], compiled(base, proposals, SIX), row(paragraph, [], {}, SIX))


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_exported_and_imported_every_delegation_asks_for_the_same(draws):
    base = cleaned(draws.draw(wordings))
    states = draws.draw(st.lists(st.sampled_from(SIX), unique=True))
    wordings_by_state = {state: cleaned(draws.draw(versions(base))) for state in states}
    if not base or has_control_letters(base) or any(not wording for wording in wordings_by_state.values()):
        return
    text = Text(id="t", title="Title", language="en", order=list(SIX), algorithm=1)
    sheet = Sheet(text, [line_of(base, wordings_by_state)], {"a1": "1"}, {}, [], {})
    paragraphs = read_word(word_file(sheet, FILE_TIME, tracked=True)).paragraphs
    paragraph = next(candidate for candidate in paragraphs if candidate.mark == "a1_1")
    assert paragraph.base() == typed(base, sheet.labels)
    for state in SIX:
        assert paragraph.as_held_by(Mine(NAMES[state], NAMES.values())) == typed(
            wordings_by_state.get(state, base), sheet.labels
        )


def test_the_round_trip_through_libreoffice_loses_nothing(table, tmp_path):
    content = through_libreoffice(exported(table), tmp_path)
    assert read_word(content).authors == {"Japan", "Uzbekistan", "Tajikistan", "Kazakhstan"}
    for state in SIX:
        assert plan_of(table, content, state).intents == []


def test_amendments_are_exported_and_imported(table, tmp_path):
    first = table.propose("JP", "3", "again", "again in Tokyo or by video")
    parent = table.proposal(first)
    inputs = {"paragraph": parent.paragraph, "amends": first, "seen": parent.worded}
    table.do("KG", "proposal.made", wording=parent.wording.replace("Tokyo", "Bishkek"), **inputs)
    for content in (exported(table), through_libreoffice(exported(table), tmp_path)):
        for state in SIX:
            assert plan_of(table, content, state).intents == []


@pytest.mark.parametrize("after", ["1", None])
def test_a_proposed_move_is_exported_as_a_tracked_move_and_imported_as_nothing_new(table, tmp_path, after):
    paragraph = table.paragraph("3")
    behind = table.paragraph(after).id if after else None
    table.do("KG", "proposal.made", kind="move", paragraph=paragraph.id, revision=1, after=behind, note="It is first.")
    content = exported(table)
    for file in (content, through_libreoffice(content, tmp_path)):
        word_text = read_word(file)
        assert "Kyrgyz Republic" in word_text.authors
        (target,) = [moved for moved in word_text.paragraphs if moved.came_from is not None]
        assert target.came_from
        assert target.came_from.comments == [("Kyrgyz Republic", "It is first.")]
        for state in SIX:
            plan = plan_of(table, file, state)
            assert (plan.intents, plan.unplaced) == ([], []), state


def test_a_move_of_a_paragraph_with_brackets_is_exported_as_a_comment(table):
    paragraph = table.paragraph("1")
    table.do("KG", "proposal.made", kind="move", paragraph=paragraph.id, revision=1, after=table.paragraph("3").id)
    plan = plan_of(table, exported(table), "KG")
    assert (plan.intents, plan.unplaced) == ([], [])


def test_a_text_is_not_begun_from_a_file_whose_tables_would_be_lost(app, tmp_path):
    import docx

    from suhbat.ground.refusals import Refused
    from suhbat.texts.exchange.docx_import import read_word
    from suhbat.texts.exchange.start_from_word import opening_acts

    document = docx.Document()
    document.add_paragraph("The Ministers welcomed the grant.")
    document.add_table(1, 1).cell(0, 0).text = "2 billion yen"
    document.save(tmp_path / "table.docx")
    with app.database.reading() as session, pytest.raises(Refused) as refusal:
        opening_acts(session, "ca-japan/x", {}, read_word((tmp_path / "table.docx").read_bytes()))
    assert "Tables" in str(refusal.value.fields["file"])
