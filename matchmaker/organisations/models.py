"""Organisation, OrganisationTerm, MemberCount, Logo, Delegation."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from matchmaker.database import Base, OfEvent, Texts, refers

SINGLE = ("type", "size")  # lists of which an organisation has one term
LISTS = (*SINGLE, "sector", "industry", "technology", "service", "label", "network")


class Organisation(OfEvent, Base):
    """``name_key`` is the name without case, accents and doubled spaces: one row per name.
    ``imported`` keeps what the last import said of each field, as a participant's does.
    """

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("event_id", "name_key"),)

    name: Mapped[str] = mapped_column(String(300))
    name_key: Mapped[str] = mapped_column(String(300))
    description: Mapped[str] = mapped_column(Text, default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    street: Mapped[str] = mapped_column(String(300), default="")
    postal_code: Mapped[str] = mapped_column(String(40), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")  # ISO 3166 code
    target_countries: Mapped[list[str]] = mapped_column(default=list)  # that it aims at
    spoken: Mapped[list[str]] = mapped_column(default=list)  # ISO 639 codes
    projects: Mapped[str] = mapped_column(Text, default="")
    stories: Mapped[str] = mapped_column(Text, default="")
    is_public: Mapped[bool] = mapped_column(default=False)  # named on the event's public page
    imported: Mapped[dict[str, Any]] = mapped_column(default=dict)


class OrganisationTerm(Base):
    """What an organisation says of itself from a list of the event: its type, its sectors …

    The list stands in the key, so that no sector can be taken for a label; and a term that
    somebody uses cannot go.
    """

    __tablename__ = "organisation_term"
    __table_args__ = (
        refers("organisation", "organisation_id", cascade=True),
        ForeignKeyConstraint(
            ["event_id", "kind", "code"], ["term.event_id", "term.kind", "term.code"]
        ),
        Index(
            "uq_organisation_term_single",
            "event_id",
            "organisation_id",
            "kind",
            unique=True,
            sqlite_where=text("kind IN ('type', 'size')"),
            postgresql_where=text("kind IN ('type', 'size')"),
        ),
        Index(None, "event_id", "kind", "code"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)


class MemberCount(Base):
    """How many members of one type a cluster organisation has."""

    __tablename__ = "member_count"
    __table_args__ = (
        refers("organisation", "organisation_id", cascade=True),
        ForeignKeyConstraint(
            ["event_id", "kind", "code"], ["term.event_id", "term.kind", "term.code"]
        ),
        CheckConstraint("kind = 'type'", name="kind"),
        CheckConstraint("number > 0", name="number"),
    )

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True, default="type")
    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int]


class Logo(Base):
    """A PNG drawn by us; ``digest`` stands in its address, so that browsers may keep it."""

    __tablename__ = "logo"
    __table_args__ = (refers("organisation", "organisation_id", cascade=True),)

    event_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    picture: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(32))


class Delegation(OfEvent, Base):
    """The people whom a cluster organisation brings and looks after."""

    __tablename__ = "delegation"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    code: Mapped[str] = mapped_column(String(60))
    names: Mapped[Texts] = mapped_column(default=dict)
