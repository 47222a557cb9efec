"""A text laid out for all who have it open: brought up act by act, it is what it would be laid out anew."""

import pytest
from sqlalchemy import event

from suhbat.texts.models import Text
from suhbat.texts.tests.table import Table
from suhbat.texts.view.text_view import sheet_of
from suhbat.texts.view.view_cache import kept_sheet
from suhbat.texts.wording.brackets import as_held_by

SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


def told(sheet, delegation: str):
    """Everything that a page, a panel or a board is told by a sheet."""
    lines = [
        (
            line.paragraph.id, line.label, line.paragraph.wording, line.paragraph.state, line.paragraph.revision,
            line.nodes, line.row, line.notes, {state: as_held_by(line.nodes, state) for state in SIX},
            *[[(p.number, p.state, p.wording, p.holders, p.package, p.changed) for p in kind]
              for kind in (line.live, line.settled)],
        )
        for line in sheet.lines
    ]  # fmt: skip
    stands = {
        (name, state): (said.stand, said.reason, said.pending)
        for name, by_state in sheet.positions.items()
        for state, said in by_state.items()
    }
    points = [(line.label, each.number) for line, each in sheet.points_of(delegation)]
    return lines, stands, points, sheet.tally, sheet.labels, sheet.text.state, sheet.text.discussed, sheet.silences


@pytest.fixture
def same(table):
    """After every act of a story: the kept sheet is asked for, and compared with one laid out anew."""

    def compare():
        for delegation in ("", "JP", "UZ"):
            kept = kept_sheet(table.app.database, table.state().id, table.meeting, delegation)[1]
            with table.app.database.reading() as session:
                anew = told(sheet_of(session, session.get_one(Text, table.state().id), delegation), delegation)
            assert told(kept, delegation) == anew

    return compare


def test_brought_up_act_by_act_it_is_what_it_would_be_laid_out_anew(table, same):
    same()
    grant = table.propose("JP", "1", "nearly", "up to")
    same()
    soon = table.propose("UZ", "3", "again", "again soon")
    same()
    table.answer("KZ", grant, "supports")
    table.answer("UZ", grant, "objects", reason="Say how much.")
    same()
    table.do("KG", "proposal.joined", proposal=grant)
    same()
    inner = table.propose("TJ", "1", "nearly", "up to almost", amends=grant, seen=table.proposal(grant).worded)
    same()
    wording = table.paragraph("1").wording.replace("nearly", "at most")
    table.do("JP", "proposal.revised", proposal=grant, seen=table.proposal(grant).changed, wording=wording)
    same()
    table.do("UZ", "note.kept", paragraph=table.paragraph("2").id, wording="Hold out for 2022")
    same()
    table.do("TM", "proposal.made", kind="addition", paragraph=table.paragraph("2").id, wording="They agreed.")
    same()
    table.answer("JP", soon, "can-accept")
    table.incorporate(soon)
    same()
    table.do("chair", "text.discussed", paragraph=table.paragraph("2").id)
    same()
    table.do("TJ", "proposal.withdrawn", proposal=inner)
    table.do("KG", "proposal.withdrawn", proposal=grant) if "KG" in table.proposal(grant).holders else None
    same()
    table.do("chair", "paragraph.closed", paragraph=table.paragraph("2").id, seen=table.paragraph("2").changed)
    same()


def test_an_act_on_one_paragraph_reads_that_paragraph_alone(table):
    text = table.state().id
    for state in SIX:
        table.propose(state, "1", "grant", f"grant, as {state} has it,")
    kept_sheet(table.app.database, text, table.meeting)
    table.propose("JP", "3", "again", "soon")
    read = []

    def note(_connection, _cursor, statement, parameters, *_more):
        if "FROM text_proposal" in statement:
            read.append(parameters)

    event.listen(table.app.database.engine, "before_cursor_execute", note)
    kept_sheet(table.app.database, text, table.meeting)
    event.remove(table.app.database.engine, "before_cursor_execute", note)
    assert read == [(table.paragraph("3").id,)]
