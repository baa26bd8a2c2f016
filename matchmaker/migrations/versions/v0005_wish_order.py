"""Wishes stand in the order in which their wisher puts them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("wish", sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE wish SET rank = position")


def downgrade() -> None:
    op.drop_column("wish", "rank")
