"""Drafts: versions that are changed by hand, and the log of their changes."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KINDS = "kind IN ('open', 'move', 'swap', 'place', 'cancel', 'lock', 'unlock', 'solve', 'undo')"


def upgrade() -> None:
    op.add_column("version", sa.Column("revision", sa.Integer(), nullable=True))
    op.create_table(
        "draft_change",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("version_id", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.String(40), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_draft_change_kind")),
        sa.CheckConstraint("number >= 0", name=op.f("ck_draft_change_number")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_draft_change_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "version_id"],
            ["version.event_id", "version.id"],
            name=op.f("fk_draft_change_event_id_version_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "version_id", "number", name=op.f("pk_draft_change")
        ),
    )


def downgrade() -> None:
    op.drop_table("draft_change")
    op.drop_column("version", "revision")
