"""Requests: when they were asked and answered, questions about them, and expiry."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    long_ago = "1970-01-01 00:00:00"  # SQLite adds no column without a value
    op.add_column(
        "wish", sa.Column("asked_at", sa.DateTime(), nullable=False, server_default=long_ago)
    )
    op.execute("UPDATE wish SET asked_at = created_at")
    op.add_column("wish", sa.Column("answered_at", sa.DateTime(), nullable=True))
    op.add_column("wish", sa.Column("warned_at", sa.DateTime(), nullable=True))
    op.create_table(
        "remark",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("wish_id", sa.String(80), nullable=False),
        sa.Column("author_id", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("text <> ''", name=op.f("ck_remark_text")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_remark_event_id"), ondelete="CASCADE"
        ),
        _of("wish", "wish_id"),
        _of("participant", "author_id"),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_remark")),
    )
    op.create_index(op.f("ix_remark_event_id_wish_id"), "remark", ["event_id", "wish_id"])
    op.create_index(op.f("ix_remark_event_id_author_id"), "remark", ["event_id", "author_id"])
    op.create_table(
        "request_rules",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.CheckConstraint("hours >= 1", name=op.f("ck_request_rules_hours")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_request_rules_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_request_rules")),
    )


def downgrade() -> None:
    op.drop_table("request_rules")
    op.drop_table("remark")
    for name in ("asked_at", "answered_at", "warned_at"):
        op.drop_column("wish", name)


def _of(target: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_id", column],
        [f"{target}.event_id", f"{target}.id"],
        name=op.f(f"fk_remark_event_id_{column}"),
        ondelete="CASCADE",
    )
