"""Two real servers of one installation: one meeting, one record, and whatever time brings about stands there once."""

import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import SHUT_RDWR
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import BOTH
from tests.browser.bounded_waiting import until
from tests.served_installation import Served

from suhbat.acts import Actor
from suhbat.acts.roles_and_seats import PUBLIC_READER
from suhbat.application import make_app
from suhbat.ground.clock import now
from suhbat.ground.migrations.installations import prepared_tables
from suhbat.people.queries import actor_for
from suhbat.people.session_cookie import COOKIE, sign_in_cookie
from suhbat.record.reading import entries_after
from suhbat.record.verification import verify
from suhbat.texts.models import Paragraph, Text
from suhbat.texts.text_guard_checks import paragraphs_of

pytestmark = pytest.mark.parametrize("kind", BOTH)
FIRST = timedelta(seconds=8)
"""From the beginning of the story to the first deadline."""
APART = timedelta(seconds=4)
"""Between two deadlines."""


class Installation:
    """Two servers, and a process of ours whose clock can be put back: what it does then was done long ago."""

    def __init__(self, folder: Path, database: str, convene: Any) -> None:
        environment = {"SUHBAT_DATABASE_URL": database} if database else {}
        first = Served(folder, **environment)
        (folder / "second").mkdir()
        self.servers = [first, first.beside(folder / "second")]
        first.data.mkdir(mode=0o700)
        self.ago = timedelta(0)
        with prepared_tables(first.settings.url):
            self.app = make_app(first.settings, lambda: now() - self.ago)
            self.at = convene(self.app)
        self.meeting: str = self.at.meeting
        self.lines: list[Line] = []

    def start(self) -> None:
        for server in self.servers:
            server.start()

    def close(self) -> None:
        for line in self.lines:
            line.close()
        for server in self.servers:
            server.close()
        self.app.database.close()

    def seat(self, role: str, state: str, place: str = "meeting") -> Actor:
        """A person who has taken a seat."""
        inputs = {place: self.meeting, "role": role, "state": state, "name": f"{role} of {state}"}
        return self.take(self.app.door.perform(self.at.secretariat, "seat.offered", inputs).reply["link"])

    def take(self, link: str) -> Actor:
        done = self.app.door.perform(PUBLIC_READER, "seat.taken", {"secret": link.rpartition("/")[2]})
        with self.app.database.reading() as session:
            return actor_for(session, done.reply["person"])

    def entries(self, *acts: str) -> list[Any]:
        with self.app.database.reading() as session:
            return [entry for entry in entries_after(session, 0, limit=10_000) if entry.act in acts]


class Line:
    """A browser's live connection to one of the servers; `events` are what has come over it."""

    def __init__(self, house: Installation, server: int, person: Actor, peer: str) -> None:
        self.house, self.peer, self.person = house, peer, person
        self.events: list[tuple[str, Any]] = []
        self._connection = self._connect(server)
        self._connection.request("GET", f"/live/{house.meeting}?peer={peer}&after=0", headers=self._headers())
        self.answer = self._connection.getresponse()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        house.lines.append(self)

    def close(self) -> None:
        with suppress(OSError):
            self._connection.sock.shutdown(SHUT_RDWR)
        self._reading.join()
        self._connection.close()
        self.answer.close()

    def _connect(self, server: int) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.house.servers[server].port, timeout=30)

    def _headers(self) -> dict[str, str]:
        settings = self.house.app.settings
        return {"cookie": f"{COOKIE}={sign_in_cookie(settings, self.person.id, now())}"}

    def _read(self) -> None:
        name = ""
        with suppress(OSError, HTTPException):  # the line is lost
            while content := self.answer.readline():
                line = content.decode().rstrip("\n")
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    self.events.append((name, json.loads(line.removeprefix("data: "))))

    def signal(self, server: int, to: str, data: Any) -> tuple[int, Any]:
        """Send a signal over one of the servers."""
        connection = self._connect(server)
        body = json.dumps({"peer": self.peer, "to": to, "data": data})
        headers = self._headers() | {"content-type": "application/json", "accept": "application/json"}
        connection.request("POST", f"/signals/{self.house.meeting}", body, headers)
        answer = connection.getresponse()
        content = json.loads(answer.read())
        connection.close()
        return answer.status, content

    def received(self, name: str) -> list[Any]:
        return [data for event, data in self.events if event == name]

    def sees(self) -> list[str]:
        lists = self.received("here")
        return [peer["peer"] for peer in lists[-1]["peers"]] if lists else []


