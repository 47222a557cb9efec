"""Confirmed, corrected, withdrawn, published, delivered: who may, when, and what stays in the record."""

import pytest

from suhbat.acts.registry import say
from suhbat.acts.roles_and_seats import PUBLIC_READER
from suhbat.formats.models import Source
from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.unfinished_business import left_overs
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.queries import outcome, outcomes_of
from suhbat.record.reading import of_place

MEETING = "ca-japan/2020-08-11-special-video-conference"
ID = f"{MEETING}#grants-for-medical-equipment"


def refused(stage, actor, act, inputs) -> Refused:
    with pytest.raises(Refused) as refusal:
        stage.app.door.perform(actor, act, inputs)
    return refusal.value


def the_pledge(stage):
    with stage.app.database.reading() as session:
        row = session.get_one(Outcome, ID)
        session.expunge(row)
        return row


def form(number, **more):
    return {"meeting": MEETING, "outcome": ID, "changed": number, **more}


def corrected(number, **more):
    return form(number, title="Grants for medical equipment", to=["KZ", "KG", "TJ", "TM", "UZ"],
                amount={"value": 2_000_000_000, "currency": "JPY", "qualifier": "about"}, reason="As read out",
                **more)  # fmt: skip


@pytest.fixture
def published(stage, pledge):
    stage.app.door.perform(stage.motegi, "outcome.confirmed", form(pledge.number))
    stage.play("minutes.published")
    stage.play("stage.status", status="published")
    return stage


def test_only_the_head_of_the_delegation_that_made_it_confirms_it(stage, pledge):
    inputs = form(pledge.number)
    for actor in (stage.tileuberdi, stage.aide, stage.chair, stage.secretariat, stage.elsewhere):
        assert refused(stage, actor, "outcome.confirmed", inputs).kind == Kind.NOT_ALLOWED
    entry = stage.app.door.perform(stage.motegi, "outcome.confirmed", inputs).entry
    assert the_pledge(stage).status == "confirmed"
    assert say(entry).startswith("Japan confirms: Grants for medical equipment, nearly 2 billion yen")
    assert refused(stage, stage.motegi, "outcome.confirmed", form(entry.number)).kind == Kind.OUT_OF_ORDER


def test_the_chair_confirms_what_the_meeting_leaves_behind_and_no_head_does(stage):
    entry = stage.app.door.perform(stage.note_taker, "decision.taken", {"meeting": MEETING, "title": "Go on"}).entry
    inputs = {"meeting": MEETING, "outcome": entry.body["outcome"]["id"], "changed": entry.number}
    assert refused(stage, stage.tileuberdi, "outcome.confirmed", inputs).kind == Kind.NOT_ALLOWED
    stage.app.door.perform(stage.chair, "outcome.confirmed", inputs)


def test_an_outdated_form_is_refused(stage, pledge):
    entry = stage.app.door.perform(stage.motegi, "outcome.corrected", corrected(pledge.number)).entry
    assert refused(stage, stage.motegi, "outcome.confirmed", form(pledge.number)).kind == Kind.CONFLICT
    stage.app.door.perform(stage.motegi, "outcome.confirmed", form(entry.number))


def test_a_correction_leaves_the_old_wording_in_the_record_and_needs_confirmation_again(stage, pledge):
    confirmed = stage.app.door.perform(stage.motegi, "outcome.confirmed", form(pledge.number)).entry
    entry = stage.app.door.perform(stage.aide, "outcome.corrected", corrected(confirmed.number)).entry
    assert entry.body["corrects"] == confirmed.number
    assert confirmed.body["outcome"]["amount"]["as_said"] == "nearly 2 billion yen"
    assert "nearly 2 billion yen" not in str(entry.body), "what is corrected is not published with the correction"
    assert entry.body["outcome"]["amount"] == {
        "value": 2_000_000_000, "currency": "JPY", "qualifier": "about", "as_said": "",
    }  # fmt: skip
    now = the_pledge(stage)
    assert (now.status, now.qualifier, now.as_said) == ("proposed", "about", "")
    assert (now.intervention, now.item) == (stage.japan_spoke, "health")


