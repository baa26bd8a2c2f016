"""How long an event keeps its people, and when they were taken away."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # In one statement: making the table anew on SQLite would take everything of the event away.
    op.execute(
        "ALTER TABLE event ADD COLUMN keep_days INTEGER DEFAULT 180 NOT NULL "
        "CONSTRAINT ck_event_keep_days CHECK (keep_days >= 1)"
    )
    op.add_column("event", sa.Column("people_erased_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("event", "people_erased_at")
    op.drop_column("event", "keep_days")
