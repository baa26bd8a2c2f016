"""Mailings to people who were ticked."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailing_recipient",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("mailing_id", sa.String(80), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "mailing_id"],
            ["mailing.event_id", "mailing.id"],
            name=op.f("fk_mailing_recipient_event_id_mailing_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "participant_id"],
            ["participant.event_id", "participant.id"],
            name=op.f("fk_mailing_recipient_event_id_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "mailing_id", "participant_id", name=op.f("pk_mailing_recipient")
        ),
    )
    op.create_index(
        op.f("ix_mailing_recipient_event_id_participant_id"),
        "mailing_recipient",
        ["event_id", "participant_id"],
    )


def downgrade() -> None:
    op.drop_table("mailing_recipient")
