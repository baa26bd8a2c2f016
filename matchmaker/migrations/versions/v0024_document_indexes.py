"""Documents found by their person and compared by their digests, without reading their texts."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for columns in (["event_id", "participant_id"], ["event_id", "digest"]):
        op.create_index(op.f(f"ix_document_{'_'.join(columns)}"), "document", columns)


def downgrade() -> None:
    for name in ("event_id_participant_id", "event_id_digest"):
        op.drop_index(op.f(f"ix_document_{name}"), "document")
