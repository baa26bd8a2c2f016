"""Organisations and delegations in the order in which people read them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matchmaker.organisations.countries import fold
from matchmaker.organisations.models import Delegation, Organisation


def organisations_of(session: Session, event_id: str, search: str = "") -> Sequence[Organisation]:
    """All organisations, or those whose name, city or kind contains the words."""
    statement = select(Organisation).where(Organisation.event_id == event_id)
    if search:
        statement = statement.where(
            or_(
                Organisation.name_key.contains(fold(search), autoescape=True),
                Organisation.city.icontains(search, autoescape=True),
                Organisation.kind.icontains(search, autoescape=True),
            )
        )
    return session.scalars(statement.order_by(Organisation.name_key)).all()


def delegations_of(session: Session, event_id: str) -> Sequence[Delegation]:
    return session.scalars(
        select(Delegation).where(Delegation.event_id == event_id).order_by(Delegation.code)
    ).all()