@pytest.fixture
def house(kind: str, tmp_path: Path, request: pytest.FixtureRequest, convene: Any) -> Iterator[Installation]:
    database = request.getfixturevalue("postgres_server").database() if kind == "postgres" else ""
    installation = Installation(tmp_path, database, convene)
    yield installation
    installation.close()


def test_a_meeting_is_held_over_two_servers(house):
    japan, kazakhstan = house.seat("head", "JP"), house.seat("head", "KZ")
    house.start()
    one, other = Line(house, 0, japan, "p-jp"), Line(house, 1, kazakhstan, "p-kz")
    until("each sees the other", lambda: one.sees() == other.sees() == ["p-jp", "p-kz"])
    assert one.signal(0, "p-kz", {"description": "x" * 20_000}) == (200, {"reached": True})
    assert one.signal(1, "p-kz", {"candidate": 1}) == (200, {"reached": True}), "over the server of the other"
    assert other.signal(0, "", {"muted": True}) == (200, {"reached": True})
    until("the signals have come", lambda: len(other.received("signal")) == 2 and one.received("signal"))
    assert [len(str(each["data"])) > 20_000 for each in other.received("signal")] == [True, False]
    assert one.received("signal") == [{"from": "p-kz", "data": {"muted": True}}]
    assert Line(house, 0, japan, "p-kz").answer.status == 409, "nobody takes another's name over the other server"

    house.app.door.perform(house.at.chair, "meeting.opened", {"meeting": house.meeting})
    (noted,) = house.entries("presence.noted")
    assert [each["person"] for each in noted.body["came"]] == [japan.id, kazakhstan.id]
    (seat,) = [seat.id for seat in kazakhstan.seats]
    house.app.door.perform(house.at.secretariat, "seat.vacated", {"meeting": house.meeting, "seat": seat})
    until("the first is told who does not come back", lambda: one.received("gone") == [{"peers": ["p-kz"]}])
    until("and that it is not here", lambda: one.sees() == ["p-jp"])


def test_one_server_dies_and_its_people_come_over_the_other(house):
    japan, kazakhstan = house.seat("head", "JP"), house.seat("head", "KZ")
    house.start()
    one, other = Line(house, 0, japan, "p-jp"), Line(house, 1, kazakhstan, "p-kz")
    until("each sees the other", lambda: one.sees() == other.sees() == ["p-jp", "p-kz"])
    house.app.door.perform(house.at.chair, "meeting.opened", {"meeting": house.meeting})
    house.servers[1].kill()
    again = Line(house, 0, kazakhstan, "p-kz")
    until("they are here again", lambda: again.sees() == ["p-jp", "p-kz"])
    assert one.signal(0, "p-kz", {"muted": False}) == (200, {"reached": True})
    until("the signal has come", lambda: again.received("signal"))
    house.servers[1].start()
    uzbekistan = house.seat("head", "UZ")
    Line(house, 1, uzbekistan, "p-uz")
    until("the newcomer is noted", lambda: len(house.entries("presence.noted")) > 1)
    came = [each["person"] for entry in house.entries("presence.noted") for each in entry.body["came"]]
    went = [each["person"] for entry in house.entries("presence.noted") for each in entry.body["went"]]
    assert (came, went) == ([japan.id, kazakhstan.id, uzbekistan.id], [])


