"""Runs that work for a draft: which one, and at which revision."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("run", sa.Column("draft_id", sa.String(80), nullable=True))
    op.add_column("run", sa.Column("draft_revision", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("run", "draft_revision")
    op.drop_column("run", "draft_id")
