"""Mailings."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailing",
        sa.Column("subjects", sa.JSON(), nullable=False),
        sa.Column("bodies", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("created_by", sa.String(40), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'sent')", name="ck_mailing_state"),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="ck_mailing_sent"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name="fk_mailing_event_id_event", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name="pk_mailing"),
    )
    op.create_index(
        "ix_mailing_event_id_created_at", "mailing", ["event_id", "created_at"]
    )


def downgrade() -> None:
    op.drop_index("ix_mailing_event_id_created_at", "mailing")
    op.drop_table("mailing")
