"""Runs with settings of their own: the order of goals, what they may cost, what has to stay."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

GOALS = ["wishes", "worst_off", "breaks", "moves"]
# what the names meant that runs had until now
MEANT = {
    "nobody_without": {"order": GOALS, "given": 10, "stays": "nothing", "sessions": []},
    "most_wishes": {"order": GOALS, "given": 0, "stays": "nothing", "sessions": []},
    "only_add": {"order": GOALS, "given": 0, "stays": "published", "sessions": []},
}


def upgrade() -> None:
    op.add_column(
        "run", sa.Column("settings", sa.JSON(), nullable=False, server_default=sa.text("'{}'"))
    )
    run = sa.table("run", sa.column("wanted", sa.String), sa.column("settings", sa.JSON))
    for wanted, settings in MEANT.items():
        op.execute(run.update().where(run.c.wanted == wanted).values(settings=settings))


def downgrade() -> None:
    op.drop_column("run", "settings")
