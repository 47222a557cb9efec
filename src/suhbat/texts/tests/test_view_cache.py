"""The cached sheet of a text, updated act by act, equals one that is built from the tables."""

import pytest
from sqlalchemy import event

from suhbat.texts.models import Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.view.text_view import sheet_of
from suhbat.texts.view.view_cache import cached_sheet
from suhbat.texts.wording.brackets import as_held_by

SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


def facts_of(sheet, delegation: str):
    """Everything that a page, a panel or a board shows of a sheet."""
    lines = [
        (
            line.paragraph.id, line.label, line.paragraph.wording, line.paragraph.status, line.paragraph.revision,
            line.nodes, line.row, line.notes, {state: as_held_by(line.nodes, state) for state in SIX},
            *[[(p.number, p.status, p.wording, p.holders, p.package, p.changed) for p in kind]
              for kind in (line.live, line.settled)],
        )
        for line in sheet.lines
    ]  # fmt: skip
    stands = {
        (name, state): (position.stand, position.reason, position.pending)
        for name, by_state in sheet.positions.items()
        for state, position in by_state.items()
    }
    points = [(line.label, proposal.number) for line, proposal in sheet.points_of(delegation)]
    return lines, stands, points, sheet.tally, sheet.labels, sheet.text.status, sheet.text.discussed, sheet.silences


@pytest.fixture
def compare(table):
    """Called after every act: compares the cached sheet with one built from the tables."""

    def compare():
        for delegation in ("", "JP", "UZ"):
            cached = cached_sheet(table.app.database, table.state().id, table.meeting, delegation)[1]
            with table.app.database.reading() as session:
                rebuilt = facts_of(sheet_of(session, session.get_one(Text, table.state().id), delegation), delegation)
            assert facts_of(cached, delegation) == rebuilt

    return compare


def test_updated_act_by_act_the_cached_sheet_equals_a_new_one(table, compare):
    compare()
    grant = table.propose("JP", "1", "nearly", "up to")
    compare()
    soon = table.propose("UZ", "3", "again", "again soon")
    compare()
    table.answer("KZ", grant, "supports")
    table.answer("UZ", grant, "objects", reason="Say how much.")
    compare()
    table.do("KG", "proposal.joined", proposal=grant)
    compare()
    inner = table.propose("TJ", "1", "nearly", "up to almost", amends=grant, seen=table.proposal(grant).worded)
    compare()
    wording = table.paragraph("1").wording.replace("nearly", "at most")
    table.do("JP", "proposal.revised", proposal=grant, seen=table.proposal(grant).changed, wording=wording)
    compare()
    table.do("UZ", "note.kept", paragraph=table.paragraph("2").id, wording="Hold out for 2022")
    compare()
    table.do("TM", "proposal.made", kind="addition", paragraph=table.paragraph("2").id, wording="They agreed.")
    compare()
    table.answer("JP", soon, "can-accept")
    table.incorporate(soon)
    compare()
    table.do("chair", "text.discussed", paragraph=table.paragraph("2").id)
    compare()
    table.do("TJ", "proposal.withdrawn", proposal=inner)
    table.do("KG", "proposal.withdrawn", proposal=grant) if "KG" in table.proposal(grant).holders else None
    compare()
    table.do("chair", "paragraph.closed", paragraph=table.paragraph("2").id, seen=table.paragraph("2").changed)
    compare()


def test_an_act_on_one_paragraph_reads_that_paragraph_alone(table):
    text = table.state().id
    for state in SIX:
        table.propose(state, "1", "grant", f"grant, as {state} has it,")
    cached_sheet(table.app.database, text, table.meeting)
    table.propose("JP", "3", "again", "soon")
    parameters_read = []

    def note(_connection, _cursor, statement, parameters, *_more):
        if "FROM text_proposal" in statement:
            parameters_read.append(parameters)

    event.listen(table.app.database.engine, "before_cursor_execute", note)
    cached_sheet(table.app.database, text, table.meeting)
    event.remove(table.app.database.engine, "before_cursor_execute", note)
    assert parameters_read == [(table.paragraph("3").id,)]
