"""Imports of organisations; what the titles of a file mean, said by hand."""

import sqlalchemy as sa
from alembic import op

from matchmaker.migrations.rebuilding import change_check

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TWO = "kind IN ('participants', 'wishes')"
THREE = "kind IN ('participants', 'organisations', 'wishes')"


def upgrade() -> None:
    change_check("import", "ck_import_kind", TWO, THREE)
    op.create_table(
        "import_title",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title_key", sa.String(200), nullable=False),
        sa.Column("field", sa.String(40), nullable=False),
        sa.CheckConstraint("title_key <> ''", name=op.f("ck_import_title_title_key")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_import_title_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "kind", "title_key", name=op.f("pk_import_title")),
    )


def downgrade() -> None:
    op.drop_table("import_title")
    op.execute("DELETE FROM import WHERE kind = 'organisations'")
    change_check("import", "ck_import_kind", THREE, TWO)
