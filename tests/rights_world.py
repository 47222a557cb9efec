"""One meeting with everything in it that could leak, and every role that might look.

Packages give the walk samples of their acts and addresses, in a `rights_samples.py` beside their tests:

- `plant(world)` performs acts that hide secrets where only some may see them: `world.secret("delegation:KZ")` returns
  a word to hide, and the walk then looks for it in every page and stream;
- `ACTS` has, for each act of the package, an input that is in order for somebody (a dict, or a function of the world,
  which may first perform other acts: the meeting is put back afterwards);
- `PAGES` has, for each route of the package with a parameter (`{name:str}`), the addresses to look at.

No act, address or form may show anyone a secret that `Actor.scope` does not let them see.
"""

import importlib.util
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from tests.fast_databases import hurry

from suhbat.acts import Decision, Input, Occasion
from suhbat.acts.app import App
from suhbat.acts.door import Done
from suhbat.acts.registry import REGISTRY, Act
from suhbat.acts.roles_and_seats import ADMINISTRATION, PUBLIC_READER, SYSTEM, Actor, Role
from suhbat.application import make_app
from suhbat.ground.database import Base
from suhbat.ground.language import lazy
from suhbat.ground.settings import Settings
from suhbat.people.models import ORGANISER_KEY, SeatRow
from suhbat.people.queries import actor_for
from suhbat.record.reading import head_number

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "src" / "suhbat").glob("*/tests/rights_samples.py"))
"""The samples of every package that has some."""
FORMAT, MEETING = "ca-japan", "ca-japan/2020-08-11-special"
OTHER_FORMAT = "ca-other"
ELSEWHERE, LATER = "ca-japan/2019-other", "ca-japan/2021-later"
STATES = ["JP", "KZ", "KG", "TJ", "TM", "UZ"]
MARK = "<img src=x>"
"""Stands behind every secret: unescaped on a page, it would let a script in."""
WORD = re.compile(r"kanarek\d{3}")
"""The pattern of every secret."""
SEATS: dict[str, tuple[Role, str, str]] = {
    "secretariat": (Role.SECRETARIAT, MEETING, ""),
    "chair": (Role.CHAIR, MEETING, "JP"),
    "head": (Role.HEAD, MEETING, "KZ"),
    "alternate": (Role.ALTERNATE, MEETING, "KZ"),
    "delegate": (Role.DELEGATE, MEETING, "KZ"),
    "adviser": (Role.ADVISER, MEETING, "KZ"),
    "assistant": (Role.ASSISTANT, MEETING, "KZ"),
    "other head": (Role.HEAD, MEETING, "UZ"),
    "host's head": (Role.HEAD, MEETING, "JP"),
    "observer": (Role.OBSERVER, MEETING, ""),
    "interpreter": (Role.INTERPRETER, MEETING, ""),
    "note-taker": (Role.NOTE_TAKER, MEETING, ""),
    "head elsewhere": (Role.HEAD, ELSEWHERE, "KZ"),
    "secretariat elsewhere": (Role.SECRETARIAT, ELSEWHERE, ""),
    "chair elsewhere": (Role.CHAIR, ELSEWHERE, "JP"),
    "chair later": (Role.CHAIR, LATER, "JP"),
    "delegate later": (Role.DELEGATE, LATER, "KZ"),
}
STANDING_SEATS: dict[str, tuple[str, str, str, str, str]] = {
    "promises chief": ("head elsewhere", FORMAT, "KZ", "promises", "chief"),
    "promises of the partner": ("clerk", FORMAT, "JP", "promises", "chief"),
    "health chief": ("head elsewhere", FORMAT, "KZ", "health", "chief"),
    "promises elsewhere": ("clerk elsewhere", OTHER_FORMAT, "KZ", "promises", "chief"),
}
"""Who answers between meetings: named by whom, in which format, for which state and subject, with which rank."""
CLOSED_AT = {
    FORMAT: ["delegations", "members", "secretariat", "circle:promises", "circle:promises:JP+KZ", "circle:promises:JP",
             "circle:health", "circle:health:KZ+UZ"],
    MEETING: ["delegations", "members", "booths"],
    OTHER_FORMAT: ["circle:promises", "members"],
}  # fmt: skip
"""By place: audiences for which an entry with a secret is planted, beside what packages plant."""


@dataclass
class Secret:
    """A hidden word, who may see it, and where it was hidden."""

    word: str
    audiences: tuple[str, ...]
    """As in entries; `role:chair` for what one role sees for another reason."""
    where: str
    meeting: str
    seen: set[str] = field(default_factory=set)


