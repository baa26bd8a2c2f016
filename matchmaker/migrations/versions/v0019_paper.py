"""The numbers of the printed catalogue."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_number",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_catalogue_number_number")),
        sa.ForeignKeyConstraint(
            ["event_id", "participant_id"],
            ["participant.event_id", "participant.id"],
            name=op.f("fk_catalogue_number_event_id_participant_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "participant_id", name=op.f("pk_catalogue_number")),
        sa.UniqueConstraint("event_id", "number", name=op.f("uq_catalogue_number_event_id_number")),
    )


def downgrade() -> None:
    op.drop_table("catalogue_number")
