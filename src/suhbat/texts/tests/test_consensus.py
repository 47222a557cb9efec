"""Consensus in the room: everyone who is there is asked; who keeps silent and who is absent stands in the record."""

import pytest

from suhbat.acts.registry import say
from suhbat.acts.timed_acts import perform_due
from suhbat.ground.refusals import Kind, Refused
from suhbat.texts.models import AskedForAdoption
from suhbat.texts.tests.negotiating_table import Table


@pytest.fixture
def table(sitting, app, convene):
    """Heads of Japan, Kazakhstan and Uzbekistan have taken their seats; nobody sits for the other three."""
    table = Table(app, convene(app))
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    table.do("chair", "adoption.asked")
    return table


def refused(do, *arguments, **inputs) -> Refused:
    with pytest.raises(Refused) as refusal:
        do(*arguments, **inputs)
    return refusal.value


def test_the_chair_does_not_declare_while_a_head_in_the_room_has_not_answered(table, clock):
    assert refused(table.do, "chair", "text.adopted").kind == Kind.OUT_OF_ORDER
    table.do("JP", "adoption.answered", agrees=True)
    why = str(refused(table.do, "chair", "text.adopted").why)
    assert "Kazakhstan and Uzbekistan" in why
    assert "Tajikistan" not in why, "nobody sits for it: it holds nobody up"
    table.do("KZ", "adoption.answered", agrees=True)
    clock.forward(days=1)
    assert "Uzbekistan" in str(refused(table.do, "chair", "text.adopted").why)
    table.do("UZ", "adoption.answered", agrees=True)
    assert refused(table.do, "chair", "adoption.last_call").kind == Kind.OUT_OF_ORDER, "there is nobody to call"
    body = table.do("chair", "text.adopted").entry.body
    assert (body["silent"], body["absent"]) == ([], ["KG", "TJ", "TM"])
    assert table.state().adopted_by == "consensus"


def test_after_a_last_call_and_a_minute_silence_is_no_objection_and_is_named(table, clock):
    table.do("JP", "adoption.answered", agrees=True)
    call = table.do("chair", "adoption.last_call")
    assert call.entry.body["waited_for"] == ["KZ", "UZ"]
    assert refused(table.do, "chair", "adoption.last_call").kind == Kind.OUT_OF_ORDER
    assert "less than a minute" in str(refused(table.do, "chair", "text.adopted").why)
    table.do("KZ", "adoption.answered", agrees=True)
    clock.forward(minutes=1)
    done = table.do("chair", "text.adopted")
    assert (done.entry.body["silent"], done.entry.body["absent"]) == (["UZ"], ["KG", "TJ", "TM"])
    sentence = say(done.entry)
    assert "Without an answer after the last call: Uzbekistan" in sentence
    assert "Absent: Kyrgyz Republic, Tajikistan, and Turkmenistan" in sentence
    with table.app.database.reading() as session:
        question = session.get_one(AskedForAdoption, done.entry.body["asked"])
        assert (question.silent, question.absent) == (["UZ"], ["KG", "TJ", "TM"])


def test_an_objection_within_the_last_minute_still_ends_it(table):
    table.do("JP", "adoption.answered", agrees=True)
    table.do("chair", "adoption.last_call")
    table.do("UZ", "adoption.answered", agrees=False, reason="We wait for our capital.")
    assert table.state().status == "drafting"
    assert refused(table.do, "chair", "text.adopted").kind == Kind.OUT_OF_ORDER


def test_the_page_says_who_has_not_answered_and_who_is_absent(table, page, signed_in, clock):
    table.do("JP", "adoption.answered", agrees=True)
    chair = signed_in("chair")
    html = chair.get(page).text
    assert "Still to answer: Kazakhstan and Uzbekistan<" in html
    assert html.count(">absent<") == 3
    assert "No objection: adopted" not in html
    table.do("chair", "adoption.last_call")
    html = signed_in("kz").get(page).text
    assert "The chair has given a last call at" in html
    clock.forward(minutes=2)
    assert "No objection: adopted" in signed_in("chair").get(page).text
    table.do("chair", "text.adopted")
    html = signed_in("kz").get(page).text
    assert "Without an answer after the last call: Kazakhstan and Uzbekistan" in html
    assert "Absent: Kyrgyz Republic, Tajikistan, and Turkmenistan" in html


def test_an_answer_belongs_to_the_question_that_was_read(table):
    first = table.do("chair", "adoption.put_off").entry.body["asked"]
    second = table.do("chair", "adoption.asked").entry.body["asked"]
    assert refused(table.do, "KZ", "adoption.answered", agrees=True, asked=first).kind == Kind.CONFLICT
    assert refused(table.do, "chair", "adoption.last_call", asked=first).kind == Kind.CONFLICT
    table.do("KZ", "adoption.answered", agrees=True, asked=second)
    assert refused(table.do, "chair", "text.adopted", asked=first).kind == Kind.CONFLICT


def test_in_a_meeting_by_video_those_count_who_are_in_the_room_and_not_whoever_took_a_seat(table, app, clock):
    """Uzbekistan's head took the seat and is away; Kazakhstan's line drops for a moment."""
    for person in ("chair", "jp", "kz"):
        assert app.lines.open(table.meeting, f"p-{person}", person, {"person": person})
    app.door.perform(table.at.chair, "meeting.opened", {"meeting": table.meeting})
    table.do("JP", "adoption.answered", agrees=True)
    app.lines.lose(table.meeting, "p-kz")
    app.lines.write_waiting()
    a_while(app, table, clock)
    assert "Kazakhstan" in str(refused(table.do, "chair", "text.adopted").why), "a line that drops takes nobody's say"
    assert table.do("chair", "adoption.last_call").entry.body["waited_for"] == ["KZ"]
    a_while(app, table, clock)
    body = table.do("chair", "text.adopted").entry.body
    assert (body["silent"], body["absent"]) == ([], ["KZ", "KG", "TJ", "TM", "UZ"])


def a_while(app, table, clock):
    """Three quarters of a minute in which the chair and Japan are in the room."""
    for _pulse in range(3):
        clock.forward(seconds=14)
        app.lines.pulse([(table.meeting, "p-jp"), (table.meeting, "p-chair")])
        perform_due(app)


def test_where_people_may_sit_in_one_place_whoever_took_a_seat_counts(sitting, app, convene):
    table = Table(app, convene(app, mode="hybrid", city="Tokyo", country="JP"))
    app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    assert app.lines.open(table.meeting, "p-chair", "chair", {"person": "chair"})
    app.door.perform(table.at.chair, "meeting.opened", {"meeting": table.meeting})
    table.do("chair", "adoption.asked")
    assert table.do("chair", "adoption.last_call").entry.body["waited_for"] == ["JP", "KZ", "UZ"]
