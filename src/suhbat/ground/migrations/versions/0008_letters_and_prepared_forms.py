"""the words of letters of invitation, and forms that wait for a head of delegation"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two new tables. No earlier entry has words for letters or a prepared form, so they begin empty."""
    op.create_table(
        "letter_wording",
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("letterhead", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", "language", name=op.f("pk_letter_wording")),
    )
    op.create_table(
        "prepared_form",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=160), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("act", sa.String(length=80), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_form")),
    )
    with op.batch_alter_table("prepared_form", schema=None) as batch_op:
        batch_op.create_index("ix_prepared_form_place_state", ["place", "state"], unique=False)


def downgrade() -> None:
    """There is none: an earlier version opens its own backup."""
    raise NotImplementedError("an earlier version opens its own backup")
