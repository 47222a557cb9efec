"""The conference of 11 August 2020, played from the opening to the close without a human."""

import re
from dataclasses import replace
from typing import Any

from litestar.testing import TestClient
from sqlalchemy import select

from suhbat.acts.roles_and_seats import PUBLIC_READER
from suhbat.application import front_of, make_app
from suhbat.floor.models import Intervention
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.rehearsal import runner, staging
from suhbat.rehearsal.script import load_script
from suhbat.texts.models import Position, Proposal, Text

SCRIPT = "2020-08-11"
STATEMENT = "2020-08-11-statement"


def play(app, meeting, max_moves=200):
    """Step until nothing is due; returns the number of moves."""
    for moves in range(max_moves):
        if runner.step(app, meeting, for_humans=True) is None:
            return moves
    raise AssertionError("the script does not come to an end")


def test_the_script_is_played_to_its_end_with_the_facts_of_that_day(app, dialogue):
    meeting = staging.stage(app, SCRIPT)
    play(app, meeting)
    with app.database.reading() as session:
        row = session.get_one(Meeting, meeting)
        assert row.status == "published"
        speakers = session.scalars(select(Intervention.delegation).where(Intervention.meeting == meeting)).all()
        assert len(speakers) == 14
        rows = session.scalars(select(Outcome).where(Outcome.meeting == meeting))
        outcomes = {outcome.title: outcome for outcome in rows}
        grant = outcomes["Grants for medical equipment"]
        assert (grant.value, grant.currency, grant.qualifier) == (2_000_000_000, "JPY", "nearly")
        assert grant.as_said == "nearly 2 billion yen"
        assert len(outcomes) == 9
        assert {outcome.status for outcome in outcomes.values()} == {"published"}


def test_a_visitor_stages_the_conference_plays_a_move_and_stages_it_again(app, client, dialogue):
    assert "Stage the conference" in client.get("/rehearse").text
    client.post(f"/rehearse/{SCRIPT}/stage")
    (first,) = staging.current_meetings(app, SCRIPT)
    assert "Take this seat" in client.get("/rehearse").text
    client.post(f"/rehearse/{SCRIPT}/step", data={"then": "/rehearse"})
    with app.database.reading() as session:
        assert session.get_one(Meeting, first).status == "open"
    client.post(f"/rehearse/{SCRIPT}/stage")
    (second,) = staging.current_meetings(app, SCRIPT)
    assert second != first


def test_in_production_there_is_no_rehearsal(settings):
    application: Any = front_of(make_app(replace(settings, production=True, rehearsal=False)))
    with TestClient(application, base_url="http://localhost:8000") as visitor:
        assert visitor.get("/rehearse").status_code == 404
        assert visitor.post(f"/rehearse/{SCRIPT}/stage").status_code == 404


def test_moves_are_played_by_themselves_at_a_brisk_pace_but_not_by_hand(app, dialogue, clock):
    meeting = staging.stage(app, SCRIPT)
    runner.play_due_moves(app)
    with app.database.reading() as session:
        assert session.get_one(Meeting, meeting).status == "convened"
    app.door.perform(PUBLIC_READER, "rehearsal.paced", {"meeting": meeting, "pace": "brisk"})
    clock.forward(seconds=30)
    runner.play_due_moves(app)
    with app.database.reading() as session:
        assert session.get_one(Meeting, meeting).status == "open"


def read_text(app, meeting):
    with app.database.reading() as session:
        text = session.scalars(select(Text).where(Text.meeting == meeting)).one()
        proposals = session.scalars(select(Proposal).where(Proposal.text == text.id).order_by(Proposal.number)).all()
        wordings = [paragraph.wording for paragraph in text.paragraphs]
        session.expunge_all()
        return text, proposals, wordings


def test_six_delegations_agree_a_text_word_by_word(app, dialogue):
    meeting = staging.stage(app, STATEMENT)
    play(app, meeting)
    text, proposals, wordings = read_text(app, meeting)
    assert (text.status, text.adopted_by, text.published) == ("adopted", "consensus", True)
    set_aside, incorporated = "set-aside", "incorporated"
    assert [(proposal.by, proposal.status) for proposal in proposals] == [
        ("JP", set_aside), ("UZ", set_aside), ("TJ", incorporated), ("KG", incorporated), ("KZ", incorporated),
    ]  # fmt: skip
    assert "nearly 2 billion yen for medical equipment and the training of staff," in wordings[2]
    with app.database.reading() as session:
        stands = session.execute(select(Position.delegation, Position.stand).join(Proposal).where(Proposal.number == 2))
        assert dict(stands.all()) == {
            "JP": "objects", "KZ": "supports", "KG": "can-accept", "TJ": "can-accept", "TM": "can-accept",
        }  # fmt: skip
        assert session.get_one(Meeting, meeting).status == "published"


def test_the_summary_record_says_that_the_text_was_adopted(app, dialogue, client):
    meeting = staging.stage(app, STATEMENT)
    play(app, meeting)
    text = re.sub(r"<[^>]+>", "", client.get(f"/meetings/{meeting}").text)
    adopted = "“Chair&#39;s statement (written for the exercise)” was adopted by consensus."
    assert f"All delegations agreed, and {adopted}" in text
    assert "Kazakhstan agrees" not in text
    assert text.count("All delegations agreed") == 1


def test_words_that_a_human_proposes_are_answered_and_settled_too(app, dialogue):
    meeting = staging.stage(app, STATEMENT)
    while not (texts := load_texts(app, meeting)):
        runner.step(app, meeting, for_humans=True)
    last_paragraph = max(texts[0].paragraphs, key=lambda paragraph: paragraph.position)
    head = staging.played_head(load_script(STATEMENT), meeting, "TM")
    inputs = {
        "meeting": meeting,
        "text": texts[0].name,
        "paragraph": last_paragraph.id,
        "revision": last_paragraph.revision,
    }
    app.door.perform(
        head, "proposal.made", inputs | {"wording": last_paragraph.wording.replace("together", "with joint events")}
    )
    play(app, meeting)
    _, proposals, wordings = read_text(app, meeting)
    assert {proposal.status for proposal in proposals if proposal.by == "TM"} == {"incorporated"}
    assert any("with joint events" in wording for wording in wordings)


def load_texts(app, meeting):
    with app.database.reading() as session:
        texts = session.scalars(select(Text).where(Text.meeting == meeting)).all()
        for text in texts:
            assert text.paragraphs
        session.expunge_all()
        return texts
