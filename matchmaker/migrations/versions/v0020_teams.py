"""Teams: who belongs to an organisation's people, who manages them, for whom colleagues act."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A column may carry its checks with it, on both databases and without making a table anew.
    op.execute(
        "ALTER TABLE participant ADD COLUMN team_role VARCHAR(10) NOT NULL DEFAULT 'member' "
        "CONSTRAINT ck_participant_team_role CHECK (team_role IN "
        "('applicant', 'member', 'manager')) "
        "CONSTRAINT ck_participant_team CHECK (team_role = 'member' OR organisation_id IS NOT NULL)"
    )
    op.add_column(
        "participant",
        sa.Column("lets_act", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("ALTER TABLE participant DROP COLUMN lets_act")
        op.execute("ALTER TABLE participant DROP COLUMN team_role")
    else:
        op.drop_constraint("ck_participant_team", "participant")
        op.drop_column("participant", "lets_act")
        op.drop_column("participant", "team_role")
