"""One meeting with everything in it that could leak, and everyone who might look.

Rooms tell the walk how to fill in their acts and addresses in a `rights_samples.py` beside their tests:

- `plant(world)` performs acts that hide secrets where only some may see them: `world.secret("delegation:KZ")` gives a
  word to hide, and the walk then looks for it in whatever anyone is shown;
- `ACTS` gives, for each act of the room, a wish that is in order for somebody (a dict, or a function of the world,
  which may perform acts of its own before: the meeting is put back afterwards);
- `PAGES` gives, for each route of the room with a part of its own (`{name:str}`), the addresses to look at.

Whatever an act, an address or a form shows, nobody may find a secret that `Actor.scope` does not let them see.
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
from tests.hurried import hurry

from suhbat.acts.actors import ADMINISTRATION, PUBLIC_READER, SYSTEM, Actor, Role
from suhbat.acts.door import Done
from suhbat.acts.house import House
from suhbat.application import make_house
from suhbat.ground.database import Base
from suhbat.ground.settings import Settings
from suhbat.people.models import ORGANISER_KEY, SeatRow
from suhbat.people.queries import actor_for
from suhbat.record.reading import head_number

ROOT = Path(__file__).parent.parent
ROOMS = ("people", "formats", "meetings", "floor", "texts", "outcomes", "minutes", "rehearsal", "archive", "public",
         "record", "acts", "ground")  # fmt: skip
FORMAT, MEETING = "ca-japan", "ca-japan/2020-08-11-special"
ELSEWHERE, LATER = "ca-japan/2019-other", "ca-japan/2021-later"
STATES = ["JP", "KZ", "KG", "TJ", "TM", "UZ"]
MARK = "<img src=x>"
"""Every secret carries it: shown as it is on a page, it would be a script's way in."""
WORD = re.compile(r"kanarek\d{3}")
"""What every secret is found by."""
SEATS: dict[str, tuple[Role, str, str]] = {
    "secretariat": (Role.SECRETARIAT, MEETING, ""),
    "chair": (Role.CHAIR, MEETING, "JP"),
    "head": (Role.HEAD, MEETING, "KZ"),
    "alternate": (Role.ALTERNATE, MEETING, "KZ"),
    "delegate": (Role.DELEGATE, MEETING, "KZ"),
    "adviser": (Role.ADVISER, MEETING, "KZ"),
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


@dataclass
class Secret:
    """A word hidden somewhere, who may see it, and where it was hidden."""

    word: str
    audiences: tuple[str, ...]
    """As entries have them; `role:chair` for what one role sees otherwise."""
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
        Base.metadata.create_all(self.house.database.engine)
        self.format, self.meeting, self.elsewhere, self.later = FORMAT, MEETING, ELSEWHERE, LATER
        self.people: dict[str, str] = {}
        self.secrets: list[Secret] = []
        self.notes: dict[str, Any] = {}
        """What rooms want to remember between planting and filling in."""
        self.samples = [found for room in ROOMS if (found := _samples(room))]
        self._convene()
        for room in self.samples:
            getattr(room, "plant", lambda _world: None)(self)
        self.keep()

    def copied(self, folder: Path) -> "World":
        """The same world as it was remembered, in a folder and a house of its own."""
        made = copy(self)
        made.at = self._then
        shutil.copytree(self.settings.data, folder / "data")
        shutil.copyfile(self._kept, folder / "kept.sqlite3")
        made._open(folder)
        made.people, made.notes = dict(self.people), dict(self.notes)
        made.secrets = [replace(secret, seen=set()) for secret in self.secrets]
        made.put_back()
        return made

    def _open(self, folder: Path) -> None:
        self.settings = Settings(data=folder / "data", rehearsal=True)
        self.house: House = make_house(self.settings, self.clock)
        hurry(self.house.database)
        self._kept = folder / "kept.sqlite3"

    def clock(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at

    # --- what rooms use -------------------------------------------------------------------------------------------

    def secret(self, *audiences: str, where: str, meeting: str = MEETING) -> str:
        """A word to hide where only these audiences may see it."""
        word = f"kanarek{len(self.secrets):03}"
        assert WORD.fullmatch(word)
        self.secrets.append(Secret(word, audiences, where, meeting))
        return f"{word} {MARK}"

    def person(self, role: str) -> str:
        return self.people[role]

    def actor(self, role: str) -> Actor:
        """Someone as they stand now; `public` is anyone, `operator` has the command line."""
        if role == "operator":
            return ADMINISTRATION
        with self.house.database.reading() as session:
            return actor_for(session, self.people.get(role, ""))

    def do(self, who: str, act: str, wish: dict[str, Any] | None = None, /, **more: Any) -> Done:
        """Perform an act: with this wish, or at the meeting with these fields."""
        given = wish if wish is not None else {"meeting": MEETING, **more}
        return self.house.door.perform(self.actor(who), act, given)

    def do_as_the_house(self, act: str, wish: dict[str, Any]) -> Done:
        """Perform an act that only the house itself may."""
        return self.house.door.perform(SYSTEM, act, wish)

    def one(self, query: Any) -> Any:
        """The first value of a query."""
        with self.house.database.reading() as session:
            found = session.scalars(query).first()
            session.expunge_all()
            return found

    # --- the walk's own -------------------------------------------------------------------------------------------

    @property
    def roles(self) -> list[str]:
        return ["public", "administrator", "editor", "clerk", *SEATS]

    def acts(self) -> dict[str, Any]:
        return {name: wish for room in self.samples for name, wish in getattr(room, "ACTS", {}).items()}

    def pages(self) -> dict[str, Callable[["World"], list[str]]]:
        return {path: give for room in self.samples for path, give in getattr(room, "PAGES", {}).items()}

    @staticmethod
    def may_see(role: str, actor: Actor, secret: Secret) -> bool:
        scope = actor.scope(secret.meeting)
        return any(scope.sees(audience) or audience == f"role:{role}" for audience in secret.audiences)

    def keep(self) -> None:
        """Remember how things stand."""
        with self.house.database.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        self.house.database.close()
        shutil.copyfile(self._file, self._kept)
        self._then = self.at

    def put_back(self) -> None:
        """Put everything back as it was remembered."""
        self.house.database.close()
        for suffix in ("-wal", "-shm"):
            Path(f"{self._file}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self._kept, self._file)
        self.at = self._then

    @property
    def size(self) -> int:
        with self.house.database.reading() as session:
            return head_number(session)

    @property
    def _file(self) -> Path:
        return self.settings.data / "suhbat.sqlite3"

    @contextmanager
    def looking_only(self) -> Iterator[None]:
        """Let acts be performed through the door for the look of it: nothing is kept."""
        database = self.house.database

        transaction = database.transaction

        @contextmanager
        def undone() -> Iterator[Any]:
            with suppress(_Undone), transaction() as connection:
                yield connection
                raise _Undone

        listeners, self.house.door.listeners = self.house.door.listeners, []
        vars(database)["transaction"] = undone
        try:
            yield
        finally:
            del vars(database)["transaction"]
            self.house.door.listeners = listeners

    def _convene(self) -> None:
        found = {"format": FORMAT, "name": "Central Asia plus Japan", "kind": "n-plus-one", "members": STATES[1:],
                 "partners": ["JP"], "levels": ["ministerial"]}  # fmt: skip
        self.do("operator", "format.founded", found)
        self._take("clerk", "operator", Role.SECRETARIAT, FORMAT, "")
        for slug, title in (
            (MEETING, "Special video conference"),
            (ELSEWHERE, "Another meeting"),
            (LATER, "A later one"),
        ):
            convening = {"format": FORMAT, "slug": slug.partition("/")[2], "title": title, "level": "ministerial",
                         "mode": "video", "zone": "Asia/Tokyo", "opens": "2020-08-11T16:00", "closes":
                         "2020-08-11T18:00", "chair_state": "JP", "delegations": STATES, "rehearsal": slug == MEETING,
                         "items": [{"title": "The health crisis"}, {"title": "Trade"}]}  # fmt: skip
            self.do("clerk", "meeting.convened", convening)
            self.do("clerk", "meeting.released", {"meeting": slug})
        for role, (kind, place, state) in SEATS.items():
            self._take(role, "clerk", kind, place, state)
        for kind in ("administrator", "editor"):
            link = self.do("operator", f"{kind}.named", {"name": f"The {kind}"}).reply["link"]
            self.people[kind] = self._by(link)

    def _take(self, role: str, by: str, kind: Role, place: str, state: str) -> None:
        wish = {"meeting" if "/" in place else "format": place, "role": str(kind), "name": f"The {role}",
                "state": state, ORGANISER_KEY: role in {"head", "other head"}}  # fmt: skip
        self.people[role] = self._by(self.do(by, "seat.offered", wish).reply["link"])

    def _by(self, link: str) -> str:
        secret = link.rsplit("/", 1)[1]
        return str(self.house.door.perform(PUBLIC_READER, "seat.taken", {"secret": secret}).reply["person"])

    def seat(self, role: str) -> str:
        """The id of someone's seat."""
        return str(self.one(select(SeatRow.id).where(SeatRow.person == self.people[role])))


def _samples(room: str) -> Any:
    path = ROOT / "src" / "suhbat" / room / "tests" / "rights_samples.py"
    if not path.exists():
        return None
    spec = importlib.util.spec_from_file_location(f"rights_samples_{room}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
