"""The example negotiations compile and end in adoption, and every delegation finds its own words in them."""

import pytest
from scripts.negotiations_of_the_data import example

from suhbat.texts.adoption.canonical_text import document
from suhbat.texts.models import Text
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.wording.bracket_notation import parsed, printed
from suhbat.texts.wording.brackets import ProposedWording, as_held_by, compiled

SIX = ("JP", "KZ", "KG", "TJ", "TM", "UZ")


@pytest.mark.parametrize(
    ("name", "paragraphs", "moves"),
    [("chairs-statement", 12, 14), ("joint-declaration", 40, 11), ("action-plan", 67, 200)],
)
def test_a_written_negotiation_compiles_to_what_each_delegation_asked(name, paragraphs, moves):
    played = example(name)
    assert (len(played.paragraphs), len(played.moves)) == (paragraphs, moves)
    for label, base in played.paragraphs.items():
        proposals = [
            ProposedWording(str(n), (m.by,), m.wording) for n, m in enumerate(played.moves) if m.label == label
        ]
        nodes = compiled(base, proposals, SIX)
        assert parsed(printed(nodes)) == nodes
        assert as_held_by(nodes) == base
        for proposal in proposals:
            assert as_held_by(nodes, proposal.holders[0]) == proposal.wording


def test_a_declaration_in_three_languages_is_negotiated_confirmed_and_adopted(app, convene):
    played = example("joint-declaration")
    table = Table(app, convene(app), played.pasted, title=played.title, languages=["ru", "ja"])
    labels = list(played.paragraphs)
    proposals = [
        (move.by, table.do(move.by, "proposal.made", paragraph=table.paragraph(move.label).id, revision=1,
                           wording=move.wording).entry.body["proposal"])
        for move in played.moves
    ]  # fmt: skip
    assert "[nearly] [JP: up to] [UZ: at least]" in table.lines()[labels.index("5")]
    for by, name in proposals:
        status = table.proposal(name).status
        if status == "flagged":
            table.do(by, "proposal.withdrawn", proposal=name)
        elif status == "open":
            table.incorporate(name)
    for language, wordings in played.versions.items():
        for label, wording in zip(labels, wordings, strict=True):
            paragraph = table.paragraph(label)
            inputs = {"paragraph": paragraph.id, "language": language}
            done = table.do("chair", "version.written", **inputs, revision=paragraph.revision, wording=wording)
            table.do("KZ", "version.confirmed", **inputs, seen=done.entry.number)
        table.entitle(language, {"ru": "Совместная декларация", "ja": "共同宣言"}[language])
    table.do("chair", "adoption.asked")
    for state in SIX:
        table.do(state, "adoption.answered", agrees=True)
    assert table.state().status == "adopted"
    with app.database.reading() as session:
        content = document(session, session.get_one(Text, table.state().id))
    assert "20億円" in content["versions"]["ja"][labels.index("5")]
    assert content["versions"]["ru"][labels.index("37")].endswith("выполнением 5 и 15.")
