"""sign-outs are counted, no longer told by a clock"""

from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ENTRY = sa.table(
    "entry", sa.column("act", sa.String), sa.column("actor", sa.String), sa.column("body", sa.JSON(none_as_null=True))
)
PERSON = sa.table("person", sa.column("id", sa.String), sa.column("sign_outs", sa.Integer))


def upgrade() -> None:
    """Count every person's sign-outs in the record: those of one's own, and those by a renewed letter."""
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("sign_outs", sa.Integer(), nullable=False, server_default="0"))
    held = op.get_bind()
    counted: Counter[str] = Counter()
    told = sa.select(ENTRY).where(ENTRY.c.act.in_(["person.signed_out", "passkey.revoked", "seat.taken"]))
    for entry in held.execute(told):
        if entry.act != "seat.taken":
            counted[entry.actor] += 1
        elif entry.body["renewed"]:
            counted[entry.body["person"]["id"]] += 1
    for who, times in counted.items():
        held.execute(sa.update(PERSON).where(PERSON.c.id == who).values(sign_outs=times))
    with op.batch_alter_table("person") as person:
        person.alter_column("sign_outs", existing_type=sa.Integer(), existing_nullable=False, server_default=None)
        person.drop_column("signed_out")


def downgrade() -> None:
    """There is none: an earlier version opens its own backup."""
    raise NotImplementedError("an earlier version opens its own backup")
