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


def of(house, meeting, state):
    with house.database.reading() as session:
        held = next(each for each in session.get_one(Meeting, meeting).delegations if each.state == state)
        session.expunge(held)
        return held


def test_a_delegation_presents_its_credentials_and_the_secretariat_accepts_them(house, convene):
    made = convene(house)
    house.door.perform(made.heads["KZ"], "credentials.presented", {"meeting": made.meeting, **LIST})
    held = of(house, made.meeting, "KZ")
    assert (held.credentials, held.head_name, held.letter) == ("presented", LIST["head_name"], LIST["letter"])
    assert held.others == [
        {"name": "Shakhrat Nuryshev", "office": "First Deputy Minister", "role": "alternate"},
        {"name": "Yerlan A.", "office": "Ambassador", "role": "delegate"},
        {"name": "Aigerim B.", "office": "Head of Department, Asia", "role": "delegate"},
        {"name": "Dana C.", "office": "", "role": "interpreter"},
    ]
    look = {"meeting": made.meeting, "state": "KZ", "seen": held.changed}
    house.door.perform(made.secretariat, "credentials.returned", {**look, "reason": "The letter is not signed."})
    assert of(house, made.meeting, "KZ").returned_because == "The letter is not signed."
    house.door.perform(made.heads["KZ"], "credentials.presented", {"meeting": made.meeting, **LIST})
    with pytest.raises(Refused) as stale:
        house.door.perform(made.secretariat, "credentials.accepted", look)
    assert stale.value.kind == Kind.CONFLICT
    look["seen"] = of(house, made.meeting, "KZ").changed
    house.door.perform(made.secretariat, "credentials.accepted", look)
    assert (of(house, made.meeting, "KZ").credentials, of(house, made.meeting, "UZ").credentials) == (
        "accepted", "awaited",
    )  # fmt: skip


def test_nobody_presents_credentials_for_another_delegation(house, convene):
    made = convene(house)
    with pytest.raises(Refused) as refusal:
        house.door.perform(made.heads["KZ"], "credentials.presented", {"meeting": made.meeting, "state": "UZ", **LIST})
    assert refusal.value.kind == Kind.NOT_ALLOWED
    with pytest.raises(Refused) as refusal:
        house.door.perform(
            made.heads["KZ"], "credentials.accepted", {"meeting": made.meeting, "state": "KZ", "seen": 1}
        )
    assert refusal.value.kind == Kind.NOT_ALLOWED
    assert of(house, made.meeting, "UZ").credentials == "awaited"


def test_the_secretariat_enters_what_came_on_paper_and_has_to_say_for_whom(house, convene):
    made = convene(house)
    with pytest.raises(Refused) as refusal:
        house.door.perform(made.secretariat, "credentials.presented", {"meeting": made.meeting, **LIST})
    assert "state" in refusal.value.fields
    house.door.perform(made.secretariat, "credentials.presented", {"meeting": made.meeting, "state": "UZ", **LIST})
    assert of(house, made.meeting, "UZ").credentials == "presented"


def test_further_delegations_take_their_place_and_some_will_not_come(house, convene):
    made = convene(house)

    def do(act, **wish):
        house.door.perform(made.secretariat, act, {"meeting": made.meeting, **wish})

    do("delegation.invited", state="US", observer=True)
    do("delegation.invited", state="IN")
    do("delegation.withdrawn", state="TM")
    with house.database.reading() as session:
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
