"""A joint statement is negotiated: brackets, holders, positions, the drafter's desk."""

import pytest
from tests.convened_meeting import seated

from suhbat.acts.roles_and_seats import PUBLIC_READER, Role
from suhbat.ground.refusals import Kind, Refused
from suhbat.record.reading import of_place
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.view.text_view import outcomes_of


@pytest.fixture
def table(app, convene):
    return Table(app, convene(app))


def refused(do, *arguments, **inputs) -> Refused:
    with pytest.raises(Refused) as refusal:
        do(*arguments, **inputs)
    return refusal.value


def test_pasted_text_is_split_into_paragraphs_and_numbered(table):
    assert table.lines() == [
        "PP1. Recalling that 2020 is the sixteenth year of the Dialogue,",
        "1. The Ministers welcomed the grant of nearly 2 billion yen for medical equipment.",
        "2. They agreed to help each other's citizens to return home.",
        "3. They will meet again in 2021.",
    ]
    assert table.state().order == ["JP", "KZ", "KG", "TJ", "TM", "UZ"]


def test_proposals_become_brackets_with_their_holders_in_protocol_order(table):
    table.propose("UZ", "1", "nearly", "at least")
    table.propose("JP", "1", "nearly", "up to")
    joint = table.propose("TJ", "1", "welcomed", "warmly welcomed")
    table.do("KZ", "proposal.joined", proposal=joint)
    assert table.lines()[1] == (
        "1. The Ministers [KZ, TJ: warmly] welcomed the grant of [nearly] [JP: up to] [UZ: at least] "
        "2 billion yen for medical equipment."
    )


def test_new_paragraphs_stand_where_they_were_asked_for_in_protocol_order_and_are_numbered_when_they_come_in(table):
    after = table.paragraph("2").id
    for state in ("UZ", "KZ"):
        table.do(state, "proposal.made", kind="addition", paragraph=after, wording=f"{state} will host an exhibition.")
    assert table.lines()[3:6] == [
        "2 bis. [KZ: KZ will host an exhibition.]",
        "2 ter. [UZ: UZ will host an exhibition.]",
        "3. They will meet again in 2021.",
    ]
    fresh = table.paragraph("2 ter")
    with table.app.database.reading() as session:
        from suhbat.texts.text_guard_checks import live_on

        (proposal,) = [row.id for row in live_on(session, fresh.id)]
    table.incorporate(proposal)
    assert table.lines()[3:] == [
        "2 bis. [KZ: KZ will host an exhibition.]",
        "3. UZ will host an exhibition.",
        "4. They will meet again in 2021.",
    ]


def test_a_reference_follows_the_paragraph_it_names(table):
    table.propose("KG", "3", "again", "again, as foreseen in §2,")
    assert "§{" in table.lines()[3]
    with table.app.database.reading() as session:
        from suhbat.texts.text_guard_checks import labels_of
        from suhbat.texts.wording.numbering import with_numbers

        labels = labels_of(session, table.state())
        assert "as foreseen in 2," in with_numbers(table.lines()[3], labels)
    third = table.paragraph("3")
    table.do("chair", "paragraph.moved", paragraph=third.id, seen=third.changed, after=table.paragraph("PP1").id)
    with table.app.database.reading() as session:
        labels = labels_of(session, table.state())
        assert "as foreseen in 3," in with_numbers(table.lines()[1], labels)


def test_when_the_base_changes_proposals_follow_are_met_or_are_flagged(table):
    taken_in = table.propose("JP", "1", "nearly", "up to")
    along = table.propose("KZ", "1", "medical equipment", "medical equipment and training")
    same = table.propose("KG", "1", "nearly", "up to")
    torn = table.propose("UZ", "1", "nearly", "at least")
    done = table.incorporate(taken_in)
    fates = {carried["proposal"]: carried["fate"] for carried in done.entry.body["changes"][0]["carried"]}
    assert fates == {along: "moved", same: "met", torn: "flagged"}
    assert table.lines()[1] == (
        "1. The Ministers welcomed the grant of up to 2 billion yen for medical equipment [KZ: and training]."
    )
    assert table.proposal(torn).wording == (
        "The Ministers welcomed the grant of at least 2 billion yen for medical equipment."
    )
    table.do("UZ", "proposal.repaired", proposal=torn, how="keep", seen=table.proposal(torn).changed)
    assert "[up to] [UZ: at least]" in table.lines()[1]


def test_a_wording_written_on_an_older_revision_follows_the_base_or_is_refused(table):
    old = table.paragraph("1")
    table.incorporate(table.propose("JP", "1", "nearly", "up to"))
    table.do("KZ", "proposal.made", paragraph=old.id, revision=1, wording=old.wording.replace("welcomed", "noted"))
    assert "[welcomed] [KZ: noted] the grant of up to" in table.lines()[1]
    refusal = refused(
        table.do, "UZ", "proposal.made", paragraph=old.id, revision=1, wording=old.wording.replace("nearly", "about")
    )
    assert refusal.kind == Kind.CONFLICT


