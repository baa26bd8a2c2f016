"""Wishes that point at an entry of the marketplace."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.marketplace.models import Entry, WishEntry
from matchmaker.wishes.models import Wish


@dataclass(frozen=True)
class About:
    """The entry that a wish points at."""

    entry_id: str
    kind: str
    title: str


def entries_about(session: Session, event_id: str, wishes: Collection[str]) -> dict[str, About]:
    """Wish → the entry that it points at, for those that do."""
    rows = session.execute(
        select(WishEntry.wish_id, Entry.id, Entry.kind, Entry.title)
        .join(Entry, (Entry.event_id == WishEntry.event_id) & (Entry.id == WishEntry.entry_id))
        .where(WishEntry.event_id == event_id, WishEntry.wish_id.in_(wishes))
    )
    return {wish_id: About(*entry) for wish_id, *entry in rows}


def pointed_at(session: Session, event_id: str, wisher_id: str) -> set[str]:
    """The entries that somebody's wishes point at."""
    return set(
        session.scalars(
            select(WishEntry.entry_id)
            .join(Wish, (Wish.event_id == WishEntry.event_id) & (Wish.id == WishEntry.wish_id))
            .where(WishEntry.event_id == event_id, Wish.from_id == wisher_id)
        )
    )


def point_at(session: Session, wish: Wish, entry: Entry | None) -> None:
    """At this entry, in the place of the one before; or at none any more."""
    row = session.get(WishEntry, (wish.event_id, wish.id))
    if entry is None:
        if row is not None:
            session.delete(row)
    elif row is None:
        session.add(WishEntry(event_id=wish.event_id, wish_id=wish.id, entry_id=entry.id))
    else:
        row.entry_id = entry.id
    session.flush()
