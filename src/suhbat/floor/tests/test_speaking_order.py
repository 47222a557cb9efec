"""Who speaks when: points of order, questions, replies, observers, open discussion, the list."""

import pytest

from suhbat.floor.queries import room_state, time_ledger
from suhbat.ground.clock import instant
from suhbat.ground.refusals import Kind

MEETING = "ca-japan/2020-08-11-special"


@pytest.fixture
def listed(app):
    """The speakers' list as the room shows it."""

    def waiting_requests():
        with app.database.reading() as session:
            return [(request.delegation, request.kind) for request in room_state(session, MEETING).waiting]

    return waiting_requests


@pytest.fixture
def speaking(app):
    """The interventions in progress, the one with the floor last."""

    def turns_in_progress():
        with app.database.reading() as session:
            turns = room_state(session, MEETING).turns
            return [(turn.delegation, turn.kind, turn.since is not None) for turn in turns]

    return turns_in_progress


def test_a_point_of_order_stops_the_speaker_who_then_goes_on(in_session, clock, speaking):
    speech = in_session("chair", "floor.given", delegation="KZ", seconds=300)
    clock.forward(seconds=99)
    raised = in_session("tj", "floor.requested", kind="point-of-order")
    clock.forward(seconds=9)
    refusal = in_session.refused("chair", "floor.given", delegation="UZ")
    assert "point of order" in str(refusal.why)
    point = in_session("chair", "floor.given", request=raised["request"])
    assert point["interrupts"] == speech["given"]
    assert point["ends"] == []
    assert speaking() == [("KZ", "speech", False), ("TJ", "point-of-order", True)]
    clock.forward(seconds=49)
    ended = in_session("tj", "floor.ended")
    assert (ended["seconds"], ended["resumes"]) == (50, speech["given"])
    assert speaking() == [("KZ", "speech", True)]
    clock.forward(seconds=9)
    assert in_session("kz", "floor.ended")["seconds"] == 121, "111 before the point of order, 10 after it"


def test_the_chair_settles_a_point_of_order_without_giving_the_floor(in_session, speaking):
    in_session("chair", "floor.given", delegation="KZ")
    raised = in_session("tm", "floor.requested", kind="point-of-order")
    in_session("chair", "floor.request_withdrawn", request=raised["request"])
    assert in_session("chair", "floor.given", delegation="UZ")["delegation"] == "UZ"


def test_a_question_pauses_the_speech_and_a_point_of_order_pauses_the_question(in_session, clock, speaking):
    speech = in_session("chair", "floor.given", delegation="JP")
    request = in_session("uz", "floor.requested", kind="question")["request"]
    question = in_session("chair", "floor.given", request=request)
    assert (question["interrupts"], question["seconds"]) == (speech["given"], 60)
    raised = in_session("kg", "floor.requested", kind="point-of-order")
    in_session("chair", "floor.given", request=raised["request"])
    assert speaking() == [("JP", "speech", False), ("UZ", "question", False), ("KG", "point-of-order", True)]
    assert "settled first" in str(in_session.refused("chair", "floor.given", delegation="TM", kind="question").why)
    assert in_session("kg", "floor.ended")["resumes"] == question["given"]
    assert in_session("uz", "floor.ended")["resumes"] == speech["given"]
    assert speaking() == [("JP", "speech", True)]


def test_a_second_question_takes_the_place_of_the_first(in_session, speaking):
    speech = in_session("chair", "floor.given", delegation="JP")
    first = in_session("chair", "floor.given", delegation="UZ", kind="question")
    second = in_session("chair", "floor.given", delegation="KG", kind="question")
    assert [turn["given"] for turn in second["ends"]] == [first["given"]]
    assert second["interrupts"] == speech["given"]
    assert speaking() == [("JP", "speech", False), ("KG", "question", True)]


def test_the_next_speech_also_ends_an_interrupted_one(in_session, speaking):
    in_session("chair", "floor.given", delegation="JP")
    in_session("chair", "floor.given", delegation="UZ", kind="question")
    next_turn = in_session("chair", "floor.given", delegation="TJ")
    assert [turn["delegation"] for turn in next_turn["ends"]] == ["UZ", "JP"]
    assert speaking() == [("TJ", "speech", True)]


def test_a_question_needs_another_delegation_that_speaks(in_session):
    assert in_session.refused("kz", "floor.requested", kind="question").kind == Kind.OUT_OF_ORDER
    in_session("chair", "floor.given", delegation="KZ")
    assert in_session.refused("kz", "floor.requested", kind="question").kind == Kind.OUT_OF_ORDER
    assert in_session("uz", "floor.requested", kind="question")["kind"] == "question"


