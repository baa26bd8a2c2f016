"""Segments, and the columns of an organiser's list."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "segment",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("name_key", sa.String(80), nullable=False),
        sa.Column("filter", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.CheckConstraint("name_key <> ''", name=op.f("ck_segment_name")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_segment_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_segment")),
        sa.UniqueConstraint("event_id", "name_key", name=op.f("uq_segment_event_id_name_key")),
    )
    op.create_table(
        "list_columns",
        sa.Column("account_id", sa.String(40), nullable=False),
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_list_columns_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_list_columns_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "event_id", name=op.f("pk_list_columns")),
    )
    op.create_index(op.f("ix_list_columns_event_id"), "list_columns", ["event_id"])


def downgrade() -> None:
    op.drop_table("list_columns")
    op.drop_table("segment")
