"""Making outcomes: what is accepted and recorded, and what is refused."""

import re

import pytest

from suhbat.acts.registry import say
from suhbat.ground.language import reading_in
from suhbat.ground.refusals import Kind, Refused
from suhbat.outcomes.models import Outcome
from suhbat.record.reading import entries_after

MEETING = "ca-japan/2020-08-11-special-video-conference"
PLEDGE = {
    "meeting": MEETING,
    "title": "Grants for medical equipment",
    "to": ["KZ", "KG", "TJ", "TM", "UZ"],
    "amount": {"value": 2_000_000_000, "currency": "JPY", "qualifier": "nearly", "as_said": "nearly 2 billion yen"},
}


def outcome_named(stage, name="grants-for-medical-equipment"):
    with stage.app.database.reading() as session:
        row = session.get_one(Outcome, f"{MEETING}#{name}")
        session.expunge(row)
        return row


def test_a_pledge_is_tied_to_the_intervention_and_the_agenda_item_it_came_from(stage, pledge):
    outcome = outcome_named(stage)
    assert (outcome.intervention, outcome.item, outcome.topic) == (stage.japan_spoke, "health", "public-health")
    assert (outcome.entry, outcome.delegation, outcome.by) == (pledge.number, "JP", ["JP"])
    assert outcome.to == ["KZ", "KG", "TJ", "TM", "UZ"]
    assert (outcome.status, outcome.delivery_status, outcome.due) == ("proposed", "announced", "2021")


def test_nearly_two_billion_yen_is_neither_rounded_nor_shown_as_exact(stage, pledge):
    outcome = outcome_named(stage)
    assert (outcome.value, outcome.currency) == (2_000_000_000, "JPY")
    assert (outcome.qualifier, outcome.as_said) == ("nearly", "nearly 2 billion yen")
    assert "nearly 2 billion yen" in say(pledge)


def test_without_the_original_words_an_amount_has_its_qualifier_and_all_figures(stage):
    inputs = {**PLEDGE, "amount": {"value": 1_898_000_000, "currency": "JPY", "qualifier": "about"}}
    entry = stage.app.door.perform(stage.motegi, "pledge.made", inputs).entry
    assert "about ¥1,898,000,000" in say(entry)
    with reading_in("ru"):
        assert "1\xa0898\xa0000\xa0000" in say(entry)


def test_nothing_says_how_exactly_until_somebody_has_chosen(stage, signed_in):
    page = signed_in("head-jp").get(f"/meetings/{MEETING}/outcomes").text
    choice = re.search(r'<select[^>]*name="amount.qualifier".*?</select>', page, re.DOTALL)
    assert choice
    assert " selected" not in choice[0].replace('<option value="" selected>', "")
    assert re.search(r'<option value=""[^>]*>\s*Choose\s*<', choice[0])


@pytest.mark.parametrize("said", [
    {"amount": {"value": 5_000_000, "currency": "USD", "qualifier": "exact", "as_said": "up to 5 million US dollars"}},
    {"amount": {"value": 5_000_000, "currency": "USD", "qualifier": "exact"}, "title": "Гранты до 5 млн долларов"},
    {"amount": {"value": 5_000_000, "currency": "USD", "qualifier": "up-to"}, "summary": "約500万ドルの無償資金協力"},
])  # fmt: skip
def test_words_that_contradict_the_choice_are_asked_about_and_a_tick_confirms(stage, said):
    quiet = {**PLEDGE, "title": "Grants", "summary": "", **said}
    with pytest.raises(Refused) as refusal:
        stage.app.door.perform(stage.motegi, "pledge.made", quiet)
    assert list(refusal.value.fields) == ["amount.meant"]
    meant = quiet | {"amount": said["amount"] | {"meant": True}}
    entry = stage.app.door.perform(stage.motegi, "pledge.made", meant).entry
    assert entry.body["outcome"]["amount"]["qualifier"] == said["amount"]["qualifier"]


