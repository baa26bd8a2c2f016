"""Who came of a registration: its address can be put right."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

REFERENCE = "fk_registration_event_id_participant_id"


def upgrade() -> None:
    with op.batch_alter_table("registration") as table:
        table.add_column(sa.Column("participant_id", sa.String(80), nullable=True))
        table.create_foreign_key(
            REFERENCE, "participant", ["event_id", "participant_id"], ["event_id", "id"],
            ondelete="CASCADE",
        )  # fmt: skip
        table.create_index("ix_registration_event_id_participant_id", ["event_id", "participant_id"])


def downgrade() -> None:
    with op.batch_alter_table("registration") as table:
        table.drop_index("ix_registration_event_id_participant_id")
        table.drop_constraint(REFERENCE, type_="foreignkey")
        table.drop_column("participant_id")
