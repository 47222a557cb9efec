"""notices, and since which entry a seat has its holder"""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NOTICE = sa.table(
    "notice",
    *(sa.column(name) for name in ("number", "audience", "act", "actor", "format", "place", "urgent", "until", "done")),
)
SEAT = sa.table("seat", sa.column("id"), sa.column("taken"))
ENTRY = sa.table(
    "entry",
    *(sa.column(name) for name in ("number", "act", "actor", "format", "meeting", "audience", "time")),
    sa.column("body", sa.JSON),
)
TO_ALL = frozenset(
    {"meeting.released", "meeting.changed", "meeting.cancelled", "agenda.released", "minutes.published",
     "text.published"}
)  # fmt: skip
TO_READERS = frozenset({"paper.filed", "paper.withdrawn"})
OF_SEATS = frozenset(
    {"seat.taken", "seat.vacated", "standing.named", "standing.handed_over", "standing.tested", "standing.answered",
     "standing.lapsed"}
)  # fmt: skip
URGENT = frozenset({"meeting.cancelled", "seat.vacated", "standing.handed_over", "standing.tested", "standing.lapsed"})
OF_A_JOURNEY = frozenset({"mode", "zone", "opens_at", "closes_at", "city", "country"})


def upgrade() -> None:
    """Make the table of notices and fill it from the record; note at which entry each seat was taken."""
    op.create_table(
        "notice",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("format", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("until", sa.String(length=27), nullable=True),
        sa.Column("done", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number", "audience", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice") as notice:
        notice.create_index("ix_notice_audience_number", ["audience", "number"], unique=False)
        notice.create_index("ix_notice_format_number", ["format", "number", "audience"], unique=False)
        notice.create_index("ix_notice_place_number", ["place", "number", "audience"], unique=False)
    with op.batch_alter_table("seat") as seat:
        seat.add_column(sa.Column("taken", sa.BigInteger(), nullable=False, server_default="0"))
    _fill(op.get_bind())
    with op.batch_alter_table("seat") as seat:
        seat.alter_column("taken", existing_type=sa.BigInteger(), existing_nullable=False, server_default=None)


def _fill(connection: Any) -> None:
    query = sa.select(ENTRY).where(ENTRY.c.act.in_(TO_ALL | TO_READERS | OF_SEATS)).order_by(ENTRY.c.number)
    for entry in connection.execute(query).all():
        common = {"number": entry.number, "act": entry.act, "actor": entry.actor, "format": entry.format,
                  "place": entry.meeting or entry.format, "urgent": _urgent(entry),
                  "until": _until(entry), "done": None}  # fmt: skip
        if rows := [{**common, "audience": audience} for audience in dict.fromkeys(_audiences(entry))]:
            connection.execute(sa.insert(NOTICE), rows)
        if entry.act == "seat.taken" and not entry.body["renewed"]:
            seat = SEAT.c.id == entry.body.get("seat")
            connection.execute(sa.update(SEAT).where(seat).values(taken=entry.number))
        elif entry.act == "standing.handed_over":
            connection.execute(sa.update(SEAT).where(SEAT.c.id == entry.body["seat"]).values(taken=0))
        elif entry.act == "standing.answered":
            tests = (NOTICE.c.act == "standing.tested", NOTICE.c.place == (entry.meeting or entry.format))
            own = (NOTICE.c.audience == f"seat:{entry.body['seat']}", NOTICE.c.done.is_(None))
            connection.execute(sa.update(NOTICE).where(*tests, *own).values(done=entry.number))


def _audiences(entry: Any) -> list[str]:
    body = entry.body
    if entry.act in TO_ALL:
        return ["participants"]
    if entry.act in TO_READERS:
        return [entry.audience]
    return {
        "seat.vacated": lambda: [f"seat:{body['seat']}"],
        "standing.tested": lambda: [f"seat:{seat}" for seat in body["seats"]],
        "standing.lapsed": lambda: [f"person:{person}" for person in body.get("people", [])],
        "standing.named": lambda: [f"circle:{body['seat']['subject']}:{body['seat']['state']}"],
        "standing.handed_over": lambda: [
            *([f"person:{body['predecessor']}"] if body["predecessor"] else []),
            f"circle:{body['subject']}:{body['state']}",
        ],
    }.get(entry.act, list)()


def _urgent(entry: Any) -> bool:
    if entry.act == "meeting.changed":
        return bool(OF_A_JOURNEY & set(entry.body["changed"]))
    return entry.act in URGENT


def _until(entry: Any) -> str | None:
    if entry.act != "standing.tested":
        return None
    return (datetime.fromisoformat(entry.time) + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def downgrade() -> None:
    """There is none: an earlier version opens its own backup."""
    raise NotImplementedError("an earlier version opens its own backup")
