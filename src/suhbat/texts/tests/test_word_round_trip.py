"""To LibreOffice and back: whatever six delegations did to a text, the file asks for nothing new."""

import random
import subprocess
import zipfile
from io import BytesIO

import pytest

from suhbat.ground.refusals import Refused
from suhbat.texts.exchange.docx_import import read_word
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.random_acts import ON_PARAGRAPHS, ON_PROPOSALS, PASTED, SIX, current_sheet, step
from suhbat.texts.tests.test_word import exported, plan_of
from suhbat.texts.tests.word_processor import through_libreoffice

NOTE = "{note: As of 11 August 2020.}"


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


def assert_nothing_is_asked(table, content):
    for state in SIX:
        plan = plan_of(table, content, state)
        assert [(intent.act, intent.label, intent.inputs) for intent in plan.intents] == [], state
        assert [(words, str(why)) for words, why in plan.unplaced] == [], state


def test_eight_texts_that_were_negotiated_at_random_come_back_as_they_were(app, convene, tmp_path):
    convened, tables = convene(app), []
    for seed in range(8):
        table, dice = Table(app, convened, PASTED), random.Random(seed)
        for _ in range(30):
            kind, state = dice.choice(ON_PARAGRAPHS + ON_PROPOSALS), dice.choice(SIX)
            try:
                step(table, current_sheet(table), kind, state, dice)
            except Refused:
                continue
        (tmp_path / f"{seed}.docx").write_bytes(exported(table))
        tables.append(table)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path.parent}/libreoffice", "--headless",
               "--convert-to", "docx:MS Word 2007 XML", "--outdir", f"{tmp_path}/out",
               *(f"{tmp_path}/{seed}.docx" for seed in range(8))]  # fmt: skip
    subprocess.run(command, check=True, timeout=180, capture_output=True)
    for seed, table in enumerate(tables):
        assert_nothing_is_asked(table, (tmp_path / "out" / f"{seed}.docx").read_bytes())


def test_footnotes_and_the_holders_reasons_survive_beside_each_other(table, tmp_path):
    table.propose("JP", "1", "nearly", "up to", note="The Diet has approved an upper limit.")
    table.propose("KZ", "1", "2 billion yen", f"2 billion yen{NOTE}", note="The figure moves.")
    table.propose("TJ", "2", "home.", f"home{NOTE}.")
    content = through_libreoffice(exported(table), tmp_path)
    assert_nothing_is_asked(table, content)
    file = read_word(content)
    (first,) = [paragraph for paragraph in file.paragraphs if "welcomed" in paragraph.base()]
    assert first.comments == [
        ("Japan", "The Diet has approved an upper limit."), ("Kazakhstan", "The figure moves."),
    ]  # fmt: skip
    assert (
        sum("As of 11 August 2020." in piece.words for paragraph in file.paragraphs for piece in paragraph.pieces) == 2
    )


def test_a_proposed_move_of_a_paragraph_with_a_footnote(table, tmp_path):
    table.incorporate(table.propose("TJ", "2", "home.", f"home{NOTE}."))
    paragraph = table.paragraph("2")
    inputs = {"kind": "move", "paragraph": paragraph.id, "revision": paragraph.revision}
    table.do("KG", "proposal.made", after=table.paragraph("3").id, **inputs)
    assert_nothing_is_asked(table, exported(table))
    assert_nothing_is_asked(table, through_libreoffice(exported(table), tmp_path))


def test_a_clean_text_with_a_footnote_comes_back_clean(table, tmp_path):
    table.incorporate(table.propose("TJ", "2", "home.", f"home{NOTE}."))
    table.propose("JP", "1", "nearly", "up to", note="An upper limit.")
    content = exported(table, tracked=False)
    assert "word/comments.xml" not in zipfile.ZipFile(BytesIO(content)).namelist()
    file = read_word(through_libreoffice(content, tmp_path))
    assert file.authors == frozenset()
    assert [paragraph.base() for paragraph in file.paragraphs][1:] == [
        "Recalling that 2020 is the sixteenth year of the Dialogue,",
        "The Ministers welcomed the grant of nearly 2 billion yen for medical equipment.",
        f"They agreed to help each other's citizens to return home{NOTE}.",
        "They will meet again in 2021.",
    ]


def test_comments_have_the_date_of_the_text_and_not_of_the_download(table):
    table.propose("JP", "1", "nearly", "up to", note="An upper limit.")
    comments = zipfile.ZipFile(BytesIO(exported(table))).read("word/comments.xml").decode()
    assert 'w:date="2020-08-11T09:00:00Z"' in comments
