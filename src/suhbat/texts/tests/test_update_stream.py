"""The event stream of an open text: updates drawn once per delegation, with nothing of another delegation in them."""

import asyncio
import json
import re
from contextlib import asynccontextmanager

import pytest

from suhbat.application import front_of
from suhbat.ground.clock import now
from suhbat.people.queries import actor_for
from suhbat.people.session_cookie import COOKIE, sign_in_cookie
from suhbat.record.reading import head_number
from suhbat.texts.tests.test_text_pages import SECRET, table  # noqa: F401  (the same table)
from suhbat.texts.view import live_updates

LANGUAGES = {"ru": "Япония", "en": "Japan would have:"}


class Screen:
    """A browser that has the text open; `person` may be nobody."""

    def __init__(self, app, application, table, person, as_of, language=""):  # noqa: F811
        self.received, self.over = b"", False
        self.query = f"peer=text-{person}&screen=text:{table.text}&as_of={as_of}"
        cookie = f"{COOKIE}={sign_in_cookie(app.settings, person, now())}" if person else ""
        scope = {"type": "http", "method": "GET", "path": f"/{language}/live/{table.meeting}".replace("//", "/"),
                 "query_string": self.query.encode(),
                 "headers": [(b"host", b"localhost:8000"), (b"cookie", cookie.encode())]}  # fmt: skip
        self.task = asyncio.create_task(application(scope, self.receive, self.send))

    async def receive(self):
        await asyncio.sleep(3600)

    async def send(self, message):
        self.received += message.get("body", b"")
        self.over |= message["type"] == "http.response.body" and not message.get("more_body")

    @property
    def news(self):
        updates = re.findall(r"event: news\ndata: (.*)\n", self.received.decode())
        return [json.loads(update) for update in updates]

    @property
    def keys(self):
        return set(re.findall(r'name="key" value="([^"]+)"', "".join(update["html"] for update in self.news)))


@pytest.fixture
def room(app, table):  # noqa: F811
    """The server at work, with people who have the text open; `act` performs something meanwhile."""

    @asynccontextmanager
    async def opened(*people, as_of=None):
        with app.database.reading() as session:
            newest = head_number(session)
        app.tail.start(asyncio.get_running_loop(), newest)
        application = front_of(app)
        chore = asyncio.create_task(app.live_views.run(app))
        screens = []
        for name in people:
            person, _, language = name.partition("@")
            at = newest if as_of is None else as_of
            screens.append(Screen(app, application, table, person, at, language))
        await quiet(screens)
        yield screens
        for task in (chore, *(name.task for name in screens)):
            task.cancel()
        await asyncio.gather(chore, *(name.task for name in screens), return_exceptions=True)

    return opened


async def quiet(screens):
    """Wait until no screen receives anything more."""
    quiet_rounds = 0
    for _ in range(100):
        before = sum(len(screen.received) for screen in screens)
        await asyncio.sleep(0.1)
        quiet_rounds = quiet_rounds + 1 if before and before == sum(len(screen.received) for screen in screens) else 0
        if quiet_rounds == 4:
            return


async def act(screens, call, *arguments, **more):
    done = await asyncio.to_thread(call, *arguments, **more)
    await quiet(screens)
    return done


def test_all_who_negotiate_are_sent_the_paragraph_and_what_waits_for_them(table, room, app):  # noqa: F811
    async def story():
        async with room("kz", "kz", "uz", "jp", "chair", "kz@ru") as screens:
            kz, kz_too, uz, jp, chair, russian = screens
            await act(screens, table.propose, "JP", "1", "nearly", "up to")
            paragraph = table.paragraph("1").id
            for screen in screens:
                (update,) = screen.news
                assert re.findall(r'<article class="para [^"]*" id="p-([^"]+)"', update["html"]) == [paragraph]
                assert LANGUAGES["ru" if screen is russian else "en"] in update["html"]
            assert kz.news[0]["html"].count('class="point"') == uz.news[0]["html"].count('class="point"') == 1
            assert jp.news[0]["html"].count('class="point"') == chair.news[0]["html"].count('class="point"') == 0
            assert "br-own" in jp.news[0]["html"]
            assert not any("br-own" in screen.news[0]["html"] for screen in (kz, uz, chair, russian))
            assert len(kz.keys) == len(kz_too.keys) > 0, "forms, and"
            assert not kz.keys & kz_too.keys, "each reader's keys are its own"
            assert live_updates.KEY not in "".join(screen.received.decode() for screen in screens)

    asyncio.run(story())


def test_ten_readers_of_a_delegation_cost_one_drawing(table, room, monkeypatch):  # noqa: F811
    drawn = []
    draw = live_updates._draw

    def counted(opened, changed, as_of):
        drawn.append(opened.reader.delegation)
        return draw(opened, changed, as_of)

    monkeypatch.setattr(live_updates, "_draw", counted)

    async def story():
        async with room(*["kz"] * 10, *["uz"] * 10) as screens:
            await act(screens, table.propose, "JP", "1", "nearly", "up to")
            assert all(len(screen.news) == 1 for screen in screens)
            assert sorted(drawn) == ["KZ", "UZ"]

    asyncio.run(story())


