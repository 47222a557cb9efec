"""Delegations and their credentials."""

import pytest

from suhbat.ground.refusals import Kind, Refused
from suhbat.meetings.models import Meeting

LIST = {
    "head_name": "Mukhtar Tileuberdi",
    "head_office": "Minister of Foreign Affairs",
    "alternates": "Shakhrat Nuryshev, First Deputy Minister",
    "delegates": "Yerlan A. — Ambassador\n\n  Aigerim B., Head of Department, Asia  ",
    "interpreters": "Dana C.",
    "letter": "Note 12/345 of 1 August 2020",
}


def of(app, meeting, state):
    with app.database.reading() as session:
        held = next(each for each in session.get_one(Meeting, meeting).delegations if each.state == state)
        session.expunge(held)
        return held


def test_a_delegation_presents_its_credentials_and_the_secretariat_accepts_them(app, convene):
    made = convene(app)
    app.door.perform(made.heads["KZ"], "credentials.presented", {"meeting": made.meeting, **LIST})
    held = of(app, made.meeting, "KZ")
    assert (held.credentials, held.head_name, held.letter) == ("presented", LIST["head_name"], LIST["letter"])
    assert held.others == [
        {"name": "Shakhrat Nuryshev", "office": "First Deputy Minister", "role": "alternate"},
        {"name": "Yerlan A.", "office": "Ambassador", "role": "delegate"},
        {"name": "Aigerim B.", "office": "Head of Department, Asia", "role": "delegate"},
        {"name": "Dana C.", "office": "", "role": "interpreter"},
    ]
    look = {"meeting": made.meeting, "state": "KZ", "seen": held.changed}
    app.door.perform(made.secretariat, "credentials.returned", {**look, "reason": "The letter is not signed."})
    assert of(app, made.meeting, "KZ").returned_because == "The letter is not signed."
    app.door.perform(made.heads["KZ"], "credentials.presented", {"meeting": made.meeting, **LIST})
    with pytest.raises(Refused) as stale:
        app.door.perform(made.secretariat, "credentials.accepted", look)
    assert stale.value.kind == Kind.CONFLICT
    look["seen"] = of(app, made.meeting, "KZ").changed
    app.door.perform(made.secretariat, "credentials.accepted", look)
    assert (of(app, made.meeting, "KZ").credentials, of(app, made.meeting, "UZ").credentials) == (
        "accepted", "awaited",
    )  # fmt: skip


def test_nobody_presents_credentials_for_another_delegation(app, convene):
    made = convene(app)
    with pytest.raises(Refused) as refusal:
        app.door.perform(made.heads["KZ"], "credentials.presented", {"meeting": made.meeting, "state": "UZ", **LIST})
    assert refusal.value.kind == Kind.NOT_ALLOWED
    with pytest.raises(Refused) as refusal:
        app.door.perform(made.heads["KZ"], "credentials.accepted", {"meeting": made.meeting, "state": "KZ", "seen": 1})
    assert refusal.value.kind == Kind.NOT_ALLOWED
    assert of(app, made.meeting, "UZ").credentials == "awaited"


def test_the_secretariat_enters_what_came_on_paper_and_has_to_say_for_whom(app, convene):
    made = convene(app)
    with pytest.raises(Refused) as refusal:
        app.door.perform(made.secretariat, "credentials.presented", {"meeting": made.meeting, **LIST})
    assert "state" in refusal.value.fields
    app.door.perform(made.secretariat, "credentials.presented", {"meeting": made.meeting, "state": "UZ", **LIST})
    assert of(app, made.meeting, "UZ").credentials == "presented"


def test_further_delegations_take_their_place_and_some_will_not_come(app, convene):
    made = convene(app)

    def do(act, **inputs):
        app.door.perform(made.secretariat, act, {"meeting": made.meeting, **inputs})

    do("delegation.invited", state="US", observer=True)
    do("delegation.invited", state="IN")
    do("delegation.withdrawn", state="TM")
    with app.database.reading() as session:
        there = [(each.state, each.observer) for each in session.get_one(Meeting, made.meeting).delegations]
    assert [state for state, _ in there] == ["JP", "IN", "KZ", "KG", "TJ", "UZ", "US"]
    assert there[-1] == ("US", True)
    for act, state, kind in (
        ("delegation.invited", "IN", Kind.INVALID),
        ("delegation.invited", "XX", Kind.INVALID),
        ("delegation.withdrawn", "TM", Kind.NOT_FOUND),
        ("delegation.withdrawn", "JP", Kind.OUT_OF_ORDER),
    ):
        with pytest.raises(Refused) as refusal:
            do(act, state=state)
        assert refusal.value.kind == kind
