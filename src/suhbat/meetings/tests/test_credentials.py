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


def delegation_of(app, meeting, state):
    with app.database.reading() as session:
        delegation = next(row for row in session.get_one(Meeting, meeting).delegations if row.state == state)
        session.expunge(delegation)
        return delegation


def test_a_delegation_presents_its_credentials_and_the_secretariat_accepts_them(app, convene):
    talks = convene(app)
    app.door.perform(talks.heads["KZ"], "credentials.presented", {"meeting": talks.meeting, **LIST})
    delegation = delegation_of(app, talks.meeting, "KZ")
    assert (delegation.credentials, delegation.head_name, delegation.letter) == (
        "presented",
        LIST["head_name"],
        LIST["letter"],
    )
    assert delegation.others == [
        {"name": "Shakhrat Nuryshev", "office": "First Deputy Minister", "role": "alternate"},
        {"name": "Yerlan A.", "office": "Ambassador", "role": "delegate"},
        {"name": "Aigerim B.", "office": "Head of Department, Asia", "role": "delegate"},
        {"name": "Dana C.", "office": "", "role": "interpreter"},
    ]
    decision = {"meeting": talks.meeting, "state": "KZ", "seen": delegation.changed}
    app.door.perform(talks.secretariat, "credentials.returned", {**decision, "reason": "The letter is not signed."})
    assert delegation_of(app, talks.meeting, "KZ").returned_because == "The letter is not signed."
    app.door.perform(talks.heads["KZ"], "credentials.presented", {"meeting": talks.meeting, **LIST})
    with pytest.raises(Refused) as stale:
        app.door.perform(talks.secretariat, "credentials.accepted", decision)
    assert stale.value.kind == Kind.CONFLICT
    decision["seen"] = delegation_of(app, talks.meeting, "KZ").changed
    app.door.perform(talks.secretariat, "credentials.accepted", decision)
    assert delegation_of(app, talks.meeting, "KZ").credentials == "accepted"
    assert delegation_of(app, talks.meeting, "UZ").credentials == "awaited"


def test_nobody_presents_credentials_for_another_delegation(app, convene):
    talks = convene(app)
    with pytest.raises(Refused) as refusal:
        app.door.perform(talks.heads["KZ"], "credentials.presented", {"meeting": talks.meeting, "state": "UZ", **LIST})
    assert refusal.value.kind == Kind.NOT_ALLOWED
    with pytest.raises(Refused) as refusal:
        app.door.perform(
            talks.heads["KZ"], "credentials.accepted", {"meeting": talks.meeting, "state": "KZ", "seen": 1}
        )
    assert refusal.value.kind == Kind.NOT_ALLOWED
    assert delegation_of(app, talks.meeting, "UZ").credentials == "awaited"


def test_the_secretariat_enters_credentials_that_came_on_paper_and_names_the_delegation(app, convene):
    talks = convene(app)
    with pytest.raises(Refused) as refusal:
        app.door.perform(talks.secretariat, "credentials.presented", {"meeting": talks.meeting, **LIST})
    assert "state" in refusal.value.fields
    app.door.perform(talks.secretariat, "credentials.presented", {"meeting": talks.meeting, "state": "UZ", **LIST})
    assert delegation_of(app, talks.meeting, "UZ").credentials == "presented"


def test_delegations_are_added_in_protocol_order_and_withdrawn(app, convene):
    talks = convene(app)

    def do(act, **inputs):
        app.door.perform(talks.secretariat, act, {"meeting": talks.meeting, **inputs})

    do("delegation.invited", state="US", observer=True)
    do("delegation.invited", state="IN")
    do("delegation.withdrawn", state="TM")
    with app.database.reading() as session:
        delegations = [
            (delegation.state, delegation.observer)
            for delegation in session.get_one(Meeting, talks.meeting).delegations
        ]
    assert [state for state, _ in delegations] == ["JP", "IN", "KZ", "KG", "TJ", "UZ", "US"]
    assert delegations[-1] == ("US", True)
    for act, state, kind in (
        ("delegation.invited", "IN", Kind.INVALID),
        ("delegation.invited", "XX", Kind.INVALID),
        ("delegation.withdrawn", "TM", Kind.NOT_FOUND),
        ("delegation.withdrawn", "JP", Kind.OUT_OF_ORDER),
    ):
        with pytest.raises(Refused) as refusal:
            do(act, state=state)
        assert refusal.value.kind == kind
