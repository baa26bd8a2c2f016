"""Who fixes times, meetings that participants booked, and wishes made late."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "time_rules",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("mode", sa.String(10), nullable=False),
        _mode("time_rules"),
        _of_event("time_rules"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_time_rules")),
    )
    op.create_table(
        "session_times",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("session_id", sa.String(80), nullable=False),
        sa.Column("mode", sa.String(10), nullable=False),
        _mode("session_times"),
        _of("session", "session_times", "session_id"),
        sa.PrimaryKeyConstraint("event_id", "session_id", name=op.f("pk_session_times")),
    )
    op.create_table(
        "booking",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("meeting_id", sa.String(170), nullable=False),
        sa.Column("booker_id", sa.String(80), nullable=False),
        sa.Column("way", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _of_event("booking"),
        _of("participant", "booking", "booker_id"),
        sa.PrimaryKeyConstraint("event_id", "meeting_id", name=op.f("pk_booking")),
    )
    op.create_index(op.f("ix_booking_event_id_booker_id"), "booking", ["event_id", "booker_id"])
    op.add_column(
        "wish", sa.Column("is_late", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    op.execute("ALTER TABLE wish DROP COLUMN is_late")
    for table in ("booking", "session_times", "time_rules"):
        op.drop_table(table)


def _mode(table: str) -> sa.CheckConstraint:
    return sa.CheckConstraint("mode IN ('schedule', 'book', 'both')", name=op.f(f"ck_{table}_mode"))


def _of_event(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_id"], ["event.id"], name=op.f(f"fk_{table}_event_id"), ondelete="CASCADE"
    )


def _of(target: str, table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_id", column],
        [f"{target}.event_id", f"{target}.id"],
        name=op.f(f"fk_{table}_event_id_{column}"),
        ondelete="CASCADE",
    )
