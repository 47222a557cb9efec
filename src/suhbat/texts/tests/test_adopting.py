"""A text is adopted: by silence with a deadline, or in the room; after that nothing in it changes."""

import pytest

from suhbat.acts.roles_and_seats import SYSTEM
from suhbat.ground.refusals import Kind, Refused
from suhbat.texts.tests.negotiating_table import Table

DEADLINE = "2020-08-14T18:00"
"""In Tokyo: 09:00 UTC."""


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


def refused(do, *arguments, **inputs) -> Refused:
    with pytest.raises(Refused) as refusal:
        do(*arguments, **inputs)
    return refusal.value


def silence(table, **other) -> str:
    done = table.do("chair", "silence.started", deadline=DEADLINE, **other)
    return str(done.entry.body["silence"])


def test_a_text_with_brackets_cannot_be_put_under_silence(table):
    table.propose("JP", "1", "nearly", "up to")
    assert "1" in str(refused(silence, table).why)


def test_breaking_the_silence_names_the_paragraph_and_ends_it_for_all(table):
    name = silence(table)
    assert refused(table.propose, "KZ", "1", "nearly", "up to").kind == Kind.OUT_OF_ORDER
    assert refused(table.do, "KZ", "silence.broken", silence=name).kind == Kind.INVALID
    table.do("KZ", "silence.broken", silence=name, paragraph=table.paragraph("1").id, reason="Not yet")
    assert table.state().status == "drafting"
    assert refused(table.do, "UZ", "silence.broken", silence=name, paragraph=table.paragraph("1").id, reason="Not yet")
    table.propose("KZ", "1", "nearly", "up to")


def test_the_text_is_adopted_as_of_the_deadline_however_late_that_is_noted(table, clock):
    name = silence(table)
    clock.forward(days=9)
    late = refused(table.do, "KZ", "silence.broken", silence=name, paragraph=table.paragraph("1").id, reason="Not yet")
    assert late.kind == Kind.OUT_OF_ORDER
    assert refused(table.propose, "KZ", "1", "nearly", "up to").kind == Kind.OUT_OF_ORDER
    table.do(SYSTEM, "silence.held", silence=name)
    text = table.state()
    assert (text.status, text.adopted, text.adopted_by) == ("adopted", "2020-08-14T09:00:00.000000Z", "silence")
    assert text.digest
    assert refused(table.do, SYSTEM, "silence.held", silence=name).kind == Kind.OUT_OF_ORDER


def test_nobody_ends_a_silence_before_its_deadline(table):
    name = silence(table)
    assert refused(table.do, SYSTEM, "silence.held", silence=name).kind == Kind.OUT_OF_ORDER
    assert refused(table.do, "JP", "silence.held", silence=name).kind == Kind.NOT_ALLOWED
    table.do("chair", "silence.lifted", silence=name)
    assert table.state().status == "drafting"


def test_one_paragraph_under_silence_leaves_the_others_open(table, clock):
    second = table.paragraph("2").id
    name = silence(table, paragraph=second)
    assert refused(table.propose, "KZ", "2", "home", "home soon").kind == Kind.OUT_OF_ORDER
    table.propose("KZ", "1", "nearly", "up to")
    clock.forward(days=4)
    table.do(SYSTEM, "silence.held", silence=name)
    assert table.paragraph("2").status == "agreed"
    assert table.state().status == "drafting"


def test_a_text_waits_for_its_paragraph_under_silence(table, clock):
    name = silence(table, paragraph=table.paragraph("2").id)
    assert refused(table.do, "chair", "adoption.asked").kind == Kind.OUT_OF_ORDER
    assert refused(silence, table).kind == Kind.OUT_OF_ORDER
    clock.forward(days=4)
    table.do(SYSTEM, "silence.held", silence=name)
    table.do("chair", "adoption.asked")


def test_the_room_adopts_when_every_head_agrees(table):
    table.do("chair", "adoption.asked")
    for state in ("JP", "KZ", "KG", "TJ", "TM"):
        table.do(state, "adoption.answered", agrees=True)
    assert table.state().status == "asked"
    table.do("UZ", "adoption.answered", agrees=True)
    assert table.state().status == "adopted"
    assert refused(table.propose, "KZ", "1", "nearly", "up to").kind == Kind.OUT_OF_ORDER
    table.do("TM", "explanation.filed", wording="We understand paragraph 1 as a voluntary contribution.")


def test_one_objection_returns_the_text_to_drafting(table):
    table.do("chair", "adoption.asked")
    table.do("JP", "adoption.answered", agrees=True)
    table.do("UZ", "adoption.answered", agrees=False, reason="We wait for our capital.")
    assert table.state().status == "drafting"
    assert refused(table.do, "KZ", "adoption.answered", agrees=True).kind == Kind.OUT_OF_ORDER


def test_a_corrigendum_is_a_new_text_that_names_the_old_one(table):
    inputs = {"meeting": table.meeting, "title": "Corrigendum", "kind": "corrigendum", "paragraphs": "1. Read: some."}
    old = f"{table.meeting}/{table.text}"
    perform = table.app.door.perform
    assert "corrects" in refused(perform, table.at.chair, "text.opened", inputs).fields
    assert "corrects" in refused(perform, table.at.chair, "text.opened", inputs | {"corrects": old}).fields
    table.do("chair", "adoption.asked")
    table.do("JP", "adoption.answered", agrees=True)
    table.do("chair", "text.adopted")
    perform(table.at.chair, "text.opened", inputs | {"corrects": old})
    table.do("secretariat", "text.published")
    assert refused(table.do, "secretariat", "text.published").kind == Kind.OUT_OF_ORDER
    assert table.state().published


def test_a_text_begins_with_the_paragraphs_of_an_earlier_one_and_its_references_follow(table):
    table.incorporate(table.propose("KG", "3", "again", "again, as foreseen in §2,"))
    perform = table.app.door.perform
    inputs = {"meeting": table.meeting, "title": "Joint Statement", "begun_from": f"{table.meeting}/{table.text}"}
    first = table.text
    table.text = perform(table.at.chair, "text.opened", inputs).reply["text"]
    assert table.text != first
    assert f"§{{{table.paragraph('2').id}}}" in table.paragraph("3").wording
