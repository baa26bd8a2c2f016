"""Whether partners of published meetings see somebody's address and telephone."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

FIELDS = ("shares_email", "shares_phone")


def upgrade() -> None:
    for name in FIELDS:
        op.add_column(
            "participant", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true())
        )


def downgrade() -> None:
    for name in FIELDS:
        op.drop_column("participant", name)
