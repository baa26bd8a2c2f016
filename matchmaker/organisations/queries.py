"""Organisations and delegations in the order in which people read them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from matchmaker.organisations.countries import fold
from matchmaker.organisations.models import Delegation, Organisation


def organisations_of(
    session: Session, event_id: str, search: str = "", offset: int = 0, limit: int | None = None
) -> Sequence[Organisation]:
    """All organisations, or those whose name, city or kind contains the words; or a part of
    them.
    """
    statement = select(Organisation).where(*_found(event_id, search))
    ordered = statement.order_by(Organisation.name_key, Organisation.id)
    return session.scalars(ordered.offset(offset).limit(limit)).all()


def count_organisations(session: Session, event_id: str, search: str = "") -> int:
    found = select(func.count()).select_from(Organisation).where(*_found(event_id, search))
    return session.scalar(found) or 0


def _found(event_id: str, search: str) -> list[ColumnElement[bool]]:
    conditions = [Organisation.event_id == event_id]
    if search:
        conditions.append(
            or_(
                Organisation.name_key.contains(fold(search), autoescape=True),
                Organisation.city.icontains(search, autoescape=True),
                Organisation.kind.icontains(search, autoescape=True),
            )
        )
    return conditions


def delegations_of(session: Session, event_id: str) -> Sequence[Delegation]:
    return session.scalars(
        select(Delegation).where(Delegation.event_id == event_id).order_by(Delegation.code)
    ).all()
