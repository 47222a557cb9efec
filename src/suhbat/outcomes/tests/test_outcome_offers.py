"""What a page offers is accepted and what it does not offer is refused: pages and rules call the same guards."""

import re
from typing import Any

import pytest
from tests.convened_meeting import seated

from suhbat.acts import Occasion, Role
from suhbat.acts.door import allowed
from suhbat.acts.inputs import read_input
from suhbat.acts.registry import REGISTRY
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.outcomes.proposed_outcome import voice_of

MEETING = "ca-japan/2020-08-11-special-video-conference"
PAGE = f"/meetings/{MEETING}/outcomes"
Fields = dict[str, Any]
TITLED: Fields = {"title": "In plain words"}
MAKING: dict[str, Fields] = {
    "pledge.made": {**TITLED, "to": ["KG"]}, "announcement.made": TITLED, "project.announced": TITLED,
    "decision.taken": TITLED, "recommendation.made": TITLED, "next_meeting.set": {**TITLED, "due": "2021"},
}  # fmt: skip
CHANGING: dict[str, Fields] = {
    "outcome.confirmed": {}, "outcome.corrected": {**TITLED, "to": ["KG"], "reason": "Misheard"},
    "outcome.withdrawn": {"reason": "Misheard"},
}  # fmt: skip
REPORT = {"state": "delivered", "summary": "Handed over"}
PEOPLE = {
    "head-jp": "motegi", "head-kz": "tileuberdi", "head-uz": "kamilov", "chair": "chair", "note-taker": "note_taker",
    "secretariat": "secretariat", "observer": "observer", "promises-uz": "promises_uz", "promises-kg": "promises_kg",
    "health-uz": "health_uz", "secretariat-of-the-format": "secretariat_of_the_format",
}  # fmt: skip
"""By the id of a person, the name of the same person on the stage. Uzbekistan has not had the floor."""


def offered(browser) -> set[str]:
    """The acts on the page; none where it is not for this person."""
    answer = browser.get(PAGE)
    return set(re.findall(r'action="/acts/([a-z_.]+)"', answer.text)) if answer.status_code == 200 else set()


def accepted(stage, actor, act: str, **inputs) -> bool:
    """Whether the rule accepts an act; a rule changes nothing, so all are tried on the same tables."""
    registered = REGISTRY[act]
    with stage.app.database.reading() as session:
        parsed = read_input(registered.input_type, {"meeting": MEETING, **inputs}, lax=False)
        try:
            seat = allowed(actor, registered, MEETING, "")
            registered.decide(Occasion(session, actor, seat, stage.app.clock(), stage.app.settings), parsed)
        except Refused:
            return False
    return True


@pytest.mark.parametrize("status", ["convened", "open", "suspended", "closed", "published", "cancelled"])
def test_an_act_that_makes_an_outcome_is_offered_to_those_who_may_perform_it(stage, signed_in, status):
    stage.play("stage.status", status=status)
    for person, actor in PEOPLE.items():
        acts = {act for act, fields in MAKING.items() if accepted(stage, getattr(stage, actor), act, **fields)}
        assert offered(signed_in(person)) == acts, person


@pytest.mark.parametrize("maker", ["motegi", "note_taker"])
@pytest.mark.parametrize("status", ["proposed", "confirmed", "withdrawn", "published"])
def test_an_act_that_changes_an_outcome_is_offered_to_those_who_may_perform_it(stage, signed_in, maker, status):
    binding = stage.motegi if maker == "motegi" else stage.chair
    act = "pledge.made" if maker == "motegi" else "decision.taken"
    entry = stage.app.door.perform(getattr(stage, maker), act, {"meeting": MEETING, **MAKING[act]}).entry
    reference = {"outcome": entry.body["outcome"]["id"]}
    as_seen = {"meeting": MEETING, **reference, "changed": entry.number}
    if status == "withdrawn":
        stage.app.door.perform(binding, "outcome.withdrawn", {**as_seen, "reason": "Misheard"})
    elif status != "proposed":
        stage.app.door.perform(binding, "outcome.confirmed", as_seen)
    if status == "published":
        stage.play("minutes.published")
        stage.play("stage.status", status="published")
    with stage.app.database.reading() as session:
        changed = session.get_one(Outcome, reference["outcome"]).changed
    trials: dict[str, Fields] = {act: {**reference, "changed": changed, **fields} for act, fields in CHANGING.items()}
    trials["delivery.reported"] = {**reference, **REPORT}
    for person, name in PEOPLE.items():
        actor = getattr(stage, name)
        acts = {act for act, fields in trials.items() if accepted(stage, actor, act, **fields)}
        assert offered(signed_in(person)) - MAKING.keys() == acts, person


@pytest.mark.parametrize("act", ["pledge.made", "announcement.made", "project.announced"])
@pytest.mark.parametrize("state", ["US", ""])
def test_a_delegation_that_does_not_sit_at_the_meeting_is_offered_nothing(stage, act, state):
    stranger = seated(Role.HEAD, MEETING, state)
    with stage.app.database.reading() as session:
        meeting = session.get_one(Meeting, MEETING)
        assert not stage.app.door.offers(stranger, act, meeting, voice_of(session, stranger, meeting))
    assert not accepted(stage, stranger, act, **MAKING[act])


def test_a_writer_for_the_meeting_announces_before_the_own_delegation_has_spoken(stage):
    both = seated(Role.HEAD, MEETING, "UZ")
    both = type(both)(both.id, both.name, (*both.seats, *seated(Role.CHAIR, MEETING, "UZ").seats))
    with stage.app.database.reading() as session:
        meeting = session.get_one(Meeting, MEETING)
        assert stage.app.door.offers(both, "announcement.made", meeting, voice_of(session, both, meeting))
    assert accepted(stage, both, "announcement.made", **TITLED, of_meeting=True)
    assert not accepted(stage, both, "announcement.made", **TITLED)
