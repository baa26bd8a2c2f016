"""Imports of meetings, which become a draft."""

from alembic import op

from matchmaker.migrations.rebuilding import change_check

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

THREE = "kind IN ('participants', 'organisations', 'wishes')"
FOUR = "kind IN ('participants', 'organisations', 'wishes', 'meetings')"
KINDS = ("open", "move", "swap", "place", "cancel", "lock", "unlock", "solve", "undo")
BEFORE, AFTER = f"kind IN {KINDS}", f"kind IN {(*KINDS, 'import')}"


def upgrade() -> None:
    change_check("import", "ck_import_kind", THREE, FOUR)
    change_check("draft_change", "ck_draft_change_kind", BEFORE, AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM import WHERE kind = 'meetings'")
    op.execute("UPDATE draft_change SET kind = 'solve' WHERE kind = 'import'")
    change_check("draft_change", "ck_draft_change_kind", AFTER, BEFORE)
    change_check("import", "ck_import_kind", FOUR, THREE)
