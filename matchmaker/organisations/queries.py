"""Organisations and delegations in the order in which people read them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from matchmaker.folding import fold
from matchmaker.organisations.models import Delegation, Organisation, OrganisationTerm
from matchmaker.organisations.resembling import find_alike, look_up
from matchmaker.vocabularies.queries import labels_of

LEAST_TYPED = 3  # letters; whoever types less reads nothing


def organisations_of(
    session: Session, event_id: str, search: str = "", offset: int = 0, limit: int | None = None
) -> Sequence[Organisation]:
    """All organisations, or those whose name, city or type contains the words; or a part of
    them.
    """
    statement = select(Organisation).where(*_found(session, event_id, search))
    ordered = statement.order_by(Organisation.name_key, Organisation.id)
    return session.scalars(ordered.offset(offset).limit(limit)).all()


def organisation_names(session: Session, event_id: str) -> Sequence[str]:
    """Of all, in their order."""
    names = select(Organisation.name).where(Organisation.event_id == event_id)
    return session.scalars(names.order_by(Organisation.name_key, Organisation.id)).all()


def keys_of(session: Session, event_id: str) -> dict[str, str]:
    """Folded name → id of every organisation."""
    rows = session.execute(
        select(Organisation.name_key, Organisation.id).where(Organisation.event_id == event_id)
    )
    return dict(rows.all())


def alike(session: Session, event_id: str, name: str) -> list[Organisation]:
    """Those that may well be this one under another spelling, the likeliest first."""
    return _by_keys(session, event_id, find_alike(fold(name), keys_of(session, event_id)))


def looked_up(session: Session, event_id: str, typed: str) -> list[Organisation]:
    """Those that somebody who types this may mean, the likeliest first."""
    folded = fold(typed)
    if len(folded) < LEAST_TYPED:
        return []
    return _by_keys(session, event_id, look_up(folded, keys_of(session, event_id)))


def _by_keys(session: Session, event_id: str, keys: Sequence[str]) -> list[Organisation]:
    """In the order of the keys."""
    rows = session.scalars(
        select(Organisation).where(
            Organisation.event_id == event_id, Organisation.name_key.in_(keys)
        )
    )
    return sorted(rows, key=lambda row: keys.index(row.name_key))


def count_organisations(session: Session, event_id: str, search: str = "") -> int:
    found = select(func.count()).select_from(Organisation).where(*_found(session, event_id, search))
    return session.scalar(found) or 0


def _found(session: Session, event_id: str, search: str) -> list[ColumnElement[bool]]:
    conditions = [Organisation.event_id == event_id]
    if search:
        conditions.append(
            or_(
                Organisation.name_key.contains(fold(search), autoescape=True),
                Organisation.city.icontains(search, autoescape=True),
                Organisation.id.in_(_of_type(session, event_id, search)),
            )
        )
    return conditions


def _of_type(session: Session, event_id: str, search: str) -> Select[str]:
    """The ids of those whose type is called so in any language."""
    words = fold(search)
    types = labels_of(session, event_id).get("type", {})
    codes = [
        code
        for code, labels in types.items()
        if any(words in fold(label) for label in labels.values())
    ]
    return select(OrganisationTerm.organisation_id).where(
        OrganisationTerm.event_id == event_id,
        OrganisationTerm.kind == "type",
        OrganisationTerm.code.in_(codes),
    )


def types_of(session: Session, event_id: str, ids: Collection[str]) -> dict[str, str]:
    """Organisation → code of its type."""
    rows = session.execute(
        select(OrganisationTerm.organisation_id, OrganisationTerm.code).where(
            OrganisationTerm.event_id == event_id,
            OrganisationTerm.kind == "type",
            OrganisationTerm.organisation_id.in_(ids),
        )
    )
    return dict(rows.all())


def delegations_of(session: Session, event_id: str) -> Sequence[Delegation]:
    return session.scalars(
        select(Delegation).where(Delegation.event_id == event_id).order_by(Delegation.code)
    ).all()