def test_the_question_stands_on_the_form_with_what_was_entered(stage, signed_in):
    form = {"meeting": MEETING, "title": "Grants for clinics", "to": ["KZ"], "amount.value": "5000000",
            "amount.currency": "USD", "amount.qualifier": "exact",
            "amount.as_said": "up to 5 million dollars"}  # fmt: skip
    browser = signed_in("head-jp")
    again = browser.post("/acts/pledge.made", data=form)
    assert again.status_code == 422
    assert "The words say “up to”, but “exactly” was chosen." in again.text
    assert 'name="amount.meant" value="true"' in again.text
    assert 'value="5000000"' in again.text
    assert browser.post("/acts/pledge.made", data=form | {"amount.meant": "true"}).status_code == 200
    page = browser.get(f"/meetings/{MEETING}/outcomes").text
    assert "up to 5 million dollars" in page


def test_a_pledge_may_be_made_after_the_intervention_and_after_the_next_speaker_began(stage):
    assert stage.kazakhstan_spoke > stage.japan_spoke
    stage.app.door.perform(stage.aide, "pledge.made", PLEDGE)
    assert outcome_named(stage).intervention == stage.japan_spoke


def test_a_delegation_that_has_not_spoken_cannot_pledge_yet(stage):
    with pytest.raises(Refused) as refusal:
        stage.app.door.perform(stage.kamilov, "pledge.made", {**PLEDGE, "to": ["KG"]})
    assert refusal.value.kind == Kind.OUT_OF_ORDER


