"""Programme items, for whom they are, and who attends."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme_item",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("abouts", sa.JSON(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("venue", sa.JSON(), nullable=False),
        sa.Column("zone_id", sa.String(80), nullable=True),
        sa.Column("speakers", sa.String(500), nullable=False),
        sa.Column("attendance", sa.String(10), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('plenary', 'pitch', 'workshop', 'visit', 'social', 'other')",
            name=op.f("ck_programme_item_kind"),
        ),
        sa.CheckConstraint(
            "attendance IN ('open', 'all', 'sign_up')", name=op.f("ck_programme_item_attendance")
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_programme_item_order")),
        sa.CheckConstraint("places >= 1", name=op.f("ck_programme_item_places")),
        sa.CheckConstraint(
            "places IS NULL OR attendance = 'sign_up'", name=op.f("ck_programme_item_counted")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_programme_item_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "zone_id"],
            ["zone.event_id", "zone.id"],
            name=op.f("fk_programme_item_event_id_zone_id"),
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_programme_item")),
    )
    op.create_index(
        op.f("ix_programme_item_event_id_starts_at"), "programme_item", ["event_id", "starts_at"]
    )
    op.create_table(
        "programme_type",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("item_id", sa.String(80), nullable=False),
        sa.Column("type_code", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "item_id"],
            ["programme_item.event_id", "programme_item.id"],
            name=op.f("fk_programme_type_event_id_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "type_code"],
            ["participation_type.event_id", "participation_type.code"],
            name=op.f("fk_programme_type_event_id_type_code"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "item_id", "type_code", name=op.f("pk_programme_type")),
    )
    op.create_table(
        "programme_signup",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("item_id", sa.String(80), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('attends', 'waits', 'left')", name=op.f("ck_programme_signup_state")
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "item_id"],
            ["programme_item.event_id", "programme_item.id"],
            name=op.f("fk_programme_signup_event_id_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "participant_id"],
            ["participant.event_id", "participant.id"],
            name=op.f("fk_programme_signup_event_id_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "item_id", "participant_id", name=op.f("pk_programme_signup")
        ),
    )
    op.create_index(
        op.f("ix_programme_signup_event_id_participant_id"),
        "programme_signup",
        ["event_id", "participant_id"],
    )


def downgrade() -> None:
    op.drop_table("programme_signup")
    op.drop_table("programme_type")
    op.drop_table("programme_item")
