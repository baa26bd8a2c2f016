"""More kinds of prints, their options, and what each printed sheet said."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from matchmaker.migrations.rebuilding import change_check

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TWO = "kind IN ('agendas', 'cards')"
EIGHT = (
    "kind IN ('agendas', 'cards', 'stands', 'interpreters', 'delegations', 'walls', 'desk', 'meets')"
)


def columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("language", sa.String(5), nullable=False, server_default=""),
        sa.Column("chosen", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("changed_only", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("void", sa.JSON(), nullable=False, server_default="[]"),
    ]


def upgrade() -> None:
    change_check("print_pack", "ck_print_pack_kind", TWO, EIGHT)
    for column in columns():
        op.add_column("print_pack", column)
    op.create_table(
        "printed_sheet",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject_id", sa.String(200), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["event.id"],
            name="fk_printed_sheet_event_id_event",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "kind", "subject_id", name="pk_printed_sheet"),
    )


def downgrade() -> None:
    op.drop_table("printed_sheet")
    for column in columns():
        op.drop_column("print_pack", column.name)
    op.execute("DELETE FROM print_pack WHERE kind NOT IN ('agendas', 'cards')")
    change_check("print_pack", "ck_print_pack_kind", EIGHT, TWO)
