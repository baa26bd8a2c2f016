"""Participation types; what participants had as free text becomes types, no word is lost."""

from collections import Counter

import sqlalchemy as sa
from alembic import op

from matchmaker.database import new_id
from matchmaker.folding import fold
from matchmaker.migrations.rebuilding import add_constraint, drop_constraint
from matchmaker.vocabularies.words import code_for

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = "fk_participant_event_id_type_code"
CONSTRAINT = (
    f"CONSTRAINT {KEY} FOREIGN KEY(event_id, type_code) "
    "REFERENCES participation_type (event_id, code)"
)
event = sa.table("event", *(sa.column(name) for name in ("id", "language")),
                 sa.column("validates_by_hand", sa.Boolean))  # fmt: skip
person = sa.table("participant", sa.column("imported", sa.JSON),
                  *(sa.column(name) for name in ("event_id", "id", "kind", "type_code")))  # fmt: skip
kind = sa.table(
    "participation_type",
    *(sa.column(name) for name in ("event_id", "id", "code", "position")),
    *(sa.column(name, sa.Boolean) for name in ("at_registration", "by_hand")),
    sa.column("names", sa.JSON),
)


def upgrade() -> None:
    op.create_table(
        "participation_type",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("names", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at_registration", sa.Boolean(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("max_meetings", sa.Integer(), nullable=True),
        sa.Column("request_limit", sa.Integer(), nullable=True),
        sa.CheckConstraint("code <> ''", name=op.f("ck_participation_type_code")),
        sa.CheckConstraint("max_meetings >= 1", name=op.f("ck_participation_type_max_meetings")),
        sa.CheckConstraint("request_limit >= 0", name=op.f("ck_participation_type_request_limit")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_participation_type_event_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_participation_type")),
        sa.UniqueConstraint("event_id", "code", name=op.f("uq_participation_type_event_id_code")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_participation_type_event_id_position"), "participation_type",
        ["event_id", "position"],
    )  # fmt: skip
    op.add_column("participant", sa.Column("type_code", sa.String(60), nullable=True))
    for row in op.get_bind().execute(sa.select(event)).all():
        _convert(row.id, row.language, row.validates_by_hand)
    op.execute("ALTER TABLE participant DROP COLUMN kind")
    add_constraint("participant", CONSTRAINT)
    op.create_index(
        op.f("ix_participant_event_id_type_code"), "participant", ["event_id", "type_code"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_participant_event_id_type_code"), "participant")
    drop_constraint("participant", KEY, CONSTRAINT)
    op.add_column("participant", sa.Column("kind", sa.String(60), nullable=False, server_default=""))
    for row in op.get_bind().execute(sa.select(event)).all():
        _write_back(row.id, row.language)
    op.execute("ALTER TABLE participant DROP COLUMN type_code")
    op.drop_table("participation_type")


def _convert(event_id: str, language: str, by_hand: bool) -> None:
    """A type for every word, however it was written; it keeps its most usual spelling. Nobody
    was asked for it at registration before, and nobody is now.
    """
    connection = op.get_bind()
    people = connection.execute(
        sa.select(person.c.id, person.c.kind, person.c.imported)
        .where(person.c.event_id == event_id)
        .order_by(person.c.id)
    ).all()
    spellings: dict[str, Counter[str]] = {}
    for row in people:
        for word in (row.kind, str((row.imported or {}).get("kind") or "")):
            if word := " ".join(word.split()):
                spellings.setdefault(fold(word) or word, Counter())[word] += 1
    usual = {key: min(of, key=lambda word: (-of[word], word)) for key, of in spellings.items()}
    codes = {key: code_for(word) for key, word in usual.items()}
    rows = [
        {"event_id": event_id, "id": new_id(), "code": codes[key], "names": {language: usual[key]},
         "position": position, "at_registration": False, "by_hand": by_hand}
        for position, key in enumerate(sorted(usual), 1)
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(kind), rows)

    def code_of(word: object) -> str:
        word = " ".join(str(word or "").split())
        return codes[fold(word) or word] if word else ""

    for row in people:
        imported = dict(row.imported or {})
        if "kind" in imported:
            imported["kind"] = code_of(imported["kind"])
        if row.kind.strip() or imported.get("kind"):
            connection.execute(
                sa.update(person)
                .where(person.c.event_id == event_id, person.c.id == row.id)
                .values(type_code=code_of(row.kind) or None, imported=imported)
            )


def _write_back(event_id: str, language: str) -> None:
    """Codes become words again, also in what an import said."""
    connection = op.get_bind()
    words = {
        code: (texts.get(language) or next(iter(texts.values()), code))[:60]
        for code, texts in connection.execute(
            sa.select(kind.c.code, kind.c.names).where(kind.c.event_id == event_id)
        )
    }
    people = connection.execute(
        sa.select(person.c.id, person.c.type_code, person.c.imported)
        .where(person.c.event_id == event_id)
    ).all()  # fmt: skip
    for row in people:
        imported = dict(row.imported or {})
        if "kind" in imported:
            imported["kind"] = words.get(imported["kind"], "")
        if row.type_code or imported.get("kind"):
            connection.execute(
                sa.update(person)
                .where(person.c.event_id == event_id, person.c.id == row.id)
                .values(kind=words.get(row.type_code, ""), imported=imported)
            )
