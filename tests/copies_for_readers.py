"""What a reader may see, as a copy of its own: made from those entries alone, it answers like the installation.

For each reader the entries that the reader may see are replayed in an empty database: each must take effect. Then the
installation and the copy are asked for the same pages, as that reader, and must give the same answers.
"""

import asyncio
import difflib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random, randrange
from typing import Any

from litestar.di import Provide
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.asgi_requests import Answer, ask
from tests.fast_databases import hurry
from tests.shared_application import InTurn

from suhbat.acts.app import App
from suhbat.acts.partial_replay import replay_for
from suhbat.acts.readers import PUBLIC, SECRETARIAT, NoSuchReaderError, reader_named, states_of
from suhbat.acts.roles_and_seats import Viewer
from suhbat.application import make_pages
from suhbat.formats.models import Format
from suhbat.ground.database import Database
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.people.standing_vocabulary import SUBJECTS
from suhbat.record.models import EntryRow
from suhbat.texts.models import Paragraph, Text

EVERY_TEST = os.environ.get("SUHBAT_TEST_COPIES") == "all"
"""Whether copies are made after every test, and all their answers compared: `make long` does it."""
MOST_TEXTS, MOST_PARAGRAPHS = (1_000, 1_000) if EVERY_TEST else (2, 2)
"""Texts of an installation, and paragraphs of a text, whose pages are compared. The text's own page has them all."""
A_TENTH = 1 / 10
"""The share of tests, beyond the first of each act, after which tables are rebuilt, and copies for readers made."""
SEED = os.environ.setdefault("SUHBAT_TEST_SEED", str(randrange(1_000_000)))
"""What chance rests on. The processes of one run share it; the run prints it."""
FRESH = re.compile(
    r'(?<=name="key" value=")[^"-]+|(?<=data-as-of=")\d+|(?<=after=)\d+|(?<=data-after=")\d+|(?<=as of entry )\d+'
)
"""What differs between two answers to the same question: the form's one-time key, and how far the record is."""
OF_THE_INSTALLATION = ("/", "/ledger", "/compare", "/changes", "/formats", "/search?q=a", "/sitemap.xml")
OF_A_MEETING = ("", ".json", "/agenda", "/calendar.ics", "/minutes", "/minutes.json", "/papers", "/texts", "/outcomes")
IN_THE_ROOM = ("/room", "/desk", "/delegations")
OF_A_TEXT = ("", "/languages", "/copies", "/changes", "/board")


@dataclass(frozen=True)
class _Copy:
    app: App
    viewer: Viewer


_STANDS: list[Any] = []
"""The application that asks for pages of an installation or a copy, built once in a run."""


def chance(test: str) -> Random:
    """The chance of one test, the same whenever it runs with this seed."""
    return Random(f"{SEED} {test}")


def is_chosen(test: str) -> bool:
    """Whether this test is one of the tenth."""
    return chance(test).random() < A_TENTH


def assert_copies(app: App, empty: Path, folder: Path, choose: Random | None = None) -> None:
    """Make a copy for every reader, and compare its answers with those of the installation.

    Readers who may see the same entries share a copy. With `choose`, only the answers of the public and of one more
    reader are compared.
    """
    with app.database.reading() as session:
        staged = select(EntryRow.number).where(EntryRow.act.startswith("stag"), EntryRow.audience != PUBLIC)
        if session.scalar(staged.limit(1)):
            return  # acts of the tests stand for those of other packages
        readers = _readers(session)
        asked = {PUBLIC, choose.choice(sorted(readers))} if choose else readers.keys()
        for name, reader in readers.items():
            with _copy(session, reader, name, empty, folder) as copy:
                if name in asked:
                    _assert_same_answers(app, copy, name, reader, list(_addresses(session, reader)))


@contextmanager
def _copy(session: Session, reader: Viewer, name: str, empty: Path, folder: Path) -> Iterator[Database]:
    """A database made from what one reader may see. Each entry must take effect."""
    file = folder / f"copy for {name}.sqlite3"
    shutil.copy(empty, file)
    copy = Database(f"sqlite:///{file}")
    hurry(copy)
    try:
        with copy.writing() as fresh:
            result = replay_for(reader, session, fresh)
        without = [f"{row.entry.number} {row.entry.act}: {row.why}" for row in result.not_shown]
        assert not without, f"for {name}, these entries take no effect without others: {without}"
        yield copy
    finally:
        copy.close()
        file.unlink()