def test_two_drafters_cannot_both_take_the_same_words(table):
    first, second = table.propose("JP", "1", "nearly", "up to"), table.propose("UZ", "1", "nearly", "at least")
    last_change = table.paragraph("1").changed
    table.do("chair", "proposal.incorporated", proposal=first, seen=last_change)
    assert (
        refused(table.do, "secretariat", "proposal.incorporated", proposal=second, seen=last_change).kind
        == Kind.CONFLICT
    )
    assert table.proposal(second).status == "flagged"


def test_an_objection_needs_a_reason_and_prevents_taking_in(table):
    proposal = table.propose("JP", "1", "nearly", "up to")
    assert "reason" in refused(table.answer, "KZ", proposal, "objects").fields
    table.answer("KZ", proposal, "objects", reason="The amount was announced as nearly 2 billion.")
    assert refused(table.incorporate, proposal).kind == Kind.OUT_OF_ORDER
    table.answer("KZ", proposal, "can-accept")
    table.incorporate(proposal)
    assert refused(table.answer, "TJ", proposal, "supports").kind == Kind.OUT_OF_ORDER


def test_an_answer_to_words_that_have_changed_is_not_counted(table):
    proposal = table.propose("JP", "1", "nearly", "up to")
    last_change = table.proposal(proposal).changed
    joined = table.do("KZ", "proposal.joined", proposal=proposal)
    table.answer("TJ", proposal, "supports")
    base = table.paragraph("1").wording
    table.do(
        "JP", "proposal.revised", proposal=proposal, wording=base.replace("nearly", "about"), seen=joined.entry.number
    )
    assert table.proposal(proposal).holders == ["JP"]
    refusal = refused(table.do, "UZ", "position.taken", proposal=proposal, stand="supports", seen=last_change)
    assert refusal.kind == Kind.CONFLICT


def test_a_package_is_taken_whole_or_not_at_all(table):
    first = table.propose("JP", "1", "nearly", "up to")
    second = table.propose("JP", "3", "in 2021", "in 2021 in Tokyo")
    table.do("JP", "package.tied", title="Amount for place", proposals=[first, second])
    table.answer("UZ", second, "objects", reason="It is our turn.")
    assert refused(table.incorporate, first).kind == Kind.OUT_OF_ORDER
    assert table.proposal(first).status == "open"
    table.answer("UZ", second, "can-accept")
    table.incorporate(first)
    assert (table.proposal(first).status, table.proposal(second).status) == ("incorporated", "incorporated")
    assert table.lines()[3] == "3. They will meet again in 2021 in Tokyo."


def test_two_paragraphs_are_merged_and_one_is_split(table):
    first = table.paragraph("2")
    merged = "They agreed to help each other's citizens to return home, and will meet again in 2021."
    proposal = table.do("TM", "proposal.made", kind="merge", paragraph=first.id, revision=1, wording=merged).entry.body[
        "proposal"
    ]
    assert table.lines()[3] == "3. [They will meet again in 2021.] [TM: –]"
    table.incorporate(proposal)
    assert table.lines()[2:] == [f"2. {merged}"]
    paragraph = table.paragraph("2")
    table.do(
        "chair",
        "paragraph.redrafted",
        paragraph=paragraph.id,
        seen=paragraph.changed,
        wording="They will help.\n\nThey meet.",
    )
    assert table.lines()[2:] == ["2. They will help.", "3. They meet."]


def test_a_move_is_a_proposal_like_any_other(table):
    third = table.paragraph("3")
    proposal = table.do(
        "KG", "proposal.made", kind="move", paragraph=third.id, revision=1, after=table.paragraph("PP1").id
    ).entry.body["proposal"]
    table.incorporate(proposal)
    assert table.lines()[1] == "1. They will meet again in 2021."


def test_the_drafter_merges_sets_aside_and_takes_up_again(table):
    first, second = table.propose("JP", "1", "nearly", "up to"), table.propose("UZ", "1", "nearly", "at least")
    third = table.propose("TJ", "2", "home", "home safely")
    paragraph = table.paragraph("1")
    table.do(
        "chair", "paragraph.redrafted", paragraph=paragraph.id, seen=paragraph.changed, merged=[first, second],
        wording=paragraph.wording.replace("nearly", "some"),
    )  # fmt: skip
    assert {table.proposal(name).status for name in (first, second)} == {"incorporated"}
    table.do("chair", "proposal.set_aside", proposal=third, reason="Understood anyway")
    assert table.lines()[2] == "2. They agreed to help each other's citizens to return home."
    table.do("chair", "proposal.taken_up", proposal=third)
    assert table.lines()[2].endswith("to return home [TJ: safely].")


