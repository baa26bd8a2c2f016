"""Mails carry the name of the event that writes."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    empty = sa.text("''")
    column = sa.Column("sender_name", sa.String(200), nullable=False, server_default=empty)
    op.add_column("mail", column)


def downgrade() -> None:
    op.drop_column("mail", "sender_name")
