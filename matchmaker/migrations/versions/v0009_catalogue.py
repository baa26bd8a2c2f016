"""The catalogue: documents of people and entries with their words and codes, and bookmarks."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSVECTOR
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OF_PERSON = sa.text("entry_id IS NULL")
SQLITE_WORDS = """
CREATE VIRTUAL TABLE document_words USING fts5(names, titles, texts, content='document',
  content_rowid='number', tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')
"""


def upgrade() -> None:
    folded = sa.String(500).with_variant(sa.String(500, collation="C"), "postgresql")
    op.create_table(
        "document",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.Column("entry_id", sa.String(80), nullable=True),
        sa.Column("organisation_id", sa.String(80), nullable=True),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("titles", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("name_key", folded, nullable=False),
        sa.Column("organisation_key", folded, nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        _of("participant", "document", "participant_id"),
        _of("entry", "document", "entry_id"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_document")),
    )
    op.create_index(
        "uq_document_person", "document", ["event_id", "participant_id"],
        unique=True, sqlite_where=OF_PERSON, postgresql_where=OF_PERSON,
    )
    op.create_index("uq_document_entry", "document", ["event_id", "entry_id"], unique=True)
    op.create_table(
        "document_code",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("facet", sa.String(20), nullable=False),
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["document.number"], name=op.f("fk_document_code_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "facet", "code", "number", name=op.f("pk_document_code")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_document_code_number"), "document_code", ["number"])
    op.create_table(
        "outdated",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_outdated")),
    )
    op.create_table(
        "bookmark",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("from_id", sa.String(80), nullable=False),
        sa.Column("to_id", sa.String(80), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        _of("participant", "bookmark", "from_id"),
        _of("participant", "bookmark", "to_id"),
        sa.PrimaryKeyConstraint("event_id", "from_id", "to_id", name=op.f("pk_bookmark")),
    )
    op.create_index(op.f("ix_bookmark_event_id_to_id"), "bookmark", ["event_id", "to_id"])
    _make_words()


def downgrade() -> None:
    for table in ("bookmark", "outdated", "document_words", "document_code", "document"):
        op.drop_table(table)


def _make_words() -> None:
    """Where words are found: each database's own way."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE_WORDS)
        return
    op.create_table(
        "document_words",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["document.number"], name=op.f("fk_document_words_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_document_words")),
    )
    op.create_index(
        op.f("ix_document_words_words"), "document_words", ["words"], postgresql_using="gin"
    )


def _of(target: str, table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_id", column],
        [f"{target}.event_id", f"{target}.id"],
        name=op.f(f"fk_{table}_event_id_{column}"),
        ondelete="CASCADE",
    )
