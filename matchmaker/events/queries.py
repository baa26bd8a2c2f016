"""What an event consists of, in the order in which people read it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from matchmaker.accounts.models import Account, Login, SignInLink
from matchmaker.events.models import (
    ROLES,
    Event,
    Interpreter,
    InterpreterAbsence,
    MeetingSession,
    Membership,
    Place,
    PlaceClosure,
    Slot,
    Walk,
    Zone,
)

DUTIES = ("owner", "organiser", "helper", "desk", "reader")
ORGANISE = ("owner", "organiser")


def may_help_at(session: Session, event_id: str, account_id: str) -> bool:
    """Whether the account works with the event's participants: owner, organiser or helper."""
    row = select(Membership.role).where(
        Membership.event_id == event_id,
        Membership.account_id == account_id,
        Membership.role.in_((*ORGANISE, "helper")),
    )
    return session.scalar(row.limit(1)) is not None


def events_of(session: Session, account_id: str) -> Sequence[Event]:
    """The events that this account organises, the newest first."""
    return session.scalars(
        select(Event)
        .join(Membership, Membership.event_id == Event.id)
        .where(Membership.account_id == account_id, Membership.role.in_(ORGANISE))
        .order_by(Event.created_at.desc(), Event.id)
    ).all()


def may_create_events(session: Session, account: Account) -> bool:
    """Whoever runs the installation, or organises something already."""
    return account.is_admin or bool(events_of(session, account.id))


def sessions_of(session: Session, event_id: str) -> Sequence[MeetingSession]:
    return session.scalars(
        select(MeetingSession)
        .where(MeetingSession.event_id == event_id)
        .order_by(MeetingSession.day, MeetingSession.starts)
    ).all()


def slots_of(session: Session, event_id: str) -> Sequence[Slot]:
    return session.scalars(
        select(Slot).where(Slot.event_id == event_id).order_by(Slot.starts_at)
    ).all()


def slots_by_session(session: Session, event_id: str) -> list[tuple[MeetingSession, list[Slot]]]:
    """Each session with its slots, in the order of time."""
    slots: dict[str, list[Slot]] = {}
    for slot in slots_of(session, event_id):
        slots.setdefault(slot.session_id, []).append(slot)
    return [(row, slots.get(row.id, [])) for row in sessions_of(session, event_id)]


def zones_of(session: Session, event_id: str) -> Sequence[Zone]:
    return session.scalars(select(Zone).where(Zone.event_id == event_id).order_by(Zone.id)).all()


def walks_of(session: Session, event_id: str) -> dict[frozenset[str], int]:
    """Minutes per pair of zones."""
    walks = session.scalars(select(Walk).where(Walk.event_id == event_id))
    return {frozenset((walk.from_id, walk.to_id)): walk.minutes for walk in walks}


def places_of(
    session: Session, event_id: str, offset: int = 0, limit: int | None = None
) -> Sequence[Place]:
    """All places by kind, then by code; or a part of them."""
    statement = select(Place).where(Place.event_id == event_id)
    ordered = statement.order_by(Place.kind.desc(), Place.code)
    return session.scalars(ordered.offset(offset).limit(limit)).all()


def count_places(session: Session, event_id: str) -> int:
    statement = select(func.count()).select_from(Place).where(Place.event_id == event_id)
    return session.scalar(statement) or 0


def count_places_by_zone(session: Session, event_id: str) -> dict[str | None, dict[str, int]]:
    """Zone → kind → how many places."""
    rows = session.execute(
        select(Place.zone_id, Place.kind, func.count())
        .where(Place.event_id == event_id)
        .group_by(Place.zone_id, Place.kind)
        .order_by(Place.kind.desc())
    )
    found: dict[str | None, dict[str, int]] = {}
    for zone_id, kind, number in rows:
        found.setdefault(zone_id, {})[kind] = number
    return found


def closures_of(session: Session, event_id: str, place_ids: Collection[str]) -> dict[str, set[str]]:
    """The closed slots of each of these places that has any."""
    closed: dict[str, set[str]] = {}
    rows = select(PlaceClosure.place_id, PlaceClosure.slot_id).where(
        PlaceClosure.event_id == event_id, PlaceClosure.place_id.in_(place_ids)
    )
    for place_id, slot_id in session.execute(rows):
        closed.setdefault(place_id, set()).add(slot_id)
    return closed


def interpreters_of(session: Session, event_id: str) -> Sequence[Interpreter]:
    return session.scalars(
        select(Interpreter).where(Interpreter.event_id == event_id).order_by(Interpreter.name)
    ).all()


def interpreter_absences_of(session: Session, event_id: str) -> dict[str, set[str]]:
    """The slots of absence of each interpreter who has any."""
    absent: dict[str, set[str]] = {}
    rows = select(InterpreterAbsence).where(InterpreterAbsence.event_id == event_id)
    for row in session.scalars(rows):
        absent.setdefault(row.interpreter_id, set()).add(row.slot_id)
    return absent


def members_of(session: Session, event_id: str) -> list[tuple[Membership, Account]]:
    """Everybody with a role at the event, owners first."""
    rank = case({role: number for number, role in enumerate(ROLES)}, value=Membership.role)
    rows = session.execute(
        select(Membership, Account)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.event_id == event_id)
        .order_by(rank, Account.name, Account.email)
    )
    return [(membership, account) for membership, account in rows]


def have_been_here(session: Session, event_id: str) -> set[str]:
    """The accounts with a role at the event that have signed in at some time."""
    used = select(SignInLink.account_id).where(SignInLink.used_at.is_not(None))
    known = select(Membership.account_id).where(
        Membership.event_id == event_id,
        Membership.account_id.in_(used)
        | Membership.account_id.in_(select(Login.account_id))
        | Membership.account_id.in_(select(Account.id).where(Account.password_hash.is_not(None))),
    )
    return set(session.scalars(known))
