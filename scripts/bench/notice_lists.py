"""A person's own list of notices, with ten thousand things in it and many more that are for others."""

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import insert

from bench import Row, both, part
from suhbat.acts.models import NoticeRow
from suhbat.acts.roles_and_seats import Role, Seat, Viewer
from suhbat.application import make_app
from suhbat.ground.database import Base, Database
from suhbat.ground.settings import Settings
from suhbat.notices.queries import Stretch, notices_for
from suhbat.people.models import Person, SeatRow
from suhbat.record.models import EntryRow

OPEN, OTHERS = 10_000, 40_000
FORMAT, MEETING = "ca-japan", "ca-japan/2020-08-11-special"
TIME = "2020-08-11T06:00:00.000000Z"


@part("notices", "A person's own list of notices", order=45)
def measure() -> Iterator[Row]:
    """The newest page, an old page, and the page of somebody for whom nothing is there."""
    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder))
        Base.metadata.create_all(Database(settings.url).engine)
        app = make_app(settings)
        _fill(app.database)
        holder = Viewer("aida", "Aida", (Seat(Role.STANDING, FORMAT, "KZ", "", "s-aida", "member", "promises", "main"),
                                         Seat(Role.DELEGATE, MEETING, "KZ", "", "s-kz", "member")))  # fmt: skip
        stranger = Viewer("timur", "Timur", (Seat(Role.DELEGATE, "ca-us/other", "UZ", "", "s-uz", "member"),))
        office = Viewer("office", "Office", (Seat(Role.SECRETARIAT, FORMAT, "", "", "s-office"),))
        for label, viewer, stretch in (
            ("the newest page", holder, Stretch()),
            ("a page from the middle", holder, Stretch(upto=OPEN // 2)),
            ("a secretariat of the format", office, Stretch()),
            ("somebody for whom there is nothing", stranger, Stretch()),
        ):
            times = both(_times(app.database, viewer, stretch))  # of the processor: others may have the cores
            yield Row(f"{OPEN:,} open things, {OTHERS:,} for others: {label}", times, "10 ms", "p50 / p99, processor")
        app.database.close()


def _fill(database: Database) -> None:
    """Every fifth notice is a test of the holder's seat. Of the others one in twenty is for a delegation there."""
    entries, notices = [], []
    for number in range(1, OPEN + OTHERS + 1):
        own, far = number % 5 == 0, number % 25 != 1
        act, body = ("standing.tested", {"seats": ["s-aida"]}) if own else ("paper.withdrawn", _paper(number))
        meeting = "" if own else f"ca-far/{number % 400}" if far else MEETING
        audience = "seat:s-aida" if own else "participants" if far else "delegation:UZ"
        common = {"number": number, "act": act, "format": "ca-far" if far else FORMAT, "audience": audience}
        entries.append({**common, "meeting": meeting, "actor": "someone", "name": "Someone", "office": "Secretariat",
                        "delegation": "", "time": TIME, "body": body, "hash": b"", "root": b""})  # fmt: skip
        notices.append({**common, "actor": "someone", "place": meeting or FORMAT, "urgent": own, "done": None,
                        "until": TIME if own else None})  # fmt: skip
    with database.writing() as session:
        session.add_all([Person(id=who, name=who) for who in ("aida", "timur", "office")])
        session.flush()
        for seat, person in (("s-aida", "aida"), ("s-kz", "aida"), ("s-uz", "timur"), ("s-office", "office")):
            session.add(SeatRow(id=seat, person=person, role="delegate", place=FORMAT))
        session.execute(insert(EntryRow), entries)
        session.execute(insert(NoticeRow), notices)


def _paper(number: int) -> dict[str, Any]:
    return {"paper": f"p{number}", "title": "Talking points", "by": "UZ"}


def _times(database: Database, viewer: Viewer, stretch: Stretch) -> list[float]:
    times = []
    for _ in range(60):
        begun = time.process_time()
        with database.reading() as session:
            notices_for(session, viewer, stretch)
        times.append(time.process_time() - begun)
    return times[5:]
