"""Who may ask whom, and how many."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


COLUMNS = (
    ("request_rules", "outgoing"),
    ("request_rules", "incoming"),
    ("participation_type", "incoming_limit"),
)


def upgrade() -> None:
    op.create_table(
        "barred",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("from_code", sa.String(60), nullable=False),
        sa.Column("to_code", sa.String(60), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["event_id", column],
                ["participation_type.event_id", "participation_type.code"],
                name=op.f(f"fk_barred_event_id_{column}"),
                ondelete="CASCADE",
            )
            for column in ("from_code", "to_code")
        ),
        sa.PrimaryKeyConstraint("event_id", "from_code", "to_code", name=op.f("pk_barred")),
    )
    for table, name in COLUMNS:
        check = f"CONSTRAINT ck_{table}_{name} CHECK ({name} >= 0)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} INTEGER {check}")


def downgrade() -> None:
    op.drop_table("barred")
    for table, name in COLUMNS:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {name}")
