"""Profiles of organisations: aims, languages, projects, stories, members by type, logo."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = ("target_countries", "spoken", "projects", "stories")


def upgrade() -> None:
    for name in COLUMNS[:2]:
        op.add_column("organisation", sa.Column(name, sa.JSON(), nullable=False, server_default="[]"))
    for name in COLUMNS[2:]:
        op.add_column("organisation", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "member_count",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("organisation_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind = 'type'", name=op.f("ck_member_count_kind")),
        sa.CheckConstraint("number > 0", name=op.f("ck_member_count_number")),
        _of_organisation("member_count"),
        sa.ForeignKeyConstraint(
            ["event_id", "kind", "code"],
            ["term.event_id", "term.kind", "term.code"],
            name=op.f("fk_member_count_event_id_kind_code"),
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "organisation_id", "kind", "code", name=op.f("pk_member_count")
        ),
    )
    op.create_table(
        "logo",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("organisation_id", sa.String(80), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        _of_organisation("logo"),
        sa.PrimaryKeyConstraint("event_id", "organisation_id", name=op.f("pk_logo")),
    )


def downgrade() -> None:
    op.drop_table("logo")
    op.drop_table("member_count")
    for name in COLUMNS:  # natively: batch mode would rebuild the table
        op.execute(f"ALTER TABLE organisation DROP COLUMN {name}")


def _of_organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_id", "organisation_id"],
        ["organisation.event_id", "organisation.id"],
        name=op.f(f"fk_{table}_event_id_organisation_id"),
        ondelete="CASCADE",
    )
