"""The public page: who organises, whom to write to, and what is told of who comes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("event", sa.Column("host", sa.JSON(), nullable=False, server_default="{}"))
    for name in ("contact_email", "contact_phone", "website"):
        column = sa.Column(name, sa.String(320), nullable=False, server_default="")
        op.add_column("event", column)
    op.add_column(
        "event",
        sa.Column("tells_who_comes", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.add_column(
        "organisation",
        sa.Column("is_public", sa.Boolean(), nullable=False, server_default=sa.false()),
    )


def downgrade() -> None:
    op.execute("ALTER TABLE organisation DROP COLUMN is_public")
    for name in ("host", "contact_email", "contact_phone", "website", "tells_who_comes"):
        op.execute(f"ALTER TABLE event DROP COLUMN {name}")