class Deadlines:
    """What time brings about: silences that hold, reminders of others, a test of a standing seat and the end of one."""

    def __init__(self, house: Installation, rounds: int) -> None:
        self.house = house
        self._seats_of_long_ago()
        pasted = "\n\n".join(f"{n}. The Ministers agreed on point {n}." for n in range(1, 3 * rounds + 1))
        opened = {"meeting": house.meeting, "title": "Joint Statement", "paragraphs": pasted}
        self.text = house.app.door.perform(house.at.chair, "text.opened", opened).reply["text"]
        self.begin = now().replace(microsecond=0) + FIRST
        self.expected: list[tuple[str, str, str]] = []
        self.last = self.begin
        paragraphs = iter(self._paragraphs())
        for n in range(rounds):
            for span, act, stage in (
                (timedelta(0), "silence.held", ""),
                (timedelta(hours=1), "silence.reminded", "hour"),
                (timedelta(hours=24), "silence.reminded", "day"),
            ):
                self.last = self.begin + n * APART
                silence = self._silence(next(paragraphs), self.last + span)
                self.expected.append((act, silence, stage))

    def _seats_of_long_ago(self) -> None:
        """Half a year ago the head of Kazakhstan named two standing seats, one of them for some days."""
        self.house.ago = timedelta(days=200)
        head = self.house.seat("head", "KZ")
        last_day = (now() - timedelta(days=190)).date().isoformat()
        for subject, more in (("promises", {"until": last_day}), ("health", {})):
            naming = {"format": "ca-japan", "state": "KZ", "subject": subject, "rank": "chief", "name": subject, **more}
            self.house.take(self.house.app.door.perform(head, "standing.named", naming).reply["link"])
        self.house.ago = timedelta(0)

    def _paragraphs(self) -> list[Paragraph]:
        with self.house.app.database.reading() as session:
            rows = paragraphs_of(session, session.get_one(Text, f"{self.house.meeting}/{self.text}").id)
            session.expunge_all()
            return [row for row in rows if row.wording]

    def _silence(self, paragraph: Paragraph, deadline: datetime) -> str:
        wall = deadline.astimezone(ZoneInfo("Asia/Tokyo")).strftime("%Y-%m-%dT%H:%M:%S")
        inputs = {"meeting": self.house.meeting, "text": self.text, "paragraph": paragraph.id, "deadline": wall,
                  "certain": True}  # fmt: skip
        done = self.house.app.door.perform(self.house.at.chair, "silence.started", inputs)
        return str(done.entry.body["silence"])

    def done(self) -> Counter[tuple[str, str, str]]:
        bodies = [(entry.act, entry.body) for entry in self.house.entries("silence.held", "silence.reminded")]
        return Counter((act, body["silence"], body.get("stage", "")) for act, body in bodies)


def seconds_until(moment: datetime) -> float:
    return max(0.0, (moment - now()).total_seconds())


@pytest.mark.parametrize("restarts", [1, pytest.param(6, marks=pytest.mark.long)])
def test_what_time_brings_about_is_done_once_by_two_servers_that_are_killed_and_started(house, restarts):
    deadlines = Deadlines(house, restarts + 1)
    house.start()
    for n in range(restarts):
        time.sleep(seconds_until(deadlines.begin + n * APART - timedelta(milliseconds=100 * n)))
        ended = house.servers if n == 3 else [house.servers[n % 2]]
        for server in ended:
            (server.stop if n % 3 == 1 else server.kill)()
        for server in ended:
            server.start()
    time.sleep(seconds_until(deadlines.last))
    until("everything is done", lambda: deadlines.done().keys() == set(deadlines.expected), 60)
    for server in house.servers[restarts % 2 :]:  # each looks once more
        server.kill()
        server.start()
    until("both have looked", lambda: house.entries("standing.tested") and house.entries("standing.lapsed"))
    time.sleep(7)
    assert set(deadlines.done().values()) == {1}
    seats = [entry.body["seats"] for entry in house.entries("standing.tested", "standing.lapsed")]
    assert [len(each) for each in seats] == [1, 1]
    with house.app.database.reading() as session:
        assert not verify(session).fault
