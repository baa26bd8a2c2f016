"""News for participants by mail: notices, what people stopped, when an event writes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MAIL = (
    ("html", sa.Text(), sa.text("''")),
    ("stop_url", sa.String(500), sa.text("''")),
    ("enclosure", sa.JSON(), sa.text("'{}'")),
    ("failure", sa.String(60), sa.text("''")),
)


def upgrade() -> None:
    for name, kind, default in MAIL:
        op.add_column("mail", sa.Column(name, kind, nullable=False, server_default=default))
    op.create_table(
        "notice",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("cause", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("mail_id", sa.String(40), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'posted', 'dropped')", name=op.f("ck_notice_state")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_notice_event_id"), ondelete="CASCADE"
        ),
        _of("participant", "notice", "participant_id"),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_notice")),
        sa.UniqueConstraint("event_id", "cause", name=op.f("uq_notice_event_id_cause")),
    )
    op.create_index(op.f("ix_notice_state_due_at"), "notice", ["state", "due_at"])
    op.create_index(
        op.f("ix_notice_event_id_participant_id"), "notice", ["event_id", "participant_id"]
    )
    op.create_table(
        "stopped_kind",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("stopped_at", sa.DateTime(), nullable=False),
        _of("participant", "stopped_kind", "participant_id"),
        sa.PrimaryKeyConstraint(
            "event_id", "participant_id", "kind", name=op.f("pk_stopped_kind")
        ),
    )
    op.create_table(
        "mail_settings",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("digest_minutes", sa.Integer(), nullable=False),
        sa.Column("reminder_days", sa.Integer(), nullable=False),
        sa.Column("writes_day_before", sa.Boolean(), nullable=False),
        sa.Column("day_before_at", sa.Time(), nullable=False),
        sa.CheckConstraint(
            "digest_minutes BETWEEN 0 AND 1440", name=op.f("ck_mail_settings_digest_minutes")
        ),
        sa.CheckConstraint(
            "reminder_days BETWEEN 0 AND 60", name=op.f("ck_mail_settings_reminder_days")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_mail_settings_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_mail_settings")),
    )
    op.create_table(
        "agenda_known",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.Column("told_id", sa.String(80), nullable=True),
        sa.Column("seen_id", sa.String(80), nullable=True),
        _of("participant", "agenda_known", "participant_id"),
        _of("version", "agenda_known", "told_id", None),
        _of("version", "agenda_known", "seen_id", None),
        sa.PrimaryKeyConstraint("event_id", "participant_id", name=op.f("pk_agenda_known")),
    )


def downgrade() -> None:
    for table in ("agenda_known", "mail_settings", "stopped_kind", "notice"):
        op.drop_table(table)
    for name, _kind, _default in MAIL:
        op.drop_column("mail", name)


def _of(
    target: str, table: str, column: str, ondelete: str | None = "CASCADE"
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_id", column],
        [f"{target}.event_id", f"{target}.id"],
        name=op.f(f"fk_{table}_event_id_{column}"),
        ondelete=ondelete,
    )