def test_the_chair_offers_a_compromise_that_is_answered_like_any_proposal(table):
    table.propose("JP", "1", "nearly", "up to")
    paragraph = table.paragraph("1")
    done = table.do(
        "chair", "compromise.offered", paragraph=paragraph.id, revision=1,
        wording=paragraph.wording.replace("nearly", "some"),
    )  # fmt: skip
    assert "[nearly] [CHAIR: some] [JP: up to]" in table.lines()[1]
    table.answer("JP", done.entry.body["proposal"], "can-accept")
    table.answer("UZ", done.entry.body["proposal"], "reserves", pending=table.paragraph("3").id)


def test_a_closed_paragraph_is_left_alone_until_it_is_reopened_with_a_reason(table):
    proposal = table.propose("JP", "2", "home", "home soon")
    paragraph = table.paragraph("2")
    assert refused(table.do, "chair", "paragraph.closed", paragraph=paragraph.id, seen=paragraph.changed)
    table.do("JP", "proposal.withdrawn", proposal=proposal)
    table.do("chair", "paragraph.closed", paragraph=paragraph.id, seen=paragraph.changed, how="ad-referendum")
    assert refused(table.propose, "KZ", "2", "home", "home soon").kind == Kind.OUT_OF_ORDER
    assert refused(table.do, "chair", "paragraph.reopened", paragraph=paragraph.id, reason="").kind == Kind.INVALID
    table.do("chair", "paragraph.reopened", paragraph=paragraph.id, reason="Turkmenistan asks for it")
    table.propose("KZ", "2", "home", "home soon")


def test_own_notes_are_shown_to_nobody_else(table):
    paragraph = table.paragraph("1")
    done = table.do("KZ", "note.kept", paragraph=paragraph.id, wording="We can live with up to 1.5 billion.")
    assert done.entry.audience == "delegation:KZ"
    others = [*(table.at.heads[s] for s in ("JP", "UZ")), table.at.chair, table.at.secretariat, PUBLIC_READER]
    with table.app.database.reading() as session:
        for reader in others:
            entries = of_place(session, table.meeting, reader.scope(table.meeting))
            assert not any("1.5 billion" in str(entry.body) for entry in entries)
        own = seated(Role.ADVISER, table.meeting, "KZ")
        assert any("1.5 billion" in str(e.body) for e in of_place(session, table.meeting, own.scope(table.meeting)))


@pytest.mark.parametrize(
    ("by", "act", "inputs", "kind"),
    [
        ("JP", "proposal.made", {"paragraph": "nowhere", "wording": "x"}, Kind.NOT_FOUND),
        ("JP", "proposal.made", {"label": "1", "revision": 1}, Kind.INVALID),
        ("JP", "proposal.made", {"label": "1", "revision": 1, "wording": "with \x00"}, Kind.INVALID),
        ("JP", "proposal.made", {"label": "1", "revision": 9, "wording": "x"}, Kind.NOT_FOUND),
        ("JP", "proposal.made", {"label": "1", "kind": "move", "after": "nowhere"}, Kind.NOT_FOUND),
        ("JP", "proposal.incorporated", {"proposal": "p", "seen": 1}, Kind.NOT_ALLOWED),
        ("chair", "proposal.made", {"label": "1", "revision": 1, "wording": "x"}, Kind.NOT_ALLOWED),
        ("chair", "proposal.incorporated", {"proposal": "nowhere", "seen": 1}, Kind.NOT_FOUND),
        ("JP", "note.kept", {"paragraph": "nowhere", "wording": "x"}, Kind.NOT_FOUND),
    ],
)
def test_invalid_inputs_are_refused_with_the_reason(table, by, act, inputs, kind):
    inputs = dict(inputs)
    if label := inputs.pop("label", None):
        inputs["paragraph"] = table.paragraph(label).id
    before = table.lines()
    assert refused(table.do, by, act, **inputs).kind == kind
    assert table.lines() == before


def test_those_who_do_not_negotiate_have_no_say(table):
    paragraph = table.paragraph("1").id
    inputs = {"paragraph": paragraph, "revision": 1, "wording": "Other words."}
    for outsider in (table.at.observer, PUBLIC_READER, seated(Role.DELEGATE, table.meeting, "US")):
        assert refused(table.do, outsider, "proposal.made", **inputs).kind == Kind.NOT_ALLOWED


