"""Lists of terms; an organisation's kind and areas become terms, and no word of them is lost."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from matchmaker.database import new_id
from matchmaker.folding import fold
from matchmaker.vocabularies.starting import starting_rows
from matchmaker.vocabularies.words import code_for, codes_by_word

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

FIELDS = {"organisation_kind": "type", "areas": "sector"}  # of imports
organisation = sa.table(
    "organisation",
    *(sa.column(name) for name in ("event_id", "id", "kind")),
    *(sa.column(name, sa.JSON) for name in ("areas", "imported")),
)
term = sa.table(
    "term",
    *(sa.column(name) for name in ("event_id", "id", "kind", "code", "position", "is_active")),
    sa.column("labels", sa.JSON),
)
chosen = sa.table(
    "organisation_term",
    *(sa.column(name) for name in ("event_id", "organisation_id", "kind", "code")),
)


def upgrade() -> None:
    op.create_table(
        "term",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("code <> ''", name=op.f("ck_term_code")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_term_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "id", name=op.f("pk_term")),
        sa.UniqueConstraint("event_id", "kind", "code", name=op.f("uq_term_event_id_kind_code")),
    )
    op.create_index(op.f("ix_term_event_id_kind_position"), "term", ["event_id", "kind", "position"])
    op.create_table(
        "organisation_term",
        sa.Column("event_id", sa.String(40), nullable=False),
        sa.Column("organisation_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id", "organisation_id"],
            ["organisation.event_id", "organisation.id"],
            name=op.f("fk_organisation_term_event_id_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["event_id", "kind", "code"],
            ["term.event_id", "term.kind", "term.code"],
            name=op.f("fk_organisation_term_event_id_kind_code"),
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "organisation_id", "kind", "code", name=op.f("pk_organisation_term")
        ),
    )
    single = sa.text("kind IN ('type', 'size')")
    op.create_index(
        "uq_organisation_term_single",
        "organisation_term",
        ["event_id", "organisation_id", "kind"],
        unique=True,
        sqlite_where=single,
        postgresql_where=single,
    )
    op.create_index(
        op.f("ix_organisation_term_event_id_kind_code"),
        "organisation_term",
        ["event_id", "kind", "code"],
    )
    events = sa.table("event", sa.column("id"), sa.column("language"))
    for event_id, language in op.get_bind().execute(sa.select(events)).all():
        _convert(event_id, language)
    # Natively: batch mode would rebuild the table, and with it delete what refers to it.
    op.execute("ALTER TABLE organisation DROP COLUMN kind")
    op.execute("ALTER TABLE organisation DROP COLUMN areas")


def downgrade() -> None:
    op.add_column("organisation", sa.Column("kind", sa.String(60), nullable=False, server_default=""))
    op.add_column("organisation", sa.Column("areas", sa.JSON(), nullable=False, server_default="[]"))
    events = sa.table("event", sa.column("id"), sa.column("language"))
    for event_id, language in op.get_bind().execute(sa.select(events)).all():
        _write_back(event_id, language)
    op.drop_table("organisation_term")
    op.drop_table("term")


def _convert(event_id: str, language: str) -> None:
    """The starting lists, then what organisations said in words of their own."""
    connection = op.get_bind()
    rows: list[dict[str, Any]] = [
        {"id": new_id(), **line} for line in starting_rows(event_id)
    ]
    known = {
        kind: codes_by_word(kind, {row["code"]: row["labels"] for row in rows if row["kind"] == kind})
        for kind in FIELDS.values()
    }
    positions = {kind: sum(row["kind"] == kind for row in rows) for kind in known}

    def code_of(kind: str, word: str) -> str:
        word = " ".join(str(word).split())
        code = known[kind].get(fold(word))
        if code is None and word:
            code = code_for(word)
            positions[kind] += 1
            known[kind][fold(word)] = code
            if code not in {row["code"] for row in rows if row["kind"] == kind}:
                rows.append(
                    {
                        "event_id": event_id, "id": new_id(), "kind": kind, "code": code,
                        "labels": {language: word}, "position": positions[kind],
                        "is_active": True,
                    }
                )  # fmt: skip
        return code or ""

    uses, imported = [], []
    statement = sa.select(organisation).where(organisation.c.event_id == event_id)
    for row in connection.execute(statement.order_by(organisation.c.id)).mappings():
        codes = [("type", code_of("type", row["kind"]))]
        codes += [("sector", code_of("sector", area)) for area in _listed(row["areas"])]
        for kind, code in dict.fromkeys(codes):
            if code:
                uses.append({"event_id": event_id, "organisation_id": row["id"],
                             "kind": kind, "code": code})  # fmt: skip
        said = dict(row["imported"] or {})
        if "organisation_kind" in said:
            said["organisation_kind"] = code_of("type", said["organisation_kind"])
        if "areas" in said:
            areas = [code_of("sector", area) for area in _listed(said["areas"])]
            said["areas"] = sorted({area for area in areas if area})
        if said != (row["imported"] or {}):
            imported.append((row["id"], said))
    connection.execute(sa.insert(term), rows)
    if uses:
        connection.execute(sa.insert(chosen), uses)
    for id_, said in imported:
        connection.execute(
            sa.update(organisation)
            .where(organisation.c.event_id == event_id, organisation.c.id == id_)
            .values(imported=said)
        )


def _write_back(event_id: str, language: str) -> None:
    """Codes become words again; what an import said is forgotten, as its words are gone."""
    connection = op.get_bind()
    labels = {
        (kind, code): texts.get(language) or next(iter(texts.values()), code)
        for kind, code, texts in connection.execute(
            sa.select(term.c.kind, term.c.code, term.c.labels).where(term.c.event_id == event_id)
        )
    }
    words: dict[str, dict[str, list[str]]] = {}
    for _event, id_, kind, code in connection.execute(
        sa.select(chosen).where(chosen.c.event_id == event_id)
    ):
        words.setdefault(id_, {}).setdefault(kind, []).append(labels[kind, code])
    for id_, said in words.items():
        connection.execute(
            sa.update(organisation)
            .where(organisation.c.event_id == event_id, organisation.c.id == id_)
            .values(kind=said.get("type", [""])[0][:60], areas=said.get("sector", []), imported={})
        )


def _listed(value: object) -> list[str]:
    """A JSON list, however the driver hands it out."""
    if isinstance(value, str):
        value = json.loads(value)
    return list(value) if isinstance(value, list) else []
