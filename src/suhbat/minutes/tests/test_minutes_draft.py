"""The draft at the closing: its paragraphs, the entries they are based on, and what it leaves out."""

from datetime import UTC, datetime

import pytest

from suhbat.acts import body_parts
from suhbat.acts.timed_acts import perform_due
from suhbat.ground.refusals import Kind, Refused
from suhbat.minutes.minutes_agreement import minutes_of
from suhbat.record.reading import entries_after

MEETING = "ca-japan/2020-08-11-special-video-conference"


def paragraphs(app):
    with app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        for paragraph in minutes.paragraphs:
            session.expunge(paragraph)
        return list(minutes.paragraphs)


def test_there_is_no_summary_record_before_the_meeting_is_closed(in_session):
    with in_session.app.database.reading() as session:
        assert minutes_of(session, MEETING) is None
    with pytest.raises(Refused) as refusal:
        in_session("secretariat", "minutes.drafted")
    assert refusal.value.kind == Kind.OUT_OF_ORDER


def test_at_the_closing_the_draft_follows_the_order_of_the_meeting(closed):
    drafted = [(paragraph.kind, paragraph.delegation, paragraph.text) for paragraph in paragraphs(closed.app)]
    assert [kind for kind, *_ in drafted] == [
        "heading", "text", "text", *["delegation"] * 6, "text", "item", "item",
        "heading", "intervention", "outcome",
        "heading", "intervention", "outcome", "intervention", "outcome",
        "heading", "text",
    ]  # fmt: skip
    assert " 2020 at 15:" in drafted[1][2]
    assert "Toshimitsu Motegi, Minister of Foreign Affairs, Japan" in drafted[1][2]
    assert drafted[3] == ("delegation", "JP", "Toshimitsu Motegi, Minister of Foreign Affairs")
    assert drafted[13] == ("intervention", "JP", "Japan is a catalyst for the region.")
    assert "no summary was noted" in drafted[16][2]
    assert "3 interventions" in drafted[-1][2]


def test_every_paragraph_names_its_entries_and_uses_only_what_all_participants_may_read(closed):
    with closed.app.database.reading() as session:
        entries = {entry.number: entry for entry in entries_after(session, 0)}
    japan = next(paragraph for paragraph in paragraphs(closed.app) if paragraph.kind == "intervention")
    assert [entries[n].act for n in japan.entries] == [
        "floor.given", "summary.noted", "statement.filed", "item.opened",
    ]  # fmt: skip
    assert entries[japan.entries[1]].body["text"] == "Japan is a catalyst for the region.", "the last summary counts"
    assert japan.about["statements"][0]["language"] == "ja"
    everything = " ".join(paragraph.text + str(paragraph.about) for paragraph in paragraphs(closed.app))
    assert "A SECRET DRAFT" not in everything
    assert "Never spoken" not in everything


def test_an_offered_statement_belongs_to_its_intervention(closed):
    kazakhstan = next(
        paragraph
        for paragraph in paragraphs(closed.app)
        if paragraph.kind == "intervention" and paragraph.delegation == "KZ"
    )
    assert [statement["title"] for statement in kazakhstan.about["statements"]] == ["Заявление Казахстана"]


def test_it_can_be_drafted_again_in_another_language(closed):
    closed("secretariat", "minutes.drafted", language="ja")
    with closed.app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        assert minutes is not None
        assert (minutes.version, minutes.language) == (2, "ja")
    for inputs in ({"language": "xx"}, {"part": 2}):
        with pytest.raises(Refused):
            closed("secretariat", "minutes.drafted", **inputs)


def test_a_long_draft_is_complete_in_several_entries(in_session, monkeypatch):
    monkeypatch.setattr(body_parts, "PART", 1_000)
    in_session("chair", "meeting.closed")
    with in_session.app.database.reading() as session:
        parts = [entry for entry in entries_after(session, 0) if entry.act == "minutes.drafted"]
    assert len(parts) > 2
    assert [entry.body["part"] for entry in parts] == list(range(1, len(parts) + 1))
    assert {entry.actor for entry in parts} == {"system"}
    names = [paragraph.name for paragraph in paragraphs(in_session.app)]
    assert names == [f"p{n:03}" for n in range(1, len(names) + 1)]
    assert len(names) == 22


def test_a_meeting_without_interventions_has_a_summary_record(acts):
    acts("chair", "meeting.opened")
    acts("chair", "meeting.closed")
    assert [paragraph.kind for paragraph in paragraphs(acts.app)] == [
        "heading", "text", "text", "item", "item", "heading", "text",
    ]  # fmt: skip


def test_present_is_whoever_was_in_the_room_at_any_time_with_the_hours(acts, clock):
    """Kazakhstan is there from the beginning, Uzbekistan comes late and leaves, Turkmenistan never comes."""
    lines = acts.app.lines
    clock.at = datetime(2020, 8, 11, 6, 0, tzinfo=UTC)
    lines.open(MEETING, "p-kz", "head-kz", {"person": "head-kz"})
    lines.open(MEETING, "p-secretariat", "secretariat", {"person": "secretariat"})
    acts("chair", "meeting.opened", present=["JP"])
    clock.at = datetime(2020, 8, 11, 6, 20, tzinfo=UTC)
    lines.open(MEETING, "p-uz", "head-uz", {"person": "head-uz"})
    for moment, here in ((20, ["p-kz", "p-uz"]), (50, ["p-kz", "p-uz"]), (50, ["p-kz"])):
        clock.at = max(clock.at, datetime(2020, 8, 11, 6, moment, tzinfo=UTC))
        for _pulse in range(6):
            lines.pulse([(MEETING, peer) for peer in here])
            clock.forward(seconds=14)
            perform_due(acts.app)
    clock.at = datetime(2020, 8, 11, 7, 0, tzinfo=UTC)
    acts("chair", "meeting.closed")
    delegations = {each.delegation: each for each in paragraphs(acts.app) if each.kind == "delegation"}
    texts = {state: paragraph.text for state, paragraph in delegations.items()}
    assert list(texts) == ["JP", "KZ", "UZ"], "whom the chair named as present, and whoever was in the room"
    assert texts["JP"].endswith("Minister of Foreign Affairs"), "of those whom the chair named no hours are known"
    assert "from 15:00 (Tokyo), 06:00 UTC to the end" in texts["KZ"]
    assert "from 15:20 (Tokyo), 06:20 UTC to 15:51 (Tokyo), 06:51 UTC" in texts["UZ"]
