"""What participants do with their agenda: cancel, ask to move, write notes."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cancellation",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.Column("state_before", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        _event("cancellation"),
        _of("participant", "cancellation", "participant_id"),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_cancellation")),
    )
    op.create_index(
        op.f("ix_cancellation_event_id_participant_id"),
        "cancellation",
        ["event_id", "participant_id"],
    )
    op.create_table(
        "cancelled_meeting",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("meeting_id", sa.String(170), nullable=False),
        sa.Column("cancellation_id", sa.String(80), nullable=False),
        sa.Column("way", sa.JSON(), nullable=False),
        _event("cancelled_meeting"),
        _of("cancellation", "cancelled_meeting", "cancellation_id"),
        sa.PrimaryKeyConstraint("event_id", "meeting_id", name=op.f("pk_cancelled_meeting")),
    )
    op.create_table(
        "meeting_note",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.Column("meeting_id", sa.String(170), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        _of("participant", "meeting_note", "participant_id"),
        sa.PrimaryKeyConstraint(
            "event_id", "participant_id", "meeting_id", name=op.f("pk_meeting_note")
        ),
    )
    op.create_table(
        "move_request",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("meeting_id", sa.String(170), nullable=False),
        sa.Column("asker_id", sa.String(80), nullable=False),
        sa.Column("answerer_id", sa.String(80), nullable=False),
        sa.Column("slots", sa.JSON(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("asker_id <> answerer_id", name=op.f("ck_move_request_two")),
        sa.CheckConstraint(
            "state IN ('open', 'accepted', 'declined', 'taken_back')",
            name=op.f("ck_move_request_state"),
        ),
        _event("move_request"),
        _of("participant", "move_request", "asker_id"),
        _of("participant", "move_request", "answerer_id"),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_move_request")),
    )
    op.create_index(
        "uq_move_request_one_open",
        "move_request",
        ["event_id", "meeting_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    for column in ("asker_id", "answerer_id"):
        op.create_index(
            op.f(f"ix_move_request_event_id_{column}"), "move_request", ["event_id", column]
        )


def downgrade() -> None:
    for table in ("move_request", "meeting_note", "cancelled_meeting", "cancellation"):
        op.drop_table(table)


def _event(table: str) -> sa.ForeignKeyConstraint:
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
