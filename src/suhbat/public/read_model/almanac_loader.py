"""Loads the public facts from the tables. Facts that are not public stop here.

- A format that is a draft or hidden is not shown.
- A draft meeting is not shown, nor a meeting that was cancelled as a draft.
- Of a meeting held here, an outcome is shown once it is published; the agenda once it was released to anyone;
  the names of delegates once the summary record is published. Reported facts are always public.
- The number of queries is the same for one meeting and for all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, Text, cast, or_, select
from sqlalchemy.orm import Session

from suhbat.acts.registry import body_of
from suhbat.formats.models import Format as FormatRow
from suhbat.formats.models import Membership
from suhbat.formats.models import Source as SourceRow
from suhbat.meetings.models import Delegation as DelegationRow
from suhbat.meetings.models import Document
from suhbat.meetings.models import Meeting as MeetingRow
from suhbat.outcomes.models import Delivery as DeliveryRow
from suhbat.outcomes.models import Outcome as OutcomeRow
from suhbat.public.models import KnownPerson
from suhbat.public.read_model.fact_types import (
    HELD,
    REPORTED,
    Amount,
    Delegation,
    Delivery,
    Format,
    Meeting,
    Member,
    Outcome,
    Person,
    Source,
)
from suhbat.public.read_model.interning import Shared
from suhbat.record.audiences import PUBLIC
from suhbat.record.entries import Entry
from suhbat.record.models import EntryRow
from suhbat.record.reading import entry_of

Ids = Sequence[str] | None
"""Ids of the formats or meetings to load; None for all."""


def load_formats(session: Session, ids: Ids = None, *, hidden: bool = False) -> list[Format]:
    """Load the formats that anyone may know of, or those that are hidden, with their members and sources."""
    members: dict[str, list[Member]] = defaultdict(list)
    t = Membership.__table__.c
    for row in session.execute(
        _only(select(t.format, t.state, t.role, t.since, t.until), t.format, ids).order_by(t.format, t.position)
    ):
        members[row[0]].append(Member(*row[1:]))
    c = FormatRow.__table__.c
    query = _only(select(*(c[name] for name in _FORMAT)), c.id, ids).order_by(c.id)
    query = query.where(FormatRow.hidden if hidden else ~FormatRow.hidden)
    sources = _sources(session, ids, formats=True, shared=Shared())
    return [
        Format(**{name: row[name] for name in _FORMAT}, members=members[row["id"]], sources=sources[row["id"]])
        for row in session.execute(query).mappings()
    ]


_FORMAT = (
    "id", "name", "short_name", "native_names", "kind", "established", "levels", "secretariat", "summary", "notes",
    "origin", "entry",
)  # fmt: skip


def load_people(session: Session) -> list[Person]:
    """Load all persons of the public record."""
    c = KnownPerson.__table__.c
    return [Person(*row) for row in session.execute(select(c.id, c.name, c.variants, c.state, c.offices))]


def load_meetings(session: Session, ids: Ids = None) -> list[Meeting]:
    """Load the meetings that anyone may know of, with all their public facts."""
    c = MeetingRow.__table__.c
    query = _only(select(*(_json_as_text(c[name]) for name in _MEETING)), c.id, ids).where(~MeetingRow.hidden)
    rows = session.execute(query).mappings().all()
    names_public = {row["id"]: row["origin"] == REPORTED or row["status"] == "published" for row in rows}
    shared = Shared()
    delegations = _delegations(session, ids, names_public, shared)
    outcomes = _outcomes(session, ids, {row["id"]: row for row in rows}, shared)
    documents = _documents(session, ids)
    sources = _sources(session, ids, formats=False, shared=shared)
    agendas = _agendas(session, [row["id"] for row in rows if row["origin"] == HELD])
    present = _present(session, [row["id"] for row in rows if row["origin"] == HELD and names_public[row["id"]]])
    return [
        Meeting(
            **{name: row[name] if name in _OWN else shared.of(row[name]) for name in _PLAIN},
            topics=shared.read(row["topics"]),
            chair=_chair(row, shared, named=names_public[row["id"]]),
            agenda=agendas.get(row["id"], NOTHING),
            delegations=delegations.get(row["id"], NOTHING),
            documents=documents.get(row["id"], NOTHING),
            sources=sources.get(row["id"], NOTHING),
            outcomes=outcomes.get(row["id"], NOTHING),
            present=present.get(row["id"]),
        )
        for row in rows
    ]


NOTHING: list[Any] = []
"""The empty list that most meetings and outcomes have in some field; one object for all, since facts never change."""
_OWN = {"id", "title", "notes", "number", "entry", "rehearsal"}
"""Fields that are not interned: their values are unique, or only numbers."""
_PLAIN = (
    "id", "format", "number", "title", "level", "mode", "starts", "ends", "opens_at", "closes_at", "zone", "city",
    "country", "status", "origin", "rehearsal", "confidence", "notes", "entry",
)  # fmt: skip
_MEETING = (*_PLAIN, "topics", "chair_state", "chair_name", "chair_office")


def _json_as_text(column: Any) -> ColumnElement[Any]:
    """A JSON column as text, any other as it is. Most rows contain one of a few texts, and each is parsed once."""
    return cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column


def _only(query: Select[Any], column: ColumnElement[Any], ids: Ids) -> Select[Any]:
    return query if ids is None else query.where(column.in_(ids))


def _chair(row: Any, shared: Shared, *, named: bool) -> Delegation | None:
    if not row["chair_state"]:
        return None
    name, office = (row["chair_name"], row["chair_office"]) if named else (None, None)
    return Delegation(
        shared.of(row["chair_state"]), observer=False, name=shared.of(name), office=shared.of(office), others=NOTHING
    )


def _delegations(
    session: Session, ids: Ids, names_public: dict[str, bool], shared: Shared
) -> dict[str, list[Delegation]]:
    by_meeting: dict[str, list[Delegation]] = defaultdict(list)
    c = DelegationRow.__table__.c
    query = select(c.meeting, c.state, c.observer, c.head_name, c.head_office, _json_as_text(c.others))
    for meeting, state, observer, name, office, others in session.execute(
        _only(query, c.meeting, ids).order_by(c.meeting, c.position)
    ):
        if names_public.get(meeting):
            delegation = Delegation(
                shared.of(state), observer, shared.of(name), shared.of(office), shared.read(others) or NOTHING
            )
        elif meeting in names_public:
            delegation = Delegation(shared.of(state), observer, None, None, NOTHING)
        else:
            continue
        if not delegation.others:
            delegation = shared.by_key((state, observer, delegation.name, delegation.office), delegation)
        by_meeting[meeting].append(delegation)
    return by_meeting


def _outcomes(session: Session, ids: Ids, meetings: dict[str, Any], shared: Shared) -> dict[str, list[Outcome]]:
    deliveries: dict[str, list[Delivery]] = defaultdict(list)
    d, c = DeliveryRow.__table__.c, OutcomeRow.__table__.c
    query = select(d.outcome, d.date, d.state, d.value, d.currency, d.qualifier, d.summary, d.source, d.entry)
    if ids is not None:
        query = query.where(d.outcome.in_(select(c.id).where(c.meeting.in_(ids))))
    for delivery in session.execute(query.order_by(d.outcome, d.position)):
        amount = _amount(delivery.value, shared.of(delivery.currency), shared.of(delivery.qualifier))
        deliveries[delivery.outcome].append(
            Delivery(
                shared.of(delivery.date),
                shared.of(delivery.state),
                amount,
                delivery.summary,
                delivery.source,
                delivery.entry,
            )
        )
    by_meeting: dict[str, list[Outcome]] = defaultdict(list)
    columns = [
        _json_as_text(c[name]) for name in (*_OUTCOME, *_LISTS, "value", "currency", "qualifier", "as_said", "meeting")
    ]
    published = _only(select(*columns), c.meeting, ids).where(c.status == "published")
    for row in session.execute(published.order_by(c.meeting, c.position, c.id)).mappings():
        meeting = meetings.get(row["meeting"])
        if meeting is None:
            continue
        by_meeting[meeting["id"]].append(
            Outcome(
                **{name: row[name] if name in _OWN_OF_OUTCOME else shared.of(row[name]) for name in _OUTCOME},
                **{name: shared.read(row[name]) for name in _LISTS},
                meeting=meeting["id"],
                format=shared.of(meeting["format"]),
                day=shared.of(meeting["starts"]),
                amount=_amount(row["value"], shared.of(row["currency"]), shared.of(row["qualifier"]), row["as_said"]),
                deliveries=deliveries.get(row["id"], NOTHING),
            )
        )
    return by_meeting


_OUTCOME = (
    "id", "position", "kind", "topic", "title", "summary", "due", "part_of", "part_of_confidence",
    "follows", "follows_as", "fulfilled_by", "origin", "state", "entry", "changed", "intervention",
)  # fmt: skip


_LISTS = ("by", "to", "sources")
_OWN_OF_OUTCOME = {"id", "position", "title", "summary", "entry", "changed", "intervention"}


def _amount(value: int | None, currency: str, qualifier: str, as_said: str = "") -> Amount | None:
    if value is None:
        return None
    amount: Amount = {"value": value, "currency": currency, "qualifier": qualifier or "exact"}
    return amount | {"as_said": as_said} if as_said else amount


def _documents(session: Session, ids: Ids) -> dict[str, list[dict[str, str]]]:
    by_meeting: dict[str, list[dict[str, str]]] = defaultdict(list)
    c = Document.__table__.c
    for row in session.execute(_only(select(c.meeting, c.title, c.url, c.language), c.meeting, ids).order_by(c.id)):
        by_meeting[row.meeting].append({"title": row.title, "url": row.url, "language": row.language})
    return by_meeting


def _sources(session: Session, ids: Ids, *, formats: bool, shared: Shared) -> dict[str, list[Source]]:
    by_owner: dict[str, list[Source]] = defaultdict(list)
    c = SourceRow.__table__.c
    query = _only(select(c.of, c.n, c.url, c.publisher, c.date), c.of, ids)
    if ids is None:
        slashed = c.of.like("%/%")
        query = query.where(~slashed if formats else slashed)
    for of, n, url, publisher, date in session.execute(query.order_by(c.of, c.n)):
        by_owner[of].append(Source(n, url, shared.of(publisher), shared.of(date)))
    return by_owner


def _agendas(session: Session, meetings: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The agenda of meetings held here, if a public entry has released it."""
    ids = list(meetings)
    if not ids:
        return {}
    agendas: dict[str, list[dict[str, Any]]] = {}
    for entry in _public_entries(session, ids, "agenda.released"):
        agendas[entry.meeting] = [
            {"id": item.id, "title": item.title, "topic": item.topic, "parent": item.parent}
            for item in body_of(entry).items
        ]
    return agendas


def _present(session: Session, published: list[str]) -> dict[str, list[str]]:
    """The delegations at meetings held here, by the record: present at the opening, or given the floor."""
    if not published:
        return {}
    by_meeting: dict[str, dict[str, None]] = {}
    for entry in _public_entries(session, published, "meeting.opened", "floor.given"):
        body = body_of(entry)
        for state in body.present if entry.act == "meeting.opened" else [body.delegation]:
            by_meeting.setdefault(entry.meeting, {})[state] = None
    return {meeting: list(states) for meeting, states in by_meeting.items()}


def _public_entries(session: Session, meetings: Iterable[str], *acts: str) -> Iterator[Entry]:
    """The entries of these acts at these meetings that anyone may see, in order."""
    public = or_(EntryRow.audience == PUBLIC, EntryRow.released_by.is_not(None))
    query = select(EntryRow).where(EntryRow.meeting.in_(meetings), EntryRow.act.in_(acts), public)
    return (entry_of(row) for row in session.scalars(query.order_by(EntryRow.number)))
