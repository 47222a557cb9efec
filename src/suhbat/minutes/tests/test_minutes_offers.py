"""The rules accept what a page offers and refuse all else: pages and rules use the same guards."""

import re
from typing import Any

import pytest

from suhbat.acts import Occasion
from suhbat.acts.door import allowed
from suhbat.acts.inputs import read_input
from suhbat.acts.registry import REGISTRY
from suhbat.ground.refusals import Refused
from suhbat.meetings.models import Delegation, Meeting
from suhbat.minutes.minutes_agreement import minutes_of

MEETING = "ca-japan/2020-08-11-special-video-conference"
PAGE = f"/meetings/{MEETING}/minutes"
PEOPLE = ("head-jp", "head-uz", "chair", "secretariat", "note-taker", "observer")


def offered(browser) -> set[tuple[str, str]]:
    """The acts that the page offers; an edit with the paragraph that it rewords."""
    offers = set()
    for form in re.findall(r"<form.*?</form>", browser.get(PAGE).text, re.DOTALL):
        if act := re.search(r'action="/acts/([^"]+)"', form):
            paragraph = re.search(r'name="paragraph" value="([^"]+)"', form)
            offers.add((act[1], paragraph[1] if paragraph else ""))
    return offers


def accepted(acts, person: str) -> set[tuple[str, str]]:
    """The acts that the rules accept of a person; a rule changes nothing, so all are tried on the same tables."""
    acts_accepted = set()
    for act, about, inputs in trials(acts, person):
        registered, actor = REGISTRY[act], acts.people[person]
        with acts.app.database.reading() as session:
            parsed = read_input(registered.input_type, {"meeting": MEETING, **inputs}, lax=False)
            try:
                seat = allowed(actor, registered, MEETING, "")
                registered.decide(Occasion(session, actor, seat, acts.app.clock(), acts.app.settings), parsed)
            except Refused:
                continue
        acts_accepted.add((act, about))
    return acts_accepted


def trials(acts, person: str) -> list[tuple[str, str, dict[str, Any]]]:
    with acts.app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        version = minutes.version if minutes else 1
        paragraphs = [(paragraph.name, paragraph.changed) for paragraph in minutes.paragraphs] if minutes else []
        agrees = {stand.delegation for stand in minutes.stands if stand.agrees} if minutes else set()
    return [
        ("minutes.drafted", "", {"anew": True}),
        ("minutes.edited", "", {"text": "One thing more."}),
        *(("minutes.edited", name, {"paragraph": name, "changed": changed}) for name, changed in paragraphs),
        # A second agreement is accepted but has no use, so the page offers it once.
        *([("minutes.agreed", "", {"version": version})] if person[-2:].upper() not in agrees else []),
        ("minutes.objected", "", {"version": version, "correction": "Say it otherwise."}),
        ("minutes.published", "", {"version": version, "own_responsibility": True}),
    ]


@pytest.mark.parametrize("story", ["in_session", "closed", "confirmed", "agreed", "published"])
def test_the_page_offers_what_the_rules_accept(request, signed_in, story):
    acts = request.getfixturevalue("agreed" if story == "published" else story)
    if story == "published":
        acts("secretariat", "minutes.published", version=1)
    for person in PEOPLE:
        assert offered(signed_in(person)) == accepted(acts, person), person


def test_an_observer_is_not_asked_to_agree(closed, signed_in):
    with closed.app.database.reading() as session:
        meeting = session.get_one(Meeting, MEETING)
        meeting.delegations = [Delegation(state="JP"), Delegation(state="UZ", observer=True)]
        for act in ("minutes.agreed", "minutes.objected"):
            offers = {
                person: closed.app.door.offers(closed.people[person], act, meeting) for person in ("head-jp", "head-uz")
            }
            assert offers == {"head-jp": True, "head-uz": False}
        session.rollback()