def test_nobody_corrects_or_withdraws_the_outcome_of_others(stage, pledge):
    for actor in (stage.tileuberdi, stage.secretariat, stage.note_taker, stage.chair, stage.elsewhere):
        assert refused(stage, actor, "outcome.corrected", corrected(pledge.number)).kind == Kind.NOT_ALLOWED
        inputs = form(pledge.number, reason="Not wanted")
        assert refused(stage, actor, "outcome.withdrawn", inputs).kind == Kind.NOT_ALLOWED


def test_a_bad_correction_is_refused_by_its_field(stage, pledge):
    inputs = corrected(pledge.number) | {
        "amount": {"value": -1, "currency": "ZZZ", "qualifier": "exact"},
        "to": [],
        "due": "2019",
    }
    assert set(refused(stage, stage.motegi, "outcome.corrected", inputs).fields) == {
        "amount.value", "amount.currency", "to", "due",
    }  # fmt: skip


def test_only_the_head_withdraws_a_confirmed_outcome_and_it_stays_withdrawn(stage, pledge):
    confirmed = stage.app.door.perform(stage.motegi, "outcome.confirmed", form(pledge.number)).entry
    inputs = form(confirmed.number, reason="Told too early")
    assert refused(stage, stage.aide, "outcome.withdrawn", inputs).kind == Kind.NOT_ALLOWED
    entry = stage.app.door.perform(stage.motegi, "outcome.withdrawn", inputs).entry
    assert refused(stage, stage.motegi, "outcome.confirmed", form(entry.number)).kind == Kind.OUT_OF_ORDER


def test_the_public_sees_an_outcome_only_once_it_is_published(stage, pledge):
    public, inside = PUBLIC_READER.scope(MEETING), stage.observer.scope(MEETING)
    unconfirmed = stage.app.door.perform(stage.chair, "decision.taken", {"meeting": MEETING, "title": "Go on"}).entry
    stage.app.door.perform(stage.motegi, "outcome.confirmed", form(pledge.number))
    with stage.app.database.reading() as session:
        assert outcomes_of(session, MEETING, public) == []
        assert outcome(session, ID, public) is None
        assert len(outcomes_of(session, MEETING, inside)) == 2
        assert all(entry.act != "pledge.made" for entry in of_place(session, MEETING, public))
    stage.play("minutes.published")
    with stage.app.database.reading() as session:
        assert [row.id for row in outcomes_of(session, MEETING, public)] == [ID]
        assert outcome(session, unconfirmed.body["outcome"]["id"], public) is None


def test_unfinished_business_is_offered_when_the_next_meeting_is_convened(stage):
    perform = stage.app.door.perform
    for title in ("Agro-industrial projects", "Something taken back", "Never confirmed"):
        entry = perform(stage.note_taker, "recommendation.made", {"meeting": MEETING, "title": title}).entry
        inputs = {"meeting": MEETING, "outcome": entry.body["outcome"]["id"], "changed": entry.number}
        if title == "Something taken back":
            perform(stage.note_taker, "outcome.withdrawn", {**inputs, "reason": "Twice"})
        elif title != "Never confirmed":
            perform(stage.chair, "outcome.confirmed", inputs)
    with stage.app.database.reading() as session:
        (left_over,) = left_overs(session, "ca-japan")
        assert (left_over.title, left_over.day, left_over.meeting) == (
            "Agro-industrial projects",
            "2020-08-11",
            MEETING,
        )
        assert left_overs(session, "ca-us") == []


def test_a_delivered_outcome_is_not_left_over(stage):
    entry = stage.app.door.perform(stage.chair, "next_meeting.set", {
        "meeting": MEETING, "title": "Eighth meeting", "due": "2022"}).entry  # fmt: skip
    inputs = {"meeting": MEETING, "outcome": entry.body["outcome"]["id"]}
    stage.app.door.perform(stage.chair, "outcome.confirmed", {**inputs, "changed": entry.number})
    stage.play("minutes.published")
    for state, count in (("unknown", 1), ("delivered", 0)):
        stage.app.door.perform(stage.secretariat, "delivery.reported", {**inputs, "state": state, "summary": "Looked."})
        with stage.app.database.reading() as session:
            assert len(left_overs(session, "ca-japan")) == count


