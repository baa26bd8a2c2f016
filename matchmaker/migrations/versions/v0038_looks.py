"""Looks: colour, texts and logo of an event."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "look",
        _event(),
        sa.Column("colour", sa.String(7), nullable=False),
        sa.Column("footers", sa.JSON(), nullable=False),
        sa.Column("senders", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "colour = '' OR (colour LIKE '#%' AND length(colour) = 7)",
            name=op.f("ck_look_colour"),
        ),
        *_keys("look"),
    )
    op.create_table(
        "look_picture",
        _event(),
        sa.Column("picture", sa.LargeBinary(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        *_keys("look_picture"),
    )


def _event() -> sa.Column[str]:
    return sa.Column("event_id", sa.String(40), nullable=False)


def _keys(table: str) -> tuple[sa.Constraint, sa.Constraint]:
    return (
        sa.PrimaryKeyConstraint("event_id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f(f"fk_{table}_event_id"), ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    op.drop_table("look_picture")
    op.drop_table("look")