def test_replies_come_at_the_end_and_are_used_twice(in_session, listed):
    assert "nothing to reply to" in str(in_session.refused("kz", "floor.requested", kind="reply").why)
    in_session("chair", "floor.given", delegation="UZ")
    in_session("kz", "floor.requested", kind="reply")
    in_session("tj", "floor.requested")
    assert listed() == [("TJ", "speech"), ("KZ", "reply")]
    in_session("chair", "list.closed")
    assert "list of this item is closed" in str(in_session.refused("tm", "floor.requested").why)
    assert in_session("chair", "floor.given", delegation="KZ", kind="reply")["seconds"] == 180
    in_session("kz", "floor.ended")
    in_session("kz", "floor.requested", kind="reply")
    in_session("chair", "floor.given", delegation="KZ", kind="reply")
    in_session("kz", "floor.ended")
    assert "twice" in str(in_session.refused("kz", "floor.requested", kind="reply").why)


def test_the_list_follows_requests_or_protocol(in_session, listed):
    for state in ("uz", "jp", "tm"):
        in_session(state, "floor.requested")
    assert [state for state, _ in listed()] == ["UZ", "JP", "TM"]
    in_session("chair", "list.ordered", order="protocol")
    assert [state for state, _ in listed()] == ["JP", "TM", "UZ"]
    in_session("kz", "floor.requested", kind="point-of-order")
    assert listed()[0] == ("KZ", "point-of-order")
    in_session("chair", "list.ordered", order="request")
    assert [state for state, _ in listed()] == ["KZ", "UZ", "JP", "TM"]


def test_the_list_is_closed_and_reopened_for_one_item_alone(in_session):
    in_session("chair", "list.closed", item="health")
    assert in_session.refused("chair", "list.closed").kind == Kind.OUT_OF_ORDER
    assert in_session.refused("kz", "floor.requested").kind == Kind.OUT_OF_ORDER
    assert in_session("kz", "floor.requested", item="trade")["item"] == "trade"
    in_session("chair", "list.opened")
    assert in_session("kz", "floor.requested")["item"] == "health"


def test_a_delegation_asks_once_and_withdraws_its_own_only(in_session, listed):
    request = in_session("kz", "floor.requested")["request"]
    assert in_session.refused("delegate-kz", "floor.requested").kind == Kind.OUT_OF_ORDER
    assert in_session.refused("uz", "floor.request_withdrawn", request=request).kind == Kind.NOT_ALLOWED
    in_session("delegate-kz", "floor.request_withdrawn", request=request)
    assert listed() == []
    refusal = in_session.refused("chair", "floor.given", request=request)
    assert refusal.kind == Kind.CONFLICT
    assert in_session.refused("kz", "floor.request_withdrawn", request="no-such").kind == Kind.NOT_FOUND


def test_who_may_ask_for_whom(in_session):
    assert in_session.refused("adviser-kz", "floor.requested").kind == Kind.NOT_ALLOWED
    assert in_session.refused("interpreter", "floor.requested").kind == Kind.NOT_ALLOWED
    assert in_session.refused("kz", "floor.requested", delegation="UZ").kind == Kind.NOT_ALLOWED
    assert "delegation" in in_session.refused("secretariat", "floor.requested").fields
    assert "delegation" in in_session.refused("secretariat", "floor.requested", delegation="FR").fields
    request = in_session("secretariat", "floor.requested", delegation="TM")
    assert (request["person"], request["speaker"]) == ("head-tm", "Rashid Meredov")
    assert in_session.last.entry.name == "Secretariat", "the record says who put it on the list"
    request = in_session("delegate-kz", "floor.requested")
    assert (request["delegation"], request["person"]) == ("KZ", "delegate-kz")


def test_an_observer_speaks_when_given_the_floor_and_raises_no_procedure(in_session):
    assert in_session("observer-eu", "floor.requested")["delegation"] == "EU"
    for kind in ("point-of-order", "reply"):
        assert in_session.refused("observer-eu", "floor.requested", kind=kind).kind == Kind.OUT_OF_ORDER
    turn = in_session("chair", "floor.given", delegation="EU")
    assert turn["speaker"] == "Peter Burian"
    assert in_session.refused("kz", "floor.ended").kind == Kind.NOT_ALLOWED
    assert in_session("observer-eu", "floor.ended")["delegation"] == "EU"


def test_an_open_discussion_counts_for_no_delegation(in_session, clock, app):
    in_session("chair", "floor.given", delegation="KZ")
    clock.forward(seconds=9)
    opened = in_session("chair", "floor.opened_to_all")
    assert opened["ends"][0]["seconds"] == 10
    clock.forward(minutes=20)
    assert in_session.refused("chair", "floor.opened_to_all").kind == Kind.OUT_OF_ORDER
    in_session("chair", "floor.given", delegation="UZ")
    assert in_session.refused("chair", "floor.closed_to_all").kind == Kind.OUT_OF_ORDER, "the floor closed it"
    clock.forward(seconds=4)
    in_session("uz", "floor.ended")
    with app.database.reading() as session:
        ledger = {row.delegation: row.spoken / 1_000_000 for row in time_ledger(session, MEETING, clock())}
    assert ledger == {"KZ": 10.0, "UZ": 6.0}


