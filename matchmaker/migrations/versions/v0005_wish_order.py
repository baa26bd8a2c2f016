"""Wishes stand in the order in which their wisher puts them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("wish") as table:
        table.add_column(sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE wish SET rank = position")
    with op.batch_alter_table("wish") as table:
        table.alter_column("rank", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("wish") as table:
        table.drop_column("rank")
