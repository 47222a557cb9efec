"""The deadline of a silence: asked about where it binds at an odd hour, and extended with a reason."""

import pytest
from tests.pressed_buttons import follow, press

from suhbat.acts.registry import say
from suhbat.acts.roles_and_seats import SYSTEM
from suhbat.acts.timed_acts import perform_due
from suhbat.ground.refusals import Kind
from suhbat.texts.models import Silence
from suhbat.texts.tests.negotiating_table import Table
from suhbat.texts.tests.test_adopting import DEADLINE, refused, silence
from suhbat.texts.tests.test_silence_chores import bodies_of


@pytest.fixture
def table(sitting, app, convene):
    made = Table(app, convene(app))
    app.door.perform(made.at.secretariat, "stage.seated", {"meeting": made.meeting})
    return made


@pytest.mark.parametrize(
    ("deadline", "words"),
    [
        ("2020-08-16T04:00", ["Tokyo: Sun 16 Aug, 04:00 (at night, weekend there).", "Tashkent: Sun 16 Aug, 00:00"]),
        ("2020-08-12T16:00", ["It is less than 72 hours away."]),
        ("2020-08-31T15:00", ["Bishkek: Mon 31 Aug, 12:00 (Independence Day)."]),
    ],
)
def test_a_deadline_at_an_odd_hour_is_asked_about(table, deadline, words):
    refusal = refused(table.do, "chair", "silence.started", deadline=deadline)
    assert set(refusal.fields) == {"certain"}
    question = str(refusal.fields["certain"])
    assert [each for each in words if each not in question] == []
    assert table.state().status == "drafting"
    table.do("chair", "silence.started", deadline=deadline, certain=True)
    assert table.state().status == "silence"


def test_a_working_hour_in_every_capital_is_not_asked_about(table):
    silence(table)
    assert table.state().status == "silence"


def test_a_test_meeting_binds_nobody_and_asks_nothing(app, convene):
    trial = Table(app, convene(app, trial=True, released=False))
    trial.do("chair", "silence.started", deadline="2020-08-12T16:00")
    assert trial.state().status == "silence"


def test_the_chair_extends_a_silence_by_the_controls_of_its_page(table, signed_in, clock):
    name = silence(table)
    chair, address = signed_in("chair"), f"/meetings/{table.meeting}/texts/{table.text}"
    form = follow(chair, chair.get(address), "Extend the silence")
    night = press(chair, form, "silence.extended", deadline="2020-08-20T23:00", reason="The capitals asked for it.")
    assert "Please look at this deadline once more." in night.text
    text = press(chair, night, "silence.extended", deadline="2020-08-20T18:00", reason="The capitals asked for it.")
    assert "Thu 20 Aug, 18:00" in text.text
    clock.forward(days=4)
    assert refused(table.do, SYSTEM, "silence.held", silence=name).kind == Kind.OUT_OF_ORDER
    table.do("KZ", "silence.broken", silence=name, paragraph=table.paragraph("1").id, reason="Not yet")
    for nobody in ("kz", "jp"):
        assert "Extend the silence" not in signed_in(nobody).get(address).text


def test_a_silence_is_never_made_shorter_and_not_extended_without_a_reason_or_after_its_end(table, clock):
    name = silence(table)
    for earlier in ("2020-08-14T17:00", DEADLINE):
        refusal = refused(table.do, "chair", "silence.extended", silence=name, deadline=earlier, reason="Sooner")
        assert "can only be extended" in str(refusal.fields["deadline"])
    later = {"silence": name, "deadline": "2020-08-20T18:00"}
    assert refused(table.do, "chair", "silence.extended", **later, reason="").kind == Kind.INVALID
    assert refused(table.do, "JP", "silence.extended", **later, reason="More time").kind == Kind.NOT_ALLOWED
    clock.forward(days=4)
    assert refused(table.do, "chair", "silence.extended", **later, reason="Too late").kind == Kind.OUT_OF_ORDER


def test_the_delegations_are_reminded_again_before_the_later_deadline(table, clock):
    name = silence(table)
    clock.at = clock.at.replace(day=13, hour=12)
    perform_due(table.app)
    extended = table.do("chair", "silence.extended", silence=name, deadline="2020-08-20T18:00", reason="More time")
    assert say(extended.entry).endswith("is extended until 20 August 2020, 09:00 UTC")
    clock.at = clock.at.replace(day=19)
    perform_due(table.app)
    assert [body["deadline"][:10] for body in bodies_of(table, "silence.reminded")] == ["2020-08-14", "2020-08-20"]
    clock.forward(days=2)
    perform_due(table.app)
    assert table.state().adopted == "2020-08-20T09:00:00.000000Z"
    with table.app.database.reading() as session:
        assert session.get_one(Silence, name).status == "held"


@pytest.mark.parametrize(
    ("begin", "end", "sentence"),
    [
        ("silence.started", "silence.lifted", "The silence on “Joint Statement” is lifted; nothing is agreed by it"),
        ("adoption.asked", "adoption.put_off", "The chair puts off the adoption of “Joint Statement”"),
    ],
)
def test_what_ends_without_result_stands_in_the_record_as_a_sentence(table, begin, end, sentence):
    begun = table.do("chair", begin, **({"deadline": DEADLINE} if begin == "silence.started" else {}))
    ended = table.do("chair", end, **({"silence": begun.entry.body["silence"]} if end == "silence.lifted" else {}))
    assert say(ended.entry) == sentence


def test_who_broke_a_silence_takes_that_back_until_the_deadline_by_the_control_of_the_page(table, signed_in, clock):
    name, address = silence(table), f"/meetings/{table.meeting}/texts/{table.text}"
    table.do("KZ", "silence.broken", silence=name, paragraph=table.paragraph("1").id, reason="Not yet")
    assert "silence.restored" not in signed_in("uz").get(address).text
    assert refused(table.do, "UZ", "silence.restored", silence=name).kind == Kind.NOT_ALLOWED
    head = signed_in("kz")
    after = press(head, head.get(address), "silence.restored")
    assert "The text is adopted at the deadline" in after.text
    assert "Not yet" not in after.text
    clock.forward(days=4)
    perform_due(table.app)
    assert table.state().adopted == "2020-08-14T09:00:00.000000Z"


def test_what_was_changed_since_or_is_past_its_deadline_is_not_taken_back(table, clock):
    name = silence(table)
    breaking = {"silence": name, "paragraph": table.paragraph("1").id, "reason": "Not yet"}
    table.do("KZ", "silence.broken", **breaking)
    table.do("KZ", "silence.restored", silence=name)
    table.do("KZ", "silence.broken", **breaking)
    proposal = table.propose("UZ", "1", "nearly", "up to")
    assert "has changed since" in str(refused(table.do, "KZ", "silence.restored", silence=name).why)
    table.do("UZ", "proposal.withdrawn", proposal=proposal)
    second = silence(table)
    table.do("KZ", "silence.broken", **{**breaking, "silence": second})
    clock.forward(days=4)
    assert "The deadline is past" in str(refused(table.do, "KZ", "silence.restored", silence=second).why)


def test_one_paragraphs_silence_goes_on_too(table, clock):
    second = table.paragraph("2").id
    name = silence(table, paragraph=second)
    table.do("UZ", "silence.broken", silence=name, paragraph=second, reason="Not yet")
    table.do("UZ", "silence.restored", silence=name)
    assert refused(table.propose, "KZ", "2", "home", "home soon").kind == Kind.OUT_OF_ORDER
    clock.forward(days=4)
    perform_due(table.app)
    assert table.paragraph("2").status == "agreed"