def test_after_publication_nothing_is_reworded_but_deliveries_are_reported(published):
    stage, now = published, the_pledge(published)
    assert now.status == "published"
    assert refused(stage, stage.motegi, "outcome.corrected", corrected(now.changed)).kind == Kind.OUT_OF_ORDER
    report = {"meeting": MEETING, "outcome": ID, "state": "delivered", "date": "2020-08",
              "summary": "Scanners were handed over.", "evidence": "https://example.org/scanners",
              "amount": {"value": 500_000_000, "currency": "JPY", "qualifier": "exact"}}  # fmt: skip
    stage.app.door.perform(stage.promises_uz, "delivery.reported", report)
    stage.app.door.perform(stage.secretariat_of_the_format, "delivery.reported", {
        "meeting": MEETING, "outcome": ID, "state": "unknown", "summary": "The Kazakh part was not found.",
    })  # fmt: skip
    with stage.app.database.reading() as session:
        row = outcome(session, ID, PUBLIC_READER.scope(MEETING))
        assert row is not None
        assert [(delivery.status, delivery.value, delivery.source, delivery.date) for delivery in row.deliveries] == [
            ("delivered", 500_000_000, 1, "2020-08"), ("unknown", None, None, None),
        ]  # fmt: skip
        assert row.delivery_status == "unknown"
        assert (row.value, row.qualifier) == (2_000_000_000, "nearly")
        assert session.query(Source).one().publisher == "example.org"


@pytest.mark.parametrize(
    ("spoiled", "field"),
    [
        ({"date": "2020-08-12"}, "date"),
        ({"date": "2021"}, "date"),
        ({"date": "2020-13"}, "date"),
        ({"state": "kept"}, "state"),
        ({"state": "announced"}, "state"),
        ({"amount": {"value": -1, "currency": "JPY", "qualifier": "exact"}}, "amount.value"),
        ({"evidence": "javascript:alert(1)"}, "evidence"),
        ({"evidence": "https://"}, "evidence"),
        ({"publisher": "Someone"}, "evidence"),
        ({"summary": ""}, "summary"),
    ],
)
def test_a_bad_report_is_refused_by_its_field(published, spoiled, field):
    inputs = {"meeting": MEETING, "outcome": ID, "state": "delivered", "summary": "Handed over.", **spoiled}
    assert list(refused(published, published.promises_uz, "delivery.reported", inputs).fields) == [field]


def test_once_the_record_is_published_the_seats_of_the_meeting_report_nothing(published):
    inputs = {"meeting": MEETING, "outcome": ID, "state": "delivered", "summary": "Handed over."}
    for person in ("motegi", "kamilov", "secretariat", "health_uz"):
        refusal = refused(published, getattr(published, person), "delivery.reported", inputs)
        assert refusal.kind == Kind.NOT_ALLOWED, person
    published.app.door.perform(published.promises_uz, "delivery.reported", inputs)


def test_only_those_concerned_report_and_only_on_published_outcomes(stage, pledge):
    inputs = {"meeting": MEETING, "outcome": ID, "state": "delivered", "summary": "Handed over."}
    assert refused(stage, stage.motegi, "delivery.reported", inputs).kind == Kind.OUT_OF_ORDER
    assert refused(stage, stage.elsewhere, "delivery.reported", inputs).kind == Kind.NOT_ALLOWED
    assert refused(stage, stage.observer, "delivery.reported", inputs).kind == Kind.NOT_ALLOWED
    missing = inputs | {"outcome": f"{MEETING}#nothing"}
    assert refused(stage, stage.motegi, "delivery.reported", missing).kind == Kind.NOT_FOUND


def test_an_outcome_of_another_meeting_is_not_found_through_this_one(stage, pledge):
    stage.play("stage.set", meeting="ca-japan/other", states=["JP", "KZ"], items=[])
    from tests.convened_meeting import seated

    from suhbat.acts import Role

    head = seated(Role.HEAD, "ca-japan/other", "JP")
    inputs = {"meeting": "ca-japan/other", "outcome": ID, "changed": pledge.number}
    assert refused(stage, head, "outcome.confirmed", inputs).kind == Kind.NOT_FOUND
