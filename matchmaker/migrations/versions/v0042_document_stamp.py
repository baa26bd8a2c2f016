"""Codes are counted in memory, and a stamp says whether what is remembered is still true."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_table("document_code")
    op.create_table(
        "document_stamp",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("stamp", sa.String(16), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_document_stamp_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_document_stamp")),
    )


def downgrade() -> None:
    """Without the codes: the catalogue of that version makes them anew when all are marked."""
    op.drop_table("document_stamp")
    op.create_table(
        "document_code",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("facet", sa.String(20), nullable=False),
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["document.number"], name=op.f("fk_document_code_number"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "facet", "code", "number", name=op.f("pk_document_code")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_document_code_number"), "document_code", ["number"])
    op.execute("DELETE FROM document")  # or those that have not changed would be left without
