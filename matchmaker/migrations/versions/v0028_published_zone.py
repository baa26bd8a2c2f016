"""What is published keeps the time zone in which it is published."""

import sqlalchemy as sa
from alembic import op

from matchmaker.migrations.rebuilding import add_constraint, drop_constraint

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

FOREIGN = (
    "CONSTRAINT fk_publication_event_id_zone FOREIGN KEY(event_id, zone) "
    "REFERENCES event (id, zone)"
)
CHECK = "CONSTRAINT ck_publication_zone CHECK ((version_id IS NULL) = (zone IS NULL))"


def upgrade() -> None:
    op.create_index("uq_event_id_zone", "event", ["id", "zone"], unique=True)
    op.add_column("publication", sa.Column("zone", sa.String(60), nullable=True))
    op.execute(
        "UPDATE publication SET zone = (SELECT zone FROM event WHERE event.id = event_id) "
        "WHERE version_id IS NOT NULL"
    )
    add_constraint("publication", FOREIGN)
    add_constraint("publication", CHECK)


def downgrade() -> None:
    drop_constraint("publication", "ck_publication_zone", CHECK)
    drop_constraint("publication", "fk_publication_event_id_zone", FOREIGN)
    op.drop_column("publication", "zone")
    op.drop_index("uq_event_id_zone", "event")
