"""standing seats, the sides of states on seats, and longer audiences of entries"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NEW_TEXTS = {"side": 10, "subject": 20, "rank": 10}
NEW_MOMENTS = {"until": 10, "since": 27, "tested": 27, "answered": 27}
SIDE_AT_A_MEETING = """
    UPDATE seat SET side = (
        SELECT CASE WHEN delegation.observer THEN 'observer'
               WHEN EXISTS (SELECT 1 FROM membership JOIN meeting ON meeting.format = membership.format
                            WHERE meeting.id = seat.place AND membership.state = seat.state
                            AND membership.until IS NULL AND membership.role = 'member') THEN 'member'
               ELSE 'partner' END
        FROM delegation WHERE delegation.meeting = seat.place AND delegation.state = seat.state)
    WHERE state <> '' AND EXISTS (
        SELECT 1 FROM delegation WHERE delegation.meeting = seat.place AND delegation.state = seat.state)
"""
SIDE_IN_A_FORMAT = """
    UPDATE seat SET side = (
        SELECT CASE WHEN membership.role IN ('member', 'partner') THEN membership.role ELSE 'observer' END
        FROM membership WHERE membership.format = seat.place AND membership.state = seat.state
        AND membership.until IS NULL ORDER BY membership.id DESC LIMIT 1)
    WHERE state <> '' AND EXISTS (
        SELECT 1 FROM membership WHERE membership.format = seat.place AND membership.state = seat.state
        AND membership.until IS NULL)
"""


def upgrade() -> None:
    """Widen what an entry says of its readers; give seats a side, and what standing seats have."""
    with op.batch_alter_table("entry") as entry:
        entry.alter_column("audience", existing_type=sa.String(60), type_=sa.String(200), existing_nullable=False)
        entry.create_index("ix_entry_format_number", ["format", "meeting", "number"], unique=False)
    with op.batch_alter_table("seat") as seat:
        for name, length in NEW_TEXTS.items():
            seat.add_column(sa.Column(name, sa.String(length), nullable=False, server_default=""))
        for name, length in NEW_MOMENTS.items():
            seat.add_column(sa.Column(name, sa.String(length), nullable=True))
    op.execute(SIDE_AT_A_MEETING)
    op.execute(SIDE_IN_A_FORMAT)
    with op.batch_alter_table("seat") as seat:
        for name, length in NEW_TEXTS.items():
            seat.alter_column(name, existing_type=sa.String(length), existing_nullable=False, server_default=None)


def downgrade() -> None:
    """There is none: an earlier version opens its own backup."""
    raise NotImplementedError("an earlier version opens its own backup")
