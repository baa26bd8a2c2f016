"""The marketplace: entries, their terms, and wishes that point at them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("author_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('offer', 'need', 'project', 'technology', 'funding')",
            name=op.f("ck_entry_kind"),
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_entry_title")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_entry_event_id"), ondelete="CASCADE"
        ),
        _of("participant", "entry", "author_id"),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_entry")),
    )
    op.create_index(op.f("ix_entry_event_id_author_id"), "entry", ["event_id", "author_id"])
    op.create_table(
        "entry_term",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("entry_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        _of("entry", "entry_term", "entry_id"),
        sa.ForeignKeyConstraint(
            ["event_id", "kind", "code"],
            ["term.event_id", "term.kind", "term.code"],
            name=op.f("fk_entry_term_event_id_kind_code"),
        ),
        sa.PrimaryKeyConstraint("event_id", "entry_id", "kind", "code", name=op.f("pk_entry_term")),
    )
    op.create_index(
        op.f("ix_entry_term_event_id_kind_code"), "entry_term", ["event_id", "kind", "code"]
    )
    op.create_table(
        "wish_entry",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("wish_id", sa.String(80), nullable=False),
        sa.Column("entry_id", sa.String(80), nullable=False),
        _of("wish", "wish_entry", "wish_id"),
        _of("entry", "wish_entry", "entry_id"),
        sa.PrimaryKeyConstraint("event_id", "wish_id", name=op.f("pk_wish_entry")),
    )
    op.create_index(
        op.f("ix_wish_entry_event_id_entry_id"), "wish_entry", ["event_id", "entry_id"]
    )


def downgrade() -> None:
    op.drop_table("wish_entry")
    op.drop_table("entry_term")
    op.drop_table("entry")


def _of(target: str, table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_id", column],
        [f"{target}.event_id", f"{target}.id"],
        name=op.f(f"fk_{table}_event_id_{column}"),
        ondelete="CASCADE",
    )
