"""What a page offers is accepted and what it does not offer is refused: pages and rules ask the same guards."""

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


def accepted(acts, who: str) -> set[tuple[str, str]]:
    """The acts that the rules accept of a person; a rule changes nothing, so all are tried on the same tables."""
    taken = set()
    for act, about, inputs in trials(acts, who):
        registered, actor = REGISTRY[act], acts.people[who]
        with acts.app.database.reading() as session:
            parsed = read_input(registered.input_type, {"meeting": MEETING, **inputs}, lax=False)
            try:
                seat = allowed(actor, registered, MEETING, "")
                registered.decide(Occasion(session, actor, seat, acts.app.door.clock(), acts.app.settings), parsed)
            except Refused:
                continue
        taken.add((act, about))
    return taken


def trials(acts, who: str) -> list[tuple[str, str, dict[str, Any]]]:
    with acts.app.database.reading() as session:
        minutes = minutes_of(session, MEETING)
        version = minutes.version if minutes else 1
        paragraphs = [(paragraph.name, paragraph.changed) for paragraph in minutes.paragraphs] if minutes else []
        agrees = {stand.delegation for stand in minutes.stands if stand.agrees} if minutes else set()
    return [
        ("minutes.drafted", "", {"anew": True}),
        ("minutes.edited", "", {"text": "One thing more."}),
        *(("minutes.edited", name, {"paragraph": name, "changed": changed}) for name, changed in paragraphs),
        # To agree twice is accepted, but of no use: it is offered once.
        *([("minutes.agreed", "", {"version": version})] if who[-2:].upper() not in agrees else []),
        ("minutes.objected", "", {"version": version, "correction": "Say it otherwise."}),
        ("minutes.published", "", {"version": version, "own_responsibility": True}),
    ]


@pytest.mark.parametrize("story", ["in_session", "closed", "confirmed", "agreed", "published"])
def test_the_page_offers_what_the_rules_accept(request, signed_in, story):
    acts = request.getfixturevalue("agreed" if story == "published" else story)
    if story == "published":
        acts("secretariat", "minutes.published", version=1)
    for who in PEOPLE:
        assert offered(signed_in(who)) == accepted(acts, who), who


def test_a_delegation_that_only_observes_is_not_asked(closed, signed_in):
    with closed.app.database.reading() as session:
        meeting = session.get_one(Meeting, MEETING)
        meeting.delegations = [Delegation(state="JP"), Delegation(state="UZ", observer=True)]
        for act in ("minutes.agreed", "minutes.objected"):
            offers = {who: closed.app.door.offers(closed.people[who], act, meeting) for who in ("head-jp", "head-uz")}
            assert offers == {"head-jp": True, "head-uz": False}
        session.rollback()