def test_time_is_limited_extended_and_may_be_unlimited(in_session, clock, app):
    in_session("chair", "list.time_limited", seconds=120)
    turn = in_session("chair", "floor.given", delegation="KZ")
    assert turn["seconds"] == 120
    longer = in_session("chair", "floor.extended", seconds=60, given=turn["given"])
    assert (longer["added"], longer["seconds"]) == (60, 180)
    clock.forward(minutes=10)
    assert in_session("kz", "floor.ended")["seconds"] > 180, "time over the limit is counted"
    assert in_session.refused("chair", "floor.extended").kind == Kind.OUT_OF_ORDER
    unlimited = in_session("chair", "floor.given", delegation="UZ", seconds=0)
    assert unlimited["seconds"] == 0
    assert in_session.refused("chair", "floor.extended").kind == Kind.OUT_OF_ORDER
    assert in_session.refused("chair", "floor.extended", given=turn["given"]).kind == Kind.CONFLICT
    assert in_session.refused("uz", "floor.ended", given=turn["given"]).kind == Kind.CONFLICT
    assert "seconds" in in_session.refused("chair", "floor.given", delegation="KZ", seconds=-1).fields
    assert "seconds" in in_session.refused("chair", "floor.given", delegation="KZ", seconds=10**9).fields


def test_a_statement_after_the_speech_is_offered_at_once_and_a_second_one_replaces_the_first(in_session, app):
    in_session("kz", "statement.filed", item="trade", title="Draft", text="First wording")
    second = in_session("kz", "statement.filed", item="trade", title="Draft 2", text="Second wording")
    assert len(second["replaces"]) == 1
    assert in_session.last.entry.audience == "delegation:KZ"
    turn = in_session("chair", "floor.given", delegation="KZ")
    assert turn["statements"] == [], "it is for another item"
    in_session("kz", "statement.filed", item="health", title="As delivered", text="As delivered")
    assert in_session.last.entry.audience == "participants"
    in_session("chair", "item.opened", item="trade")
    assert [statement["title"] for statement in in_session("chair", "floor.given", delegation="KZ")["statements"]] == [
        "Draft 2"
    ]
    assert in_session.refused("kz", "statement.filed", delegation="UZ", title="x", text="y").kind == Kind.NOT_ALLOWED
    assert "language" in in_session.refused("kz", "statement.filed", language="../x", title="x", text="y").fields
    assert in_session.refused("observer-eu", "statement.filed", title="x", text="y").kind == Kind.NOT_ALLOWED
    in_session("secretariat", "statement.filed", delegation="EU", title="For the observer", text="Text")


def test_the_note_taker_s_later_note_replaces_the_earlier(in_session, app):
    in_session("chair", "floor.given", delegation="KZ")
    number = in_session.last.entry.number
    in_session("note-taker", "summary.noted", given_entry=number, text="Thanks the chair.")
    in_session("secretariat", "summary.noted", given_entry=number, text="Thanks the chair warmly.")
    assert in_session.refused("kz", "summary.noted", given_entry=number, text="x").kind == Kind.NOT_ALLOWED
    assert in_session.refused("note-taker", "summary.noted", given_entry=1, text="x").kind == Kind.NOT_FOUND
    from suhbat.floor.queries import summaries_of

    with app.database.reading() as session:
        assert summaries_of(session, MEETING) == {number: "Thanks the chair warmly."}


def test_requests_are_stamped_by_the_server(in_session, app):
    in_session("kz", "floor.requested")
    with app.database.reading() as session:
        (request,) = room_state(session, MEETING).waiting
        assert instant(request.asked) == in_session.last.entry.time


def test_a_server_clock_that_is_set_back_makes_no_negative_time_and_refuses_no_act(in_session, app, clock, speaking):
    in_session("chair", "floor.given", delegation="KZ", seconds=300)
    clock.forward(seconds=60)
    in_session("tj", "floor.requested", kind="point-of-order")
    clock.forward(hours=-2)
    in_session("chair", "floor.given", delegation="TJ", kind="point-of-order")
    clock.forward(hours=-2)
    in_session("chair", "floor.ended")
    assert speaking() == [("KZ", "speech", True)]
    clock.forward(hours=-2)
    in_session("chair", "meeting.suspended")
    clock.forward(hours=-2)
    in_session("chair", "meeting.resumed")
    in_session("chair", "floor.ended")
    in_session("chair", "meeting.closed")
    with app.database.reading() as session:
        spent = {row.delegation: row.spoken for row in time_ledger(session, MEETING, clock())}
        turns = room_state(session, MEETING).interventions
    assert all(time >= 0 for time in spent.values())
    assert all(turn.ended for turn in turns)
