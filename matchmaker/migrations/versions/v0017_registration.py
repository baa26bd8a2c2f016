"""Questions of the organiser, answers, and registrations that are saved step by step."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "question",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("hints", sa.JSON(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("audience", sa.String(15), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('text', 'long', 'choice', 'choices', 'yes_no')",
            name=op.f("ck_question_kind"),
        ),
        sa.CheckConstraint(
            "audience IN ('organisers', 'participants')", name=op.f("ck_question_audience")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_question_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_question")),
    )
    op.create_index(op.f("ix_question_event_id_position"), "question", ["event_id", "position"])
    op.create_table(
        "question_option",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("question_id", sa.String(80), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _of("question", "question_option", "question_id", "CASCADE"),
        sa.PrimaryKeyConstraint(
            "event_id", "question_id", "code", name=op.f("pk_question_option")
        ),
    )
    op.create_table(
        "question_type",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("question_id", sa.String(80), nullable=False),
        sa.Column("type_code", sa.String(60), nullable=False),
        _of("question", "question_type", "question_id", "CASCADE"),
        sa.ForeignKeyConstraint(
            ["event_id", "type_code"],
            ["participation_type.event_id", "participation_type.code"],
            name=op.f("fk_question_type_event_id_type_code"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "question_id", "type_code", name=op.f("pk_question_type")
        ),
    )
    op.create_table(
        "answer",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.Column("question_id", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _of("participant", "answer", "participant_id", "CASCADE"),
        _of("question", "answer", "question_id"),
        sa.PrimaryKeyConstraint("event_id", "participant_id", "question_id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_event_id_question_id"), "answer", ["event_id", "question_id"])
    op.create_table(
        "answer_option",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("participant_id", sa.String(80), nullable=False),
        sa.Column("question_id", sa.String(80), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        _of("participant", "answer_option", "participant_id", "CASCADE"),
        sa.ForeignKeyConstraint(
            ["event_id", "question_id", "code"],
            ["question_option.event_id", "question_option.question_id", "question_option.code"],
            name=op.f("fk_answer_option_event_id_question_id_code"),
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "participant_id", "question_id", "code", name=op.f("pk_answer_option")
        ),
    )
    op.create_index(
        op.f("ix_answer_option_event_id_question_id_code"), "answer_option",
        ["event_id", "question_id", "code"],
    )  # fmt: skip
    op.create_table(
        "registration",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("email_key", sa.String(320), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_registration")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_registration_token_hash")),
    )
    op.create_index(op.f("ix_registration_changed_at"), "registration", ["changed_at"])


def downgrade() -> None:
    for table in (
        "registration", "answer_option", "answer", "question_type", "question_option", "question",
    ):  # fmt: skip
        op.drop_table(table)


def _of(
    target: str, table: str, column: str, ondelete: str | None = None
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_id", column],
        [f"{target}.event_id", f"{target}.id"],
        name=op.f(f"fk_{table}_event_id_{column}"),
        ondelete=ondelete,
    )
