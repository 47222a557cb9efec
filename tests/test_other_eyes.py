"""What will the other side see? Nothing that one delegation, the secretariat or the members keep to themselves.

A secretariat follows every link of a meeting through other eyes, in the world of the walks over rights: there every
audience has secrets, and those of each delegation among them.
"""

import asyncio
import re
from collections import defaultdict

import pytest
from tests.followed_links import Routes, Walker
from tests.rights_visitors import Visitors, routes, words_of
from tests.rights_world import MEETING, WORD

from suhbat.acts.onlookers import WHOSE, onlooker
from suhbat.acts.roles_and_seats import Eyes, Role, Seat, Viewer
from suhbat.record.audiences import Scope

pytestmark = pytest.mark.usefixtures("unhurried")
SEES = {
    "delegation": {"public", "participants", "delegations"},
    "observer": {"public", "participants"},
    "public": {"public"},
}
OWN = "/meetings/{format_:str}/{slug:str}/as/{eyes:str}"


class Reading(Visitors):
    """Visitors that keep what they were shown."""

    def __init__(self, world):
        super().__init__(world)
        self.shown = {}

    async def ask(self, role, method, path, **options):
        answer = await super().ask(role, method, path, **options)
        self.shown[path] = answer
        return answer


@pytest.mark.parametrize("eyes", list(WHOSE))
def test_no_page_shows_through_other_eyes_what_these_readers_may_not_see(world, eyes):
    visitors = Reading(world)
    walker = Walker(visitors, Routes(routes(world)))
    first = f"/meetings/{MEETING}/as/{eyes}"
    starts = [first, f"{first}/desk", f"{first}/room"]
    ways = [asyncio.run(walker.follow("secretariat", start, within=(first,))) for start in starts]
    assert [way.faults for way in ways] == [[], [], []]

    pages = {path: answer for path, answer in visitors.shown.items() if path.startswith(first)}
    words = defaultdict(set)
    for path, answer in pages.items():
        for word in WORD.findall(words_of(answer)):
            words[word].add(path)
    audiences = {secret.word: set(secret.audiences) for secret in world.secrets}
    leaks = {word: paths for word, paths in words.items() if not audiences[word] & SEES[eyes]}
    assert not leaks, {audiences[word].pop(): paths for word, paths in leaks.items()}
    if eyes != "public":
        assert len(pages) > 12, "the walk reaches agenda, papers, texts and their paragraphs, outcomes, record and room"
        seen = [word for word in words if "participants" in audiences[word]]
        assert len(seen) >= 3, "what is for all participants is shown"


@pytest.mark.parametrize("eyes", list(WHOSE))
def test_no_page_through_other_eyes_can_send_anything(world, eyes):
    visitors = Reading(world)
    walker = Walker(visitors, Routes(routes(world)))
    first = f"/meetings/{MEETING}/as/{eyes}"
    asyncio.run(walker.follow("secretariat", f"{first}/desk", within=(first,)))
    for path, answer in visitors.shown.items():
        if answer.text.startswith("<!doctype"):
            assert not re.search(r"<(form|button|script)\b", answer.text), path
            assert not re.search(r'href="/(acts|me|sign-in)\b', answer.text), path
            assert "You see this page as" in answer.text, path
            assert "form-action 'none'" in answer.headers["content-security-policy"], path
            assert "no-store" in answer.headers["cache-control"], path
    size = world.size
    for method in ("POST", "PUT", "DELETE"):
        answer = asyncio.run(visitors.ask("secretariat", method, f"{first}/outcomes", data={"meeting": MEETING}))
        assert answer.status_code == 405, method
    assert world.size == size, "nothing was recorded"


def test_only_the_secretariat_of_the_meeting_sees_through_other_eyes(world):
    visitors = Visitors(world)
    allowed = {"secretariat", "clerk"}
    for role in world.roles:
        for eyes in WHOSE:
            answer = asyncio.run(visitors.ask(role, "GET", f"/meetings/{MEETING}/as/{eyes}/desk"))
            assert (answer.status_code == 200) == (role in allowed), (role, eyes, answer.status_code)


def test_scripts_streams_and_other_eyes_within_other_eyes_are_not_there(world):
    visitors = Visitors(world)
    first = f"/meetings/{MEETING}/as/delegation"
    for rest in ("/as/public/desk", "/room/relays", "/room/panels/list", "/room/check", "/texts/a/news"):
        assert asyncio.run(visitors.ask("secretariat", "GET", first + rest)).status_code == 404, rest
    assert asyncio.run(visitors.ask("secretariat", "GET", f"/meetings/{MEETING}/as/KZ/desk")).status_code == 404


@pytest.mark.parametrize("eyes", list(WHOSE))
def test_an_onlooker_sees_at_most_what_the_looker_sees_and_is_of_no_delegation(eyes):
    """Whatever seats the person has besides: an own delegation's seat gives its onlooker nothing."""
    office = Seat(Role.SECRETARIAT, "ca-japan")
    both = Viewer(
        "both", "Both", (office, Seat(Role.HEAD, MEETING, "KZ", side="member"), Seat(Role.INTERPRETER, MEETING))
    )
    reader = onlooker(Eyes(eyes, both, f"/meetings/{MEETING}"), MEETING)
    for place in (MEETING, "ca-japan", "ca-japan/2021-later", ""):
        scope = reader.scope(place)
        assert scope.audiences <= both.scope(place).audiences
        assert scope.audiences <= SEES[eyes]
        assert scope == Scope(scope.audiences), "no circle"
    assert reader.delegation_at(MEETING) == ""
    assert reader.seat_for(frozenset(Role), MEETING) is None, "nothing can be done, not even what anyone may do"
    stranger = Viewer("stranger", "Stranger", ())
    assert onlooker(Eyes(eyes, stranger, f"/meetings/{MEETING}"), MEETING).scope(MEETING).audiences == {"public"}
