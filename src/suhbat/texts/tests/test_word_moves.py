"""Paragraphs moved, joined and split in Word with tracking: read as what they are, also after LibreOffice."""

import copy
from typing import Any

import pytest
from lxml import etree

from suhbat.texts.exchange.docx_opening import W
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_word import edited, exported, plan_of
from suhbat.texts.tests.word_processor import through_libreoffice

NAME = {"KG": "Kyrgyz Republic", "JP": "Japan"}


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


@pytest.fixture(params=["as Word wrote it", "after LibreOffice"])
def file(request, table, tmp_path):
    """The table's text after a change of its XML, perhaps opened and saved by LibreOffice."""

    def changed_file(change, state="KG"):
        content = edited(exported(table), lambda xml: changed(xml, change, NAME[state]))
        return content if request.param == "as Word wrote it" else through_libreoffice(content, tmp_path)

    return changed_file


def changed(xml, change, author):
    root: Any = etree.fromstring(xml.encode())
    body = root.find(f"{W}body")
    change(body, body.findall(f"{W}p"), author)
    return etree.tostring(root).decode()


def element(tag, author, **attributes):
    tracked = etree.Element(W + tag)
    tracked.set(f"{W}id", attributes.pop("id", "77"))
    for key, value in {"author": author, "date": "2020-08-11T00:00:00Z", **attributes}.items():
        tracked.set(W + key, value)
    return tracked


def mark_of(paragraph, kind, author):
    """Track what happened to the end of a paragraph."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = etree.Element(f"{W}pPr")
        paragraph.insert(0, properties)
    run = properties.find(f"{W}rPr")
    run = etree.SubElement(properties, f"{W}rPr") if run is None else run
    run.append(element(kind, author, id="78"))


def wrap(paragraph, kind, author):
    """All runs of a paragraph within one tracked change."""
    for n, run in enumerate(paragraph.findall(f"{W}r")):
        change = element(kind, author, id=str(800 + n))
        paragraph.replace(run, change)
        change.append(run)
        if kind == "del":
            for text in run.iter(f"{W}t"):
                text.tag = f"{W}delText"


def move(target):
    """Paragraph 3 moved before the one at `target`, as Word tracks it."""

    def change(body, paragraphs, author):
        source = next(p for p in paragraphs if "They will meet" in "".join(p.itertext()))
        copied = copy.deepcopy(source)
        for mark in [*copied.iter(f"{W}bookmarkStart"), *copied.iter(f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        for paragraph, kind, number in ((source, "moveFrom", "90"), (copied, "moveTo", "91")):
            wrap(paragraph, kind, author)
            mark_of(paragraph, kind, author)
            first = next(n for n, child in enumerate(paragraph) if child.tag == W + kind)
            paragraph.insert(first, element(f"{kind}RangeStart", author, id=number, name="move1"))
            end = etree.SubElement(paragraph, f"{W}{kind}RangeEnd")
            end.set(f"{W}id", number)
        body.insert(body.index(paragraphs[target]), copied)

    return change


def test_a_moved_paragraph_is_a_proposal_to_move_it(table, file):
    plan = plan_of(table, file(move(2)), "KG")
    assert plan.unplaced == []
    (intent,) = plan.intents
    assert (intent.label, intent.inputs["kind"], intent.inputs["after"]) == ("3", "move", table.paragraph("PP1").id)
    done = table.do("KG", intent.act, **intent.inputs)
    table.incorporate(done.entry.body["proposal"])
    assert table.lines()[1] == "1. They will meet again in 2021."


def test_a_move_by_another_party_is_ignored(table, file):
    plan = plan_of(table, file(move(2), "JP"), "KG")
    assert (plan.intents, plan.unplaced) == ([], [])


def test_a_paragraph_whose_end_was_deleted_is_joined_with_the_next(table, file):
    def change(_body, paragraphs, author):
        mark_of(paragraphs[3], "del", author)

    plan = plan_of(table, file(change), "KG")
    assert plan.unplaced == []
    (intent,) = plan.intents
    assert (intent.label, intent.inputs["kind"]) == ("2", "merge")
    assert (
        intent.inputs["wording"]
        == "They agreed to help each other's citizens to return home. They will meet again in 2021."
    )
    done = table.do("KG", intent.act, **intent.inputs)
    table.incorporate(done.entry.body["proposal"])
    assert len(table.lines()) == 3


def test_a_paragraph_deleted_with_its_end_is_only_deleted(table, file):
    def change(_body, paragraphs, author):
        wrap(paragraphs[3], "del", author)
        mark_of(paragraphs[3], "del", author)

    (intent,) = plan_of(table, file(change), "KG").intents
    assert (intent.label, intent.inputs["kind"]) == ("2", "deletion")


def test_a_paragraph_split_in_two_is_a_proposal_to_split_it(table, file):
    def change(body, paragraphs, author):
        first = paragraphs[3]
        second = copy.deepcopy(first)
        for bookmark in [*second.iter(f"{W}bookmarkStart"), *second.iter(f"{W}bookmarkEnd")]:
            bookmark.getparent().remove(bookmark)
        runs = second.findall(f"{W}r")
        for run in runs[:-1]:
            second.remove(run)
        for paragraph, words in ((first, "They agreed to help each other's citizens"), (second, " to return home.")):
            text = [t for t in paragraph.iter(f"{W}t") if "agreed" in (t.text or "")][-1]
            text.text = words
        mark_of(first, "ins", author)
        body.insert(body.index(first) + 1, second)

    (intent,) = plan_of(table, file(change), "KG").intents
    assert intent.inputs["wording"] == "They agreed to help each other's citizens\n\nto return home."
    done = table.do("KG", intent.act, **intent.inputs)
    table.incorporate(done.entry.body["proposal"])
    assert table.lines()[3:] == ["3. to return home.", "4. They will meet again in 2021."]
