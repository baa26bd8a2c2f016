"""Who stands in the printed catalogue, under which number and with what."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.marketplace.queries import shown_entries
from matchmaker.paper.models import CatalogueNumber
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import VISIBLE, Card, find_cards
from matchmaker.participants.searching import fold


@dataclass(frozen=True)
class Listed:
    """One person of the catalogue; ``entries`` are (kind, title) of the marketplace."""

    number: int
    card: Card
    entries: tuple[tuple[str, str], ...] = ()


def numbers_of(session: Session, event_id: str) -> dict[int, str]:
    """Number → person."""
    of_event = CatalogueNumber.event_id == event_id
    return {
        row.number: row.participant_id
        for row in session.scalars(select(CatalogueNumber).where(of_event))
    }


def catalogue_of(session: Session, event_id: str) -> list[Listed]:
    """Everybody who can be found and has a number, by number."""
    numbers = {person: number for number, person in numbers_of(session, event_id).items()}
    entries: dict[str, list[tuple[str, str]]] = {}
    for entry in shown_entries(session, event_id):
        entries.setdefault(entry.author_id, []).append((entry.kind, entry.title))
    listed = [
        Listed(numbers[card.id], card, tuple(entries.get(card.id, ())))
        for card in find_cards(session, event_id, list(numbers))
    ]
    return sorted(listed, key=lambda row: row.number)


def without_address(session: Session, event_id: str) -> list[Participant]:
    """Confirmed people whom no mail reaches: their wishes come on paper."""
    people = select(Participant).where(
        Participant.event_id == event_id, Participant.email == "", *VISIBLE
    )
    return sorted(session.scalars(people), key=lambda row: (fold(row.last_name), row.id))