def _readers(session: Session) -> dict[str, Viewer]:
    """By name: the public, the secretariats, each state and each of its circles, without those who see the same."""
    states = states_of(session)
    circles = [f"{state}:{subject}" for state in states for subject in SUBJECTS]
    entries = [(row.number, row.audience, row.meeting or row.format) for row in session.execute(_AUDIENCES)]
    readers: dict[frozenset[int], tuple[str, Viewer]] = {}
    for name in (PUBLIC, SECRETARIAT, *states, *circles):
        with suppress(NoSuchReaderError):
            reader = reader_named(session, name)
            sees = frozenset(number for number, audience, place in entries if reader.scope(place).sees(audience))
            # A page shows a person without a name nothing but what is public.
            readers.setdefault(sees, (name, replace(reader, id="reader") if reader.seats else reader))
    return dict(readers.values())


_AUDIENCES = select(EntryRow.number, EntryRow.audience, EntryRow.meeting, EntryRow.format)


def _addresses(session: Session, reader: Viewer) -> Iterator[str]:
    yield from OF_THE_INSTALLATION
    for format_ in session.scalars(select(Format.id).order_by(Format.id)):
        yield from (f"/formats/{format_}", f"/formats/{format_}/glossary")
    held = select(Meeting.id).where(Meeting.origin == "held").order_by(Meeting.id)
    for meeting in session.scalars(held):
        rests = OF_A_MEETING if reader.anonymous else (*OF_A_MEETING, *IN_THE_ROOM)
        yield from (f"/meetings/{meeting}{rest}" for rest in rests)
    for text in session.scalars(select(Text).order_by(Text.id).limit(MOST_TEXTS)):
        yield from (f"/meetings/{text.meeting}/texts/{text.name}{rest}" for rest in OF_A_TEXT)
        paragraphs = select(Paragraph.id).where(Paragraph.text == text.id).order_by(Paragraph.id)
        for paragraph in session.scalars(paragraphs.limit(MOST_PARAGRAPHS)):
            yield f"/meetings/{text.meeting}/texts/{text.name}/p/{paragraph}"
    for outcome in session.scalars(select(Outcome.id).where(Outcome.origin == "held").order_by(Outcome.id)):
        yield "/outcomes/" + outcome.replace("#", "/")


def _assert_same_answers(app: App, copied: Database, name: str, reader: Viewer, addresses: list[str]) -> None:
    original = _Copy(replace(app), reader)
    copy = _Copy(replace(app, database=copied), reader)
    before = asyncio.run(_answers(original, addresses))
    after = asyncio.run(_answers(copy, addresses))
    different = [line for address in addresses for line in _difference(address, before[address], after[address])]
    assert not different, f"as {name}, the copy answers differently:\n" + "\n".join(different[:60])


def _difference(address: str, before: Answer, after: Answer) -> list[str]:
    lines = list(difflib.unified_diff(_plain(before), _plain(after), address, "on the copy", n=0, lineterm=""))
    return [line[:200] for line in lines[:12]]


def _plain(answer: Answer) -> list[str]:
    return [f"status {answer.status_code}", *FRESH.sub("", answer.text).splitlines()]


async def _answers(shown: _Copy, addresses: list[str]) -> dict[str, Answer]:
    if not _STANDS:
        stand = InTurn(shown.app)
        pages = make_pages(stand)
        provider: Any = pages.dependencies["app"]
        provider.dependency = lambda: object.__getattribute__(stand, "present")
        pages.dependencies["actor"] = Provide(lambda: VIEWER[0], sync_to_thread=False)
        _STANDS.extend([stand, pages])
    stand, pages = _STANDS
    object.__setattr__(stand, "present", shown.app)
    VIEWER[:] = [shown.viewer]
    pages.stores.get("rate_limit")._store.clear()
    return {address: await ask(pages, "GET", address, {"accept": "text/html"}) for address in addresses}


VIEWER: list[Viewer] = []