@pytest.mark.parametrize(
    ("spoiled", "field"),
    [
        ({"amount": {"value": -5, "currency": "JPY", "qualifier": "exact"}}, "amount.value"),
        ({"amount": {"value": 0, "currency": "JPY", "qualifier": "exact"}}, "amount.value"),
        ({"amount": {"value": 10**16, "currency": "JPY", "qualifier": "exact"}}, "amount.value"),
        ({"amount": {"value": 10**40, "currency": "JPY", "qualifier": "exact"}}, "amount.value"),
        ({"amount": {"value": 2.5, "currency": "JPY", "qualifier": "exact"}}, "amount.value"),
        ({"amount": {"value": 5, "currency": "JPY"}}, "amount.qualifier"),
        ({"amount": {"value": 5, "currency": "ZZZ", "qualifier": "exact"}}, "amount.currency"),
        ({"amount": {"value": 5, "currency": "yen", "qualifier": "exact"}}, "amount.currency"),
        ({"amount": {"value": 5, "qualifier": "exact"}}, "amount.currency"),
        ({"amount": {"as_said": "a great deal"}}, "amount.value"),
        ({"amount": {"value": 5, "currency": "JPY", "qualifier": "roughly"}}, "amount.qualifier"),
        (
            {"amount": {"value": 5, "currency": "JPY", "as_said": "nearly \u202e5", "qualifier": "nearly"}},
            "amount.as_said",
        ),
        ({"to": ["XX"]}, "to"),
        ({"to": ["JP"]}, "to"),
        ({"to": []}, "to"),
        ({"due": "soon"}, "due"),
        ({"due": "2021-02-30"}, "due"),
        ({"due": "2019"}, "due"),
        ({"topic": "cabbages"}, "topic"),
        ({"item": "nowhere"}, "item"),
        ({"intervention": 1}, "intervention"),
        ({"intervention": 4}, "intervention"),
        ({"delegation": "KZ"}, "delegation"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"summary": "x" * 4_001}, "summary"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field_and_nothing_is_saved(stage, spoiled, field):
    with stage.app.database.reading() as session:
        before = len(entries_after(session, 0))
    with pytest.raises(Refused) as refusal:
        stage.app.door.perform(stage.motegi, "pledge.made", {**PLEDGE, **spoiled})
    assert refusal.value.kind == Kind.INVALID
    assert list(refusal.value.fields) == [field]
    with stage.app.database.reading() as session:
        assert len(entries_after(session, 0)) == before
        assert session.query(Outcome).all() == []


def test_all_faults_are_named_at_once(stage):
    spoiled = {"amount": {"value": -1, "currency": "ZZZ", "qualifier": "exact"}, "to": ["XX"], "due": "soon"}
    with pytest.raises(Refused) as refusal:
        stage.app.door.perform(stage.motegi, "pledge.made", {**PLEDGE, **spoiled})
    assert set(refusal.value.fields) == {"amount.value", "amount.currency", "to", "due"}


@pytest.mark.parametrize("person", ["secretariat", "note_taker", "observer", "elsewhere", "chair"])
def test_nobody_pledges_without_a_seat_in_a_delegation(stage, person):
    with pytest.raises(Refused) as refusal:
        stage.app.door.perform(getattr(stage, person), "pledge.made", PLEDGE)
    assert refusal.value.kind == Kind.NOT_ALLOWED


def test_a_meeting_that_is_not_open_or_is_published_takes_no_outcome(stage):
    for status in ("convened", "published", "cancelled"):
        stage.play("stage.status", status=status)
        with pytest.raises(Refused) as refusal:
            stage.app.door.perform(stage.motegi, "pledge.made", PLEDGE)
        assert refusal.value.kind == Kind.OUT_OF_ORDER
    stage.play("stage.status", status="closed")
    stage.app.door.perform(stage.motegi, "pledge.made", PLEDGE)


def test_the_meeting_as_a_whole_decides_recommends_and_sets_its_next_meeting(stage):
    perform = stage.app.door.perform
    perform(stage.note_taker, "recommendation.made", {
        "meeting": MEETING, "title": "Trade and investment projects, above all agro-industrial", "item": "trade",
    })  # fmt: skip
    perform(stage.secretariat, "decision.taken", {"meeting": MEETING, "title": "Meet senior officials"})
    perform(stage.chair, "next_meeting.set", {"meeting": MEETING, "title": "Eighth meeting, in Japan", "due": "2022"})
    outcome = outcome_named(stage, "trade-and-investment-projects-above-all-agro-industrial")
    assert (outcome.by, outcome.delegation) == (["JP", "KZ", "KG", "TJ", "TM", "UZ"], "")
    assert (outcome.item, outcome.topic, outcome.intervention) == ("trade", "trade-investment", None)
    assert outcome_named(stage, "meet-senior-officials").item == "health"
    with pytest.raises(Refused) as refusal:
        perform(stage.chair, "next_meeting.set", {"meeting": MEETING, "title": "Some day"})
    assert list(refusal.value.fields) == ["due"]


def test_delegations_announce_for_themselves_and_the_chair_for_all(stage):
    perform = stage.app.door.perform
    kazakh = {"meeting": MEETING, "title": "Joint projects to modernise the economy", "to": ["JP"]}
    entry = perform(stage.tileuberdi, "project.announced", kazakh).entry
    assert entry.body["outcome"]["by"] == ["KZ"]
    assert entry.body["outcome"]["intervention"] == stage.kazakhstan_spoke
    entry = perform(stage.chair, "announcement.made", {"meeting": MEETING, "title": "30 years in 2022"}).entry
    assert entry.body["outcome"]["delegation"] == ""
    with pytest.raises(Refused) as refusal:
        perform(stage.tileuberdi, "announcement.made", {"meeting": MEETING, "title": "We all", "of_meeting": True})
    assert refusal.value.kind == Kind.NOT_ALLOWED


def test_names_are_readable_and_unique(stage):
    perform = stage.app.door.perform
    names = [
        perform(stage.chair, "decision.taken", {"meeting": MEETING, "title": title}).entry.body["outcome"]["id"]
        for title in ("A Plan", "A plan!", "Совместные проекты", "共同プロジェクト")
    ]
    assert [name.partition("#")[2] for name in names] == ["a-plan", "a-plan-2", "decision", "decision-2"]


@pytest.mark.parametrize("code", ["en", "ru", "ja", "kk", "ky", "tg", "tk", "uz"])
def test_every_entry_reads_as_a_sentence_in_every_language(stage, pledge, code):
    with reading_in(code):
        assert "nearly 2 billion yen" in say(pledge)
