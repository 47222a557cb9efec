"""The facts that anyone may read, as plain values. Pages, feeds and downloads are made of them."""

from typing import Any

import msgspec

# Facts never refer back to the object that contains them, so the garbage collector may skip them (`gc=False`).
HELD, REPORTED = "held", "reported"

Amount = dict[str, Any]
"""`{value, currency, qualifier, as_said}`: the value in whole units of the currency, and the original words."""


class Source(msgspec.Struct, frozen=True, gc=False):
    """Where a fact was published; `n` is its number within the format or meeting."""

    n: int
    url: str
    publisher: str
    date: str | None


class Delivery(msgspec.Struct, frozen=True, gc=False):
    """What became of an outcome: one report. `entry` is the entry of the record that says so."""

    date: str | None
    state: str
    amount: Amount | None
    summary: str
    source: int | None
    entry: int


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What a meeting left behind. `day` is the meeting's first day."""

    id: str
    meeting: str
    format: str
    day: str
    position: int
    kind: str
    by: list[str]
    to: list[str]
    topic: str
    title: str
    summary: str
    amount: Amount | None
    due: str | None
    part_of: str | None
    part_of_confidence: str
    follows: str | None
    follows_as: str
    fulfilled_by: str | None
    sources: list[int]
    origin: str
    state: str
    entry: int
    changed: int
    intervention: int | None
    deliveries: list[Delivery]

    @property
    def path(self) -> str:
        """The permanent address."""
        return "/outcomes/" + self.id.replace("#", "/")

    @property
    def name(self) -> str:
        """The name within the meeting."""
        return self.id.partition("#")[2]


class Delegation(msgspec.Struct, frozen=True, gc=False):
    """A state at a meeting, and who of it is named."""

    state: str
    observer: bool
    name: str | None
    office: str | None
    others: list[dict[str, Any]]


class Meeting(msgspec.Struct, frozen=True, gc=False):
    """One gathering, as far as anyone may know of it."""

    id: str
    format: str
    number: int | None
    title: str
    level: str
    mode: str | None
    starts: str
    ends: str | None
    opens_at: str | None
    closes_at: str | None
    zone: str
    city: str | None
    country: str | None
    chair: Delegation | None
    topics: list[str]
    agenda: list[dict[str, Any]]
    """Released items of a meeting held here: `{id, title, topic}`."""
    status: str
    origin: str
    rehearsal: bool
    confidence: str
    notes: str | None
    entry: int
    delegations: list[Delegation]
    documents: list[dict[str, str]]
    sources: list[Source]
    outcomes: list[Outcome]
    present: list[str] | None = None
    """Of a meeting held here whose record is published: who was there at its opening or spoke. None: not recorded."""

    @property
    def path(self) -> str:
        """The permanent address."""
        return "/meetings/" + self.id

    @property
    def year(self) -> int:
        """The year of the first day."""
        return int(self.starts[:4])


class Member(msgspec.Struct, frozen=True, gc=False):
    """A state or organisation in a format."""

    state: str
    role: str
    since: str | None
    until: str | None


class Format(msgspec.Struct, frozen=True, gc=False):
    """A standing dialogue."""

    id: str
    name: str
    short_name: str
    native_names: dict[str, str]
    kind: str
    established: str | None
    levels: list[str]
    secretariat: dict[str, Any] | None
    summary: str
    notes: list[str]
    origin: str
    entry: int
    members: list[Member]
    sources: list[Source]

    @property
    def path(self) -> str:
        """The permanent address."""
        return "/formats/" + self.id


class Person(msgspec.Struct, frozen=True, gc=False):
    """Someone whom sources name."""

    id: str
    name: str
    variants: list[str]
    state: str
    offices: list[dict[str, Any]]

    @property
    def path(self) -> str:
        """The permanent address."""
        return "/people/" + self.id
