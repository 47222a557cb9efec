"""References follow the paragraph they name, wherever it moves; one to a deleted paragraph stops the adoption."""

import pytest

from suhbat.ground.refusals import Kind, Refused
from suhbat.texts.adoption.canonical_text import document
from suhbat.texts.models import Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.wording.numbering import tied

PASTED = """1. The grants are listed in §Table 1 and the experts in §Table 2.

2. See §1, and §table 2 again.

3. They will meet again, as in §2.

Kind | Amount
Grants | 2 billion yen

State | Experts
Uzbekistan | 4"""


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app), PASTED, languages=["ru"])


def refused(do, *arguments, **inputs) -> Refused:
    with pytest.raises(Refused) as refusal:
        do(*arguments, **inputs)
    return refusal.value


def wordings(table, language="en"):
    with table.app.database.reading() as session:
        content = document(session, session.get_one(Text, table.state().id))
        return (
            [paragraph["wording"] for paragraph in content["paragraphs"]]
            if language == "en"
            else content["versions"][language]
        )


def test_a_name_and_its_number_stay_on_one_line():
    assert tied("as in Table 1, таблица 2 and a table of 3") == "as in Table\u00a01, таблица\u00a02 and a table of 3"


def strike(table, label):
    paragraph = table.paragraph(label)
    return table.do("chair", "paragraph.redrafted", paragraph=paragraph.id, seen=paragraph.changed, strike=True)


def test_references_to_tables_and_paragraphs_follow_when_things_move(table):
    assert wordings(table)[:2] == [
        "The grants are listed in Table 1 and the experts in Table 2.",
        "See 1, and Table 2 again.",
    ]
    second, first = table.paragraph("Table 2"), table.paragraph("3")
    table.do("chair", "paragraph.moved", paragraph=second.id, seen=second.changed, after=first.id)
    assert wordings(table)[:2] == [
        "The grants are listed in Table 2 and the experts in Table 1.",
        "See 1, and Table 1 again.",
    ]
    third = table.paragraph("3")
    table.do("chair", "paragraph.moved", paragraph=third.id, seen=third.changed, after=None)
    assert wordings(table)[:3] == [
        "They will meet again, as in 3.",
        "The grants are listed in Table 2 and the experts in Table 1.",
        "See 2, and Table 1 again.",
    ]


def test_another_language_types_and_reads_the_name_of_a_table_in_its_own_way(table):
    first = table.paragraph("1")
    inputs = {"paragraph": first.id, "language": "ru", "revision": 1}
    table.do("secretariat", "version.written", wording="Гранты указаны в §таблица 1 и §Table 2.", **inputs)
    assert wordings(table, "ru")[0] == "Гранты указаны в Таблица 1 и Таблица 2."


def test_a_reference_to_a_deleted_paragraph_is_named_and_stops_the_adoption(table):
    table.do("chair", "version.languages_set", languages=[])
    strike(table, "Table 2")
    reason = str(refused(table.do, "chair", "adoption.asked").why)
    assert "refer to one that is not in the text: 1, 2." in reason
    deadline = {"deadline": "2020-08-14T18:00"}
    assert "1, 2." in str(refused(table.do, "chair", "silence.started", **deadline).why)
    first = table.paragraph("1")
    refusal = refused(table.do, "chair", "paragraph.closed", paragraph=first.id, seen=first.changed)
    assert (refusal.kind, "text: 1." in str(refusal.why)) == (Kind.OUT_OF_ORDER, True)
    assert refused(table.do, "chair", "silence.started", paragraph=first.id, **deadline).kind == Kind.OUT_OF_ORDER
    for label in ("1", "2"):
        paragraph = table.paragraph(label)
        wording = paragraph.wording.replace(f"§{{{second_table(table)}}}", "the annex")
        table.do("chair", "paragraph.redrafted", paragraph=paragraph.id, seen=paragraph.changed, wording=wording)
    table.do("chair", "adoption.asked")


def second_table(table) -> str:
    """What paragraph 2 refers to beside paragraph 1."""
    wording = table.paragraph("2").wording
    return str(wording.rpartition("§{")[2].partition("}")[0])


def test_a_reference_to_nothing_in_another_language_stops_it_too(table):
    for label in ("1", "2", "3", "Table 1", "Table 2"):
        in_russian = {"paragraph": table.paragraph(label).id, "language": "ru"}
        version = table.do("secretariat", "version.written", revision=1, wording=f"См. §3 {label}", **in_russian)
        table.do("KZ", "version.confirmed", seen=version.entry.number, **in_russian)
    strike(table, "3")
    assert "not in the text: 1, 2, Table 1, Table 2." in str(refused(table.do, "chair", "adoption.asked").why)


def test_the_drafter_sees_what_refers_to_a_paragraph_and_what_refers_to_nothing(sitting, table, signed_in, page):
    table.app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    second = table.paragraph("2")
    chair = signed_in("chair")
    assert "These paragraphs refer to this one: 3." in chair.get(f"{page}/p/{second.id}").text
    table.incorporate(leave_out(table, second))
    html = chair.get(page).text
    assert "refers to a paragraph that is not in the text" in html
    assert "These paragraphs refer to one that is not in the text: 2." in html


def test_a_paragraph_with_a_hanging_reference_in_another_language_is_not_offered_to_be_closed(
    sitting, table, signed_in, page
):
    table.app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    first = table.paragraph("1")
    version = {"paragraph": first.id, "language": "ru", "revision": 1, "wording": "См. §3"}
    table.do("secretariat", "version.written", **version)
    chair = signed_in("chair")
    for act in ("paragraph.closed", "silence.started"):
        assert f"/acts/{act}" in chair.get(f"{page}/p/{first.id}").text
    strike(table, "3")
    hanging = chair.get(f"{page}/p/{first.id}").text
    assert "refers to a paragraph that is not in the text" in hanging
    for act in ("paragraph.closed", "silence.started"):
        assert f"/acts/{act}" not in hanging


def leave_out(table, paragraph) -> str:
    done = table.do("KZ", "proposal.made", kind="deletion", paragraph=paragraph.id, revision=paragraph.revision)
    return str(done.entry.body["proposal"])
