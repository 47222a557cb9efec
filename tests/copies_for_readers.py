"""What a reader may see, as a copy of its own: made from those entries alone, it answers like the installation.

For each reader the entries that the reader may see are replayed in an empty database: each must take effect. Then the
installation and the copy are asked for the same pages, as that reader, and must give the same answers.
"""

import asyncio
import difflib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from litestar.di import Provide
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.asgi_requests import Answer, ask
from tests.fast_databases import hurry
from tests.shared_application import InTurn

from suhbat.acts.app import App
from suhbat.acts.partial_replay import replay_for
from suhbat.acts.readers import PUBLIC, SECRETARIAT, reader_named, states_of
from suhbat.acts.roles_and_seats import Viewer
from suhbat.application import make_pages
from suhbat.formats.models import Format
from suhbat.ground.database import Database
from suhbat.meetings.models import Meeting
from suhbat.outcomes.models import Outcome
from suhbat.people.standing_vocabulary import SUBJECTS
from suhbat.record.models import EntryRow
from suhbat.texts.models import Paragraph, Text

FRESH = re.compile(r'(?<=name="key" value=")[^"-]+|(?<=data-as-of=")\d+|(?<=after=)\d+|(?<=data-after=")\d+|(?<=as of entry )\d+')
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


def assert_copies(app: App, empty: Path, folder: Path, names: list[str] | None = None) -> None:
    """Make the copy of each reader (by default of all), and compare its answers."""
    with app.database.reading() as session:
        staged = select(EntryRow.number).where(EntryRow.act.startswith("stag"), EntryRow.audience != PUBLIC)
        if session.scalar(staged.limit(1)):
            return  # acts of the tests stand for those of other packages
        everyone = [PUBLIC, SECRETARIAT, *_delegations(session)]
        readers = {name: _signed_in(reader_named(session, name)) for name in everyone if not names or name in names}
        for name, reader in readers.items():
            file = folder / f"copy for {name}.sqlite3"
            shutil.copy(empty, file)
            copied = Database(f"sqlite:///{file}")
            hurry(copied)
            with copied.writing() as fresh:
                result = replay_for(reader, session, fresh)
            without = [f"{row.entry.number} {row.entry.act}: {row.why}" for row in result.not_shown]
            assert not without, f"for {name}, these entries take no effect without others: {without}"
            _assert_same_answers(app, copied, name, reader, list(_addresses(session, reader)))
            copied.close()
            file.unlink()


def _signed_in(reader: Viewer) -> Viewer:
    """The reader as a person: pages for those in a meeting are not shown to readers without a name."""
    return replace(reader, id="reader") if reader.seats else reader


def _delegations(session: Session) -> Iterator[str]:
    for state in states_of(session):
        for name in (state, *(f"{state}:{subject}" for subject in SUBJECTS)):
            try:
                reader_named(session, name)
            except ValueError:
                continue
            yield name


def _addresses(session: Session, reader: Viewer) -> Iterator[str]:
    yield from OF_THE_INSTALLATION
    for format_ in session.scalars(select(Format.id).order_by(Format.id)):
        yield from (f"/formats/{format_}", f"/formats/{format_}/glossary")
    held = select(Meeting.id).where(Meeting.origin == "held").order_by(Meeting.id)
    for meeting in session.scalars(held):
        rests = OF_A_MEETING if reader.anonymous else (*OF_A_MEETING, *IN_THE_ROOM)
        yield from (f"/meetings/{meeting}{rest}" for rest in rests)
    for text in session.scalars(select(Text).order_by(Text.id)):
        yield from (f"/meetings/{text.meeting}/texts/{text.name}{rest}" for rest in OF_A_TEXT)
        for paragraph in session.scalars(select(Paragraph.id).where(Paragraph.text == text.id).order_by(Paragraph.id)):
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
