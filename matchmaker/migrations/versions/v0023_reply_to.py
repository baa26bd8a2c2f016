"""Who reads an answer to a mail."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    empty = sa.text("''")
    op.add_column("mail", sa.Column("reply_to", sa.String(320), nullable=False, server_default=empty))


def downgrade() -> None:
    op.drop_column("mail", "reply_to")
