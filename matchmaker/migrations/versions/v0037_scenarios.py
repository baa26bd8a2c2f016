"""Runs of scenarios: what the set-up has otherwise, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("scenario", "outcome"):
        column = sa.Column(name, sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
        op.add_column("run", column)
    op.add_column("run", sa.Column("schedule", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    for name in ("schedule", "outcome", "scenario"):
        op.drop_column("run", name)
