"""Rest, pauses, limits per session, organisations that meet once."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "event_limits",
        sa.Column("event_id", sa.String(length=40), nullable=False),
        sa.Column("in_a_row", sa.Integer(), nullable=True),
        sa.Column("organisations_once", sa.Boolean(), nullable=False),
        sa.CheckConstraint("in_a_row >= 1", name=op.f("ck_event_limits_in_a_row")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_limits_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_event_limits")),
    )
    op.create_table(
        "session_limit",
        sa.Column("event_id", sa.String(length=40), nullable=False),
        sa.Column("session_id", sa.String(length=80), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.CheckConstraint("most >= 1", name=op.f("ck_session_limit_most")),
        sa.ForeignKeyConstraint(
            ["event_id", "session_id"],
            ["session.event_id", "session.id"],
            name=op.f("fk_session_limit_event_id_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "session_id", name=op.f("pk_session_limit")),
    )
    op.create_table(
        "pause",
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("free", sa.Integer(), nullable=True),
        sa.Column("by_choice", sa.Boolean(), nullable=False),
        sa.Column("event_id", sa.String(length=40), nullable=False),
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.CheckConstraint("kind IN ('lunch', 'prayer', 'other')", name=op.f("ck_pause_kind")),
        sa.CheckConstraint("free >= 1", name=op.f("ck_pause_free")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_pause_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_pause")),
    )
    op.create_table(
        "pause_slot",
        sa.Column("event_id", sa.String(length=40), nullable=False),
        sa.Column("pause_id", sa.String(length=80), nullable=False),
        sa.Column("slot_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "pause_id"],
            ["pause.event_id", "pause.id"],
            name=op.f("fk_pause_slot_event_id_pause_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "slot_id"],
            ["slot.event_id", "slot.id"],
            name=op.f("fk_pause_slot_event_id_slot_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "pause_id", "slot_id", name=op.f("pk_pause_slot")),
    )
    op.create_table(
        "pause_taker",
        sa.Column("event_id", sa.String(length=40), nullable=False),
        sa.Column("pause_id", sa.String(length=80), nullable=False),
        sa.Column("participant_id", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "participant_id"],
            ["participant.event_id", "participant.id"],
            name=op.f("fk_pause_taker_event_id_participant_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "pause_id"],
            ["pause.event_id", "pause.id"],
            name=op.f("fk_pause_taker_event_id_pause_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "pause_id", "participant_id", name=op.f("pk_pause_taker")
        ),
    )
    op.create_index(
        op.f("ix_pause_taker_event_id_participant_id"),
        "pause_taker",
        ["event_id", "participant_id"],
        unique=False,
    )
    op.create_table(
        "rest_wish",
        sa.Column("event_id", sa.String(length=40), nullable=False),
        sa.Column("participant_id", sa.String(length=80), nullable=False),
        sa.Column("in_a_row", sa.Integer(), nullable=False),
        sa.CheckConstraint("in_a_row >= 1", name=op.f("ck_rest_wish_in_a_row")),
        sa.ForeignKeyConstraint(
            ["event_id", "participant_id"],
            ["participant.event_id", "participant.id"],
            name=op.f("fk_rest_wish_event_id_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "participant_id", name=op.f("pk_rest_wish")),
    )


def downgrade() -> None:
    op.drop_table("rest_wish")
    op.drop_table("pause_taker")
    op.drop_table("pause_slot")
    op.drop_table("pause")
    op.drop_table("session_limit")
    op.drop_table("event_limits")
