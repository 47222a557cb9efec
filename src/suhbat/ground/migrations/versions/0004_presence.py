"""who has a line to a meeting room, signals between processes, and who was in the room of a meeting when"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three new tables. No earlier entry says who was in a room, so they begin empty."""
    op.create_table(
        "open_line",
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("peer", sa.String(length=40), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("worker", sa.String(length=16), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("joined", sa.String(length=27), nullable=False),
        sa.Column("heard", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("place", "peer", name=op.f("pk_open_line")),
    )
    with op.batch_alter_table("open_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_open_line_heard"), ["heard"], unique=False)
        batch_op.create_index(batch_op.f("ix_open_line_worker"), ["worker"], unique=False)

    op.create_table(
        "worker_signal",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("worker", sa.String(length=16), nullable=False),
        sa.Column("to", sa.String(length=16), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("sent", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_signal")),
    )
    with op.batch_alter_table("worker_signal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_worker_signal_sent"), ["sent"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting", sa.String(length=160), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("delegation", sa.String(length=20), nullable=False),
        sa.Column("came", sa.String(length=27), nullable=False),
        sa.Column("went", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["meeting"], ["meeting.id"], name=op.f("fk_attendance_meeting"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("ix_attendance_meeting_went", ["meeting", "went"], unique=False)


def downgrade() -> None:
    """There is none: an earlier version opens its own backup."""
    raise NotImplementedError("an earlier version opens its own backup")
