"""Dated phases; an event that was closed by hand has registration and wishes closed by hand."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CLOSED = ("registration", "wishes")
phase = sa.table("phase", *(sa.column(name) for name in ("event_id", "name")),
                 sa.column("by_hand", sa.Boolean))  # fmt: skip
event = sa.table("event", sa.column("id"), sa.column("is_open", sa.Boolean))


def upgrade() -> None:
    op.create_table(
        "phase",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("opens_at", sa.DateTime(), nullable=True),
        sa.Column("closes_at", sa.DateTime(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "name IN ('registration', 'wishes', 'scheduling', 'published', 'day')",
            name=op.f("ck_phase_name"),
        ),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_phase_order")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_phase_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "name", name=op.f("pk_phase")),
    )
    connection = op.get_bind()
    closed = connection.scalars(sa.select(event.c.id).where(event.c.is_open.is_(False))).all()
    rows = [{"event_id": id_, "name": name, "by_hand": False} for id_ in closed for name in CLOSED]
    if rows:
        connection.execute(sa.insert(phase), rows)
    op.execute("ALTER TABLE event DROP COLUMN is_open")  # natively: batch mode would rebuild it


def downgrade() -> None:
    op.add_column(
        "event", sa.Column("is_open", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    closed = sa.select(phase.c.event_id).where(
        phase.c.name == "registration", phase.c.by_hand.is_(False)
    )
    op.execute(sa.update(event).where(event.c.id.in_(closed)).values(is_open=False))
    op.drop_table("phase")
