"""Public pages stay cached during a closed meeting, and are made again once the public may know more."""

import anyio
import pytest

from suhbat.acts.page_cache import MARK, PageCache
from suhbat.public.read_model.almanac import current_almanac
from suhbat.public.read_model.public_version import PublicVersion


@pytest.fixture
def version(app):
    public_version = PublicVersion(app)

    def now() -> int:
        with app.database.reading() as session:
            app.tail.newest = current_almanac(
                app.database, session
            ).number  # as the tail of the running application does
        return anyio.run(public_version)

    return now


def test_acts_among_participants_do_not_change_public_pages(app, convene, version):
    here = convene(app)
    inputs = {"meeting": here.meeting}
    app.door.perform(here.chair, "meeting.opened", inputs)
    app.door.perform(here.chair, "item.opened", inputs | {"item": here.items[0]})
    before = version()
    with app.database.reading() as session:
        almanac = current_almanac(app.database, session)
    app.door.perform(here.heads["KZ"], "floor.requested", inputs | {"kind": "speech"})
    app.door.perform(here.heads["UZ"], "statement.filed", inputs | {
        "title": "Ours", "text": "For the room alone", "language": "en", "item": here.items[0],
    })  # fmt: skip
    assert version() == before
    with app.database.reading() as session:
        assert current_almanac(app.database, session) is almanac


def test_the_opening_of_a_meeting_changes_public_pages_although_its_entry_is_closed(app, convene, version):
    here = convene(app)
    before = version()
    entry = app.door.perform(here.chair, "meeting.opened", {"meeting": here.meeting}).entry
    assert entry.audience == "participants"
    assert version() > before
    assert version() == entry.number + 1, "the entry that publishes the facts of the meeting"


@pytest.mark.parametrize(("length", "cached"), [(20, 1), (1001, 0)])
def test_a_page_with_a_very_long_address_is_rendered_but_not_cached(length, cached):
    cache, messages = PageCache(_page, _first, "cookie"), []

    async def send(message):
        messages.append(message)

    scope = {"type": "http", "method": "GET", "path": "/ledger", "query_string": b"x" * length, "headers": []}
    anyio.run(cache, scope, None, send)
    assert messages[0]["status"] == 200
    assert len(cache._cached) == cached


async def _first():
    return 1


async def _page(_scope, _receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": [(MARK.encode(), b"60")]})
    await send({"type": "http.response.body", "body": b"page"})


def test_the_ledger_shows_how_long_ago_each_promise_was_made(app, client, clock, whole_record):
    clock.forward(days=365 * 6)
    page = client.get("/ledger?by=JP&format=ca-japan").text
    assert "11 August 2020 (6 years ago)" in page