def test_what_a_delegation_writes_for_itself_is_sent_to_itself_alone(table, room):  # noqa: F811
    table.do("UZ", "note.kept", paragraph=table.paragraph("1").id, wording=SECRET)
    table.do("UZ", "note.kept", paragraph=table.paragraph("1").id, kind="draft", wording=f"The draft: {SECRET}")

    async def story():
        async with room("uz", "kz", "jp", "chair", "") as screens:
            uz, *others = screens
            await act(screens, table.propose, "JP", "1", "nearly", "up to")
            await act(screens, table.do, "UZ", "note.kept", paragraph=table.paragraph("2").id, wording=f"Two {SECRET}")
            await act(screens, table.propose, "KZ", "1", "grant", "loan")
            assert "own note" in uz.news[0]["html"]
            assert len(uz.news) == 3, "the delegation gets an update for its own note"
            for screen in others:
                assert SECRET not in screen.received.decode()
                assert "own note" not in screen.received.decode()
                assert "note.kept" not in screen.received.decode()
                assert all(
                    update["since"] <= before for update, before in zip(screen.news[1:], as_ofs(screen), strict=False)
                )
            assert [len(screen.news) for screen in others] == [2, 2, 2, 0], "nobody who does not negotiate"
            assert "up to" not in others[-1].received.decode()

    asyncio.run(story())


def as_ofs(screen):
    return [update["as_of"] for update in screen.news]


def test_whoever_loses_the_seat_or_signs_out_is_sent_nothing_more(table, room, app):  # noqa: F811
    with app.database.reading() as session:
        kz, uz = actor_for(session, "kz"), actor_for(session, "uz")

    async def story():
        async with room("kz", "uz", "jp") as screens:
            vacated, signed_out, jp = screens
            await act(screens, app.door.perform, kz, "seat.vacated", {"meeting": table.meeting, "seat": "s-kz"})
            await act(screens, app.door.perform, uz, "person.signed_out", {})
            assert (vacated.over, signed_out.over, jp.over) == (True, True, False)
            await act(screens, table.propose, "JP", "1", "nearly", "up to")
            assert [len(screen.news) for screen in screens] == [0, 0, 1]
            assert b"proposal.made" in jp.received
            assert b"proposal.made" not in vacated.received + signed_out.received

        async with room("kz", as_of=0) as (back,):  # the browser comes back by itself
            await act([back], table.propose, "JP", "3", "again", "soon")
            assert back.news == []
            assert b"proposal.made" not in back.received

    asyncio.run(story())


def test_a_page_that_is_too_old_is_told_to_reload(table, room, app):  # noqa: F811
    with app.database.reading() as session:
        before = head_number(session)
    table.do("UZ", "note.kept", paragraph=table.paragraph("2").id, wording=SECRET)

    async def story():
        async with room("kz", as_of=before) as (kz,):
            assert kz.news == [], "a note of another delegation is no news"
        await asyncio.to_thread(table.propose, "JP", "1", "nearly", "up to")
        async with room("kz", as_of=before) as (kz,):
            (update,) = kz.news
            assert update["html"] == ""
            assert update["as_of"] > before
            await act([kz], table.propose, "UZ", "3", "again", "soon")
            assert "soon" in kz.news[-1]["html"]
            assert kz.news[-1]["since"] <= update["as_of"]

    asyncio.run(story())


def test_when_more_than_a_paragraph_changed_the_page_is_told_to_reload(table, room):  # noqa: F811
    proposal = table.propose("JP", "1", "nearly", "up to")

    async def story():
        async with room("kz") as (kz,):
            await act([kz], table.do, "chair", "paragraph.added", paragraphs="4. They thanked the chair.")
            assert kz.news[-1]["html"] == ""
            await act([kz], table.answer, "UZ", proposal, "supports")
            assert table.paragraph("1").id in kz.news[-1]["html"]

    asyncio.run(story())


@pytest.mark.parametrize("screen", ["text:nothing", "text", "", "sheet:x", "text:../x"])
def test_an_invalid_screen_name_harms_nobody(table, room, screen):  # noqa: F811
    async def story():
        async with room("kz") as (kz,):
            odd = Screen.__new__(Screen)
            odd.__dict__ |= {"received": b"", "over": False}
            scope = {"type": "http", "method": "GET", "path": f"/live/{table.meeting}",
                     "query_string": f"screen={screen}&as_of=abc".encode(),
                     "headers": [(b"host", b"localhost:8000")]}  # fmt: skip
            odd.task = asyncio.create_task(front_of(table.app)(scope, odd.receive, odd.send))
            await act([kz, odd], table.propose, "JP", "1", "nearly", "up to")
            assert (len(kz.news), len(odd.news)) == (1, 0)
            odd.task.cancel()
            await asyncio.gather(odd.task, return_exceptions=True)

    asyncio.run(story())
