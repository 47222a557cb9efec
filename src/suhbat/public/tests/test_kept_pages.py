"""Public pages are kept while a meeting goes on behind closed doors, and are new once the public may know more."""

import anyio
import pytest

from suhbat.public.almanac import almanac
from suhbat.public.versions import PublicVersion


@pytest.fixture
def version(house):
    asked = PublicVersion(house)

    def now() -> int:
        with house.database.reading() as session:
            house.tail.newest = almanac(house.database, session).number  # as the running house's tail says
        return anyio.run(asked)

    return now


def test_what_participants_do_among_themselves_leaves_public_pages_as_they_are(house, convene, version):
    here = convene(house)
    wish = {"meeting": here.meeting}
    house.door.perform(here.chair, "meeting.opened", wish)
    house.door.perform(here.chair, "item.opened", wish | {"item": here.items[0]})
    before = version()
    with house.database.reading() as session:
        held = almanac(house.database, session)
    house.door.perform(here.heads["KZ"], "floor.requested", wish | {"kind": "speech"})
    house.door.perform(here.heads["UZ"], "statement.filed", wish | {
        "title": "Ours", "text": "For the room alone", "language": "en", "item": here.items[0],
    })  # fmt: skip
    assert version() == before
    with house.database.reading() as session:
        assert almanac(house.database, session) is held


def test_a_meeting_that_begins_is_news_to_the_public_although_the_act_is_not(house, convene, version):
    here = convene(house)
    before = version()
    entry = house.door.perform(here.chair, "meeting.opened", {"meeting": here.meeting}).entry
    assert version() > before
    assert version() == entry.number
