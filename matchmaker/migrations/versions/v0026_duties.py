"""Owners, helpers and readers beside organisers: one duty each at an event."""

import sqlalchemy as sa
from alembic import op

from matchmaker.migrations.rebuilding import change_check

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

FEWER = "role IN ('organiser', 'desk', 'delegation')"
MORE = "role IN ('owner', 'organiser', 'helper', 'desk', 'reader', 'delegation')"


def upgrade() -> None:
    """Whoever organised could do everything so far: an owner. The lesser of two duties goes."""
    change_check("membership", "ck_membership_role", FEWER, MORE)
    op.execute("UPDATE membership SET role = 'owner' WHERE role = 'organiser'")
    op.execute(
        "DELETE FROM membership WHERE role = 'desk' AND EXISTS (SELECT 1 FROM membership AS other"
        " WHERE other.account_id = membership.account_id"
        " AND other.event_id = membership.event_id AND other.role = 'owner')"
    )
    op.create_index(
        "uq_membership_one_duty",
        "membership",
        ["account_id", "event_id"],
        unique=True,
        sqlite_where=sa.text("role <> 'delegation'"),
        postgresql_where=sa.text("role <> 'delegation'"),
    )


def downgrade() -> None:
    op.drop_index("uq_membership_one_duty", "membership")
    op.execute("UPDATE membership SET role = 'organiser' WHERE role = 'owner'")
    op.execute("UPDATE membership SET role = 'desk' WHERE role IN ('helper', 'reader')")
    change_check("membership", "ck_membership_role", MORE, FEWER)
