"""Every session and none are two things: who has named sessions attends those, maybe none."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

person = sa.table("participant", *(sa.column(name) for name in ("event_id", "id")),
                  sa.column("attends_all", sa.Boolean))  # fmt: skip
attendance = sa.table("attendance", sa.column("event_id"), sa.column("participant_id"))


def upgrade() -> None:
    op.add_column(
        "participant",
        sa.Column("attends_all", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    named = sa.exists().where(
        attendance.c.event_id == person.c.event_id, attendance.c.participant_id == person.c.id
    )
    op.execute(sa.update(person).where(named).values(attends_all=False))


def downgrade() -> None:
    """Who attends no session attends every one again: there is no word for it."""
    op.execute("ALTER TABLE participant DROP COLUMN attends_all")