def test_a_head_in_the_chair_acts_for_the_delegation_and_for_the_chair(table):
    from suhbat.acts.roles_and_seats import Actor, Seat

    seats = (Seat(Role.CHAIR, table.meeting, "JP"), Seat(Role.HEAD, table.meeting, "JP"))
    both = Actor("motegi", "Toshimitsu Motegi", seats)
    paragraph = table.paragraph("1")
    inputs = {"paragraph": paragraph.id, "revision": 1}
    own = table.do(both, "proposal.made", **inputs, wording=paragraph.wording.replace("nearly", "up to"))
    own_proposal = own.entry.body["proposal"]
    chairs = table.do(both, "compromise.offered", **inputs, wording=paragraph.wording.replace("nearly", "some"))
    assert "[CHAIR: some] [JP: up to]" in table.lines()[1]
    last_change = table.proposal(own_proposal).changed
    wording = paragraph.wording.replace("nearly", "about")
    table.do(both, "proposal.revised", proposal=own_proposal, seen=last_change, wording=wording)
    table.do(both, "proposal.withdrawn", proposal=chairs.entry.body["proposal"])
    assert "[nearly] [JP: about]" in table.lines()[1]


def test_a_paragraph_points_to_several_outcomes_and_an_outcome_to_several_paragraphs(table, monkeypatch):
    from suhbat.texts.negotiation import outcome_links

    paragraph = table.paragraph("1").id
    inputs = {"paragraph": paragraph, "outcome": f"{table.meeting}#grants"}
    assert "outcome" in refused(table.do, "chair", "paragraph.linked", **inputs).fields
    titles = {f"{table.meeting}#grants": "Grants", f"{table.meeting}#return": "Return"}
    monkeypatch.setattr(outcome_links, "outcome_titles", lambda _session, _meeting: titles)
    grants, back = titles
    other = table.paragraph("2").id
    for source, outcome in ((paragraph, grants), (paragraph, back), (other, grants), (other, grants)):
        table.do("chair", "paragraph.linked", paragraph=source, outcome=outcome)
    assert outcomes(table) == {paragraph: [grants, back], other: [grants]}
    table.do("chair", "paragraph.unlinked", paragraph=paragraph, outcome=grants)
    assert refused(table.do, "chair", "paragraph.unlinked", paragraph=paragraph, outcome=grants)
    assert outcomes(table) == {paragraph: [back], other: [grants]}
    table.do("chair", "paragraph.linked", paragraph=other)
    assert outcomes(table) == {paragraph: [back]}


def outcomes(table):
    with table.app.database.reading() as session:
        return dict(outcomes_of(session, table.state().id))


def test_a_text_begins_only_from_one_that_its_drafter_may_read(app, convene):
    secret = Table(app, convene(app))
    elsewhere = convene(app, slug="2021-other").meeting
    inputs = {"meeting": elsewhere, "title": "Ours", "begun_from": f"{secret.meeting}/{secret.text}"}
    stranger = seated(Role.CHAIR, elsewhere, "JP")
    refusal = refused(app.door.perform, stranger, "text.opened", inputs)
    assert str(refusal.fields["begun_from"]) == "There is no such text."  # not that it is closed to them
    assert app.door.perform(secret.at.secretariat, "text.opened", inputs).entry.body["paragraphs"]


def test_nobody_joins_takes_in_or_sets_aside_words_that_changed_since_they_were_read(table):
    proposal = table.propose("UZ", "2", "home", "home safely")
    proposal_change = table.proposal(proposal).changed
    paragraph_change = table.paragraph("2").changed
    wording = table.paragraph("2").wording.replace("home", "home at their own cost")
    table.do("UZ", "proposal.revised", proposal=proposal, seen=proposal_change, wording=wording)
    for by, act, more in (
        ("KG", "proposal.joined", {}),
        ("chair", "proposal.incorporated", {"seen": paragraph_change}),
        ("secretariat", "proposal.set_aside", {"reason": "Not now"}),
    ):
        assert refused(table.do, by, act, proposal=proposal, read=proposal_change, **more).kind == Kind.CONFLICT
    assert table.proposal(proposal).holders == ["UZ"]
    table.do("KG", "proposal.joined", proposal=proposal, read=table.proposal(proposal).changed)


def test_a_package_with_words_that_changed_since_they_were_read_is_not_taken_in(table):
    proposals = [table.propose("UZ", "1", "nearly", "up to"), table.propose("UZ", "2", "home", "home safely")]
    tied = table.do("UZ", "package.tied", title="Aid for return", proposals=proposals).entry.number
    wording = table.paragraph("2").wording.replace("home", "home at their own cost")
    last_change = table.proposal(proposals[1]).changed
    table.do("UZ", "proposal.revised", proposal=proposals[1], seen=last_change, wording=wording)
    inputs = {"proposal": proposals[0], "seen": table.paragraph("1").changed}
    assert refused(table.do, "chair", "proposal.incorporated", read=tied, **inputs).kind == Kind.CONFLICT
    table.do("chair", "proposal.incorporated", read=table.proposal(proposals[1]).changed, **inputs)
    assert "at their own cost" in table.paragraph("2").wording
