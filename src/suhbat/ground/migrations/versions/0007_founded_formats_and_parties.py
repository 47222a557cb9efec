"""founded formats and parties"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of parties that were added by hand. Every format so far is public, and no meeting is a test."""
    op.create_table(
        "party",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_party")),
    )
    with op.batch_alter_table("format") as format_:
        format_.add_column(sa.Column("status", sa.String(length=10), nullable=False, server_default="public"))
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("trial", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("format") as format_:
        format_.alter_column("status", existing_type=sa.String(length=10), existing_nullable=False, server_default=None)
    with op.batch_alter_table("meeting") as meeting:
        meeting.alter_column("trial", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)


def downgrade() -> None:
    """There is none: an earlier version opens its own backup."""
    raise NotImplementedError("an earlier version opens its own backup")