class _Undone(Exception):  # noqa: N818
    """Rolls a transaction back."""


class World:
    def __init__(self, folder: Path) -> None:
        self.at = datetime(2020, 8, 11, 6, 0, tzinfo=UTC)
        (folder / "data").mkdir(parents=True)
        self._open(folder)
        Base.metadata.create_all(self.app.database.engine)
        self.format, self.meeting, self.elsewhere, self.later = FORMAT, MEETING, ELSEWHERE, LATER
        self.people: dict[str, str] = {}
        self.secrets: list[Secret] = []
        self.notes: dict[str, Any] = {}
        """What packages note in `plant` for their samples."""
        self.samples = [_module(path) for path in SAMPLES]
        self._convene()
        plant_entries(self)
        for module in self.samples:
            getattr(module, "plant", lambda _world: None)(self)
        self.save()

    def copied(self, folder: Path, *, production: bool = False) -> "World":
        """The same world as it was saved, in a folder and an installation of its own."""
        copied = copy(self)
        copied.at = self._saved_at
        shutil.copytree(self.settings.data, folder / "data")
        shutil.copyfile(self._saved, folder / "saved.sqlite3")
        copied._open(folder, production=production)
        copied.people, copied.notes = dict(self.people), dict(self.notes)
        copied.secrets = [replace(secret, seen=set()) for secret in self.secrets]
        copied.put_back()
        return copied

    def _open(self, folder: Path, *, production: bool = False) -> None:
        self.settings = Settings(data=folder / "data", rehearsal=not production, production=production)
        self.app: App = make_app(self.settings, self.clock)
        hurry(self.app.database)
        self._saved = folder / "saved.sqlite3"

    def clock(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    # --- for packages -------------------------------------------------------------------------------------------

    def secret(self, *audiences: str, where: str, meeting: str = MEETING) -> str:
        """A new word to hide where only these audiences may see it."""
        word = f"kanarek{len(self.secrets):03}"
        assert WORD.fullmatch(word)
        self.secrets.append(Secret(word, audiences, where, meeting))
        return f"{word} {MARK}"

    def person(self, role: str) -> str:
        return self.people[role]

    def actor(self, role: str) -> Actor:
        """Someone with their present seats; `public` is anyone, `operator` has the command line."""
        if role == "operator":
            return ADMINISTRATION
        with self.app.database.reading() as session:
            return actor_for(session, self.people.get(role, ""))

    def do(self, role: str, act: str, inputs: dict[str, Any] | None = None, /, **fields: Any) -> Done:
        """Perform an act: with this input, or at the meeting with these fields."""
        whole = inputs if inputs is not None else {"meeting": MEETING, **fields}
        return self.app.door.perform(self.actor(role), act, whole)

    def do_as_the_system(self, act: str, inputs: dict[str, Any]) -> Done:
        """Perform an act that only the server itself may."""
        return self.app.door.perform(SYSTEM, act, inputs)

    def one(self, query: Any) -> Any:
        """The first value of a query."""
        with self.app.database.reading() as session:
            first = session.scalars(query).first()
            session.expunge_all()
            return first

    # --- for the walks -------------------------------------------------------------------------------------------

    @property
    def roles(self) -> list[str]:
        return ["public", "administrator", "editor", "clerk", "clerk elsewhere", *SEATS, *STANDING_SEATS]

    def acts(self) -> dict[str, Any]:
        return {name: inputs for module in self.samples for name, inputs in getattr(module, "ACTS", {}).items()}

    def pages(self) -> dict[str, Callable[["World"], list[str]]]:
        return {path: of for module in self.samples for path, of in getattr(module, "PAGES", {}).items()}

    @staticmethod
    def may_see(role: str, actor: Actor, secret: Secret) -> bool:
        scope = actor.scope(secret.meeting)
        return any(scope.sees(audience) or audience == f"role:{role}" for audience in secret.audiences)

    def save(self) -> None:
        """Save the present database and time."""
        with self.app.database.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        self.app.database.close()
        shutil.copyfile(self._file, self._saved)
        self._saved_at = self.at

    def put_back(self) -> None:
        """Put the saved database and time back."""
        self.app.database.close()
        for suffix in ("-wal", "-shm"):
            Path(f"{self._file}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self._saved, self._file)
        self.at = self._saved_at

    @property
    def size(self) -> int:
        with self.app.database.reading() as session:
            return head_number(session)

    @property
    def _file(self) -> Path:
        return self.settings.data / "suhbat.sqlite3"

    @contextmanager
    def looking_only(self) -> Iterator[None]:
        """Roll back the transaction of every act that is performed: nothing is saved."""
        database = self.app.database

        transaction = database.transaction

        @contextmanager
        def rolled_back() -> Iterator[Any]:
            with suppress(_Undone), transaction() as connection:
                yield connection
                raise _Undone

        listeners, self.app.door.listeners = self.app.door.listeners, []
        vars(database)["transaction"] = rolled_back
        try:
            yield
        finally:
            del vars(database)["transaction"]
            self.app.door.listeners = listeners

    def _convene(self) -> None:
        founding = {"format": FORMAT, "name": "Central Asia plus Japan", "kind": "n-plus-one", "members": STATES[1:],
                    "partners": ["JP"], "levels": ["ministerial"], "publish": True}  # fmt: skip
        self.do("operator", "format.founded", founding)
        self._take("clerk", "operator", Role.SECRETARIAT, FORMAT, "")
        for slug, title in (
            (MEETING, "Special video conference"),
            (ELSEWHERE, "Another meeting"),
            (LATER, "A later one"),
        ):
            convening = {"format": FORMAT, "slug": slug.partition("/")[2], "title": title, "level": "ministerial",
                         "mode": "video", "zone": "Asia/Tokyo", "opens": "2020-08-11T16:00", "closes":
                         "2020-08-11T18:00", "chair_state": "JP", "delegations": STATES, "rehearsal": slug == MEETING,
                         "certain": True,
                         "items": [{"title": "The health crisis"}, {"title": "Trade"}]}  # fmt: skip
            self.do("clerk", "meeting.convened", convening)
            self.do("clerk", "meeting.released", {"meeting": slug})
        for role, (kind, place, state) in SEATS.items():
            self._take(role, "clerk", kind, place, state)
        self.do("operator", "format.founded", founding | {"format": OTHER_FORMAT, "name": "Another dialogue"})
        self._take("clerk elsewhere", "operator", Role.SECRETARIAT, OTHER_FORMAT, "")
        for role, (by, format_, state, subject, rank) in STANDING_SEATS.items():
            naming = {"format": format_, "state": state, "subject": subject, "rank": rank, "name": f"The {role}"}
            self.people[role] = self._by(self.do(by, "standing.named", naming).reply["link"])
        for office in ("administrator", "editor"):
            link = self.do("operator", f"{office}.named", {"name": f"The {office}"}).reply["link"]
            self.people[office] = self._by(link)

    def _take(self, role: str, by: str, kind: Role, place: str, state: str) -> None:
        inputs = {"meeting" if "/" in place else "format": place, "role": str(kind), "name": f"The {role}",
                "state": state, ORGANISER_KEY: role in {"head", "other head"}}  # fmt: skip
        self.people[role] = self._by(self.do(by, "seat.offered", inputs).reply["link"])

    def _by(self, link: str) -> str:
        secret = link.rsplit("/", 1)[1]
        return str(self.app.door.perform(PUBLIC_READER, "seat.taken", {"secret": secret}).reply["person"])

    def seat(self, role: str) -> str:
        """The id of someone's seat."""
        return str(self.one(select(SeatRow.id).where(SeatRow.person == self.people[role])))


class Note(Input, frozen=True, kw_only=True):
    """What is noted, where, and who may read it."""

    meeting: str = ""
    format: str = ""
    audience: str
    words: str


def plant_entries(world: World) -> None:
    """Entries for audiences that no act has yet: by an act that is there for this moment alone, through the door."""

    def note(_occasion: Occasion, inputs: Note) -> Decision[Any]:
        return Decision({"words": inputs.words}, audience=inputs.audience)

    everyone = frozenset({Role.ADMINISTRATOR})
    REGISTRY["planted.noted"] = Act("planted.noted", lazy("Note"), everyone, "public", Note, note)
    try:
        for place, audiences in CLOSED_AT.items():
            for audience in audiences:
                words = world.secret(audience, where=f"a note for {audience} of {place}", meeting=place)
                inputs = {"meeting" if "/" in place else "format": place, "audience": audience, "words": words}
                world.do("operator", "planted.noted", inputs)
    finally:
        del REGISTRY["planted.noted"]


def _module(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"rights_samples_{path.parts[-3]}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
