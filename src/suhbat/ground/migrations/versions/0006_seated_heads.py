"""who sits as head of each delegation, and which head presides"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ENTRY = sa.table("entry", *(sa.column(name) for name in ("number", "act", "meeting")), sa.column("body", sa.JSON))
SEAT = sa.table(
    "seat",
    *(sa.column(name) for name in ("id", "person", "role", "place", "state", "office", "vacated", "presides")),
)
PERSON = sa.table("person", sa.column("id"), sa.column("name"))
MEETING = sa.table("meeting", sa.column("id"), sa.column("chair_state"))
DELEGATION = sa.table(
    "delegation",
    *(sa.column(name) for name in ("meeting", "state", "head_name", "head_office")),
    sa.column("seated", sa.JSON),
)
OF_SEATS = frozenset({"seat.taken", "seat.vacated", "rehearsal.seat_taken"})
OF_DELEGATIONS = frozenset({"credentials.presented", "delegation.withdrawn", "delegation.invited"})
ENDS = {"meeting.closed": "closed", "meeting.cancelled": "cancelled", "minutes.published": "published"}
"""The acts from which on a head who gives up the seat stays named."""


def upgrade() -> None:
    """Add what is known of heads, and fill it from seats and entries."""
    with op.batch_alter_table("delegation") as delegation:
        delegation.add_column(sa.Column("seated", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("seat") as seat:
        seat.add_column(sa.Column("presides", sa.Boolean(), nullable=False, server_default=sa.false()))
    connection = op.get_bind()
    _fill_heads(connection)
    _fill_presiding(connection)
    with op.batch_alter_table("delegation") as delegation:
        delegation.alter_column("seated", existing_type=sa.JSON(), existing_nullable=False, server_default=None)
    with op.batch_alter_table("seat") as seat:
        seat.alter_column("presides", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)


class _Delegation:
    """A delegation while the entries are read again."""

    def __init__(self) -> None:
        self.seats: dict[str, dict[str, str]] = {}
        self.has_credentials = False
        self.head: tuple[str | None, str | None] | None = None

    @property
    def seated(self) -> list[dict[str, str]]:
        order = sorted(self.seats, key=lambda seat: (self.seats[seat]["role"] != "head", seat))
        return [self.seats[seat] for seat in order]

    def refresh(self, status: str) -> None:
        """Name the head, as the effects of the acts do."""
        if self.has_credentials or status == "published" or (status and self.head and self.head[0]):
            return
        head = next((head for head in self.seated if head["role"] == "head"), None)
        self.head = (head["name"], head["office"] or None) if head else (None, None)


def _fill_heads(connection: Any) -> None:
    seats = {row.id: row for row in connection.execute(sa.select(SEAT))}
    names = {row.id: row.name for row in connection.execute(sa.select(PERSON))}
    delegations: dict[tuple[str, str], _Delegation] = {}
    statuses: dict[str, str] = {}
    acts = OF_SEATS | OF_DELEGATIONS | ENDS.keys()
    query = sa.select(ENTRY).where(ENTRY.c.act.in_(acts), ENTRY.c.meeting != "").order_by(ENTRY.c.number)
    for entry in connection.execute(query).all():
        if entry.act in ENDS:
            statuses[entry.meeting] = ENDS[entry.act]
            continue
        for state, delegation in _changed(delegations, entry, seats, names):
            delegation.refresh(statuses.get(entry.meeting, ""))
            delegations[entry.meeting, state] = delegation
    for (meeting, state), delegation in delegations.items():
        values: dict[str, Any] = {"seated": delegation.seated}
        if delegation.head and not delegation.has_credentials:
            values["head_name"], values["head_office"] = delegation.head
        where = DELEGATION.c.meeting == meeting, DELEGATION.c.state == state
        connection.execute(sa.update(DELEGATION).where(*where).values(values))


def _changed(
    delegations: dict[tuple[str, str], _Delegation], entry: Any, seats: dict[str, Any], names: dict[str, str]
) -> list[tuple[str, _Delegation]]:
    """The delegation that an entry changes, whose heads are then looked at again."""
    body = entry.body
    if entry.act in OF_DELEGATIONS:
        delegation = delegations.setdefault((entry.meeting, body["state"]), _Delegation())
        if entry.act == "delegation.withdrawn":
            delegation.has_credentials, delegation.head = False, None
        delegation.has_credentials = delegation.has_credentials or entry.act == "credentials.presented"
        return [(body["state"], delegation)] if entry.act == "delegation.invited" else []
    ids = [seat["id"] for seat in body["seats"]] if entry.act == "rehearsal.seat_taken" else [body["seat"]]
    changed = {}
    for seat in (seats[id_] for id_ in ids if id_ in seats):
        if seat.role not in {"head", "alternate"} or not seat.state:
            continue
        delegation = delegations.setdefault((entry.meeting, seat.state), _Delegation())
        delegation.seats.pop(seat.id, None)
        if entry.act != "seat.vacated" and seat.person:
            delegation.seats[seat.id] = {
                "role": seat.role, "person": seat.person, "name": names[seat.person], "office": seat.office
            }  # fmt: skip
        changed[seat.state] = delegation
    return list(changed.items())


def _fill_presiding(connection: Any) -> None:
    taken = sa.select(SEAT.c.place).where(SEAT.c.role == "chair", SEAT.c.vacated.is_(False))
    chairs = sa.select(MEETING.c.chair_state).where(MEETING.c.id == SEAT.c.place).scalar_subquery()
    heads = SEAT.c.role == "head", SEAT.c.vacated.is_(False), SEAT.c.state == chairs, SEAT.c.place.not_in(taken)
    connection.execute(sa.update(SEAT).where(*heads).values(presides=True))


def downgrade() -> None:
    """There is none: an earlier version opens its own backup."""
    raise NotImplementedError("an earlier version opens its own backup")
