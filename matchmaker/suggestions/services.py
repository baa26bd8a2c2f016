"""Whom somebody could meet: the best first, with the reasons, and only who can be met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import attended_slots
from matchmaker.participants.queries import Card, find_cards
from matchmaker.suggestions.facts import Facts
from matchmaker.suggestions.ground import Ground
from matchmaker.suggestions.queries import own_facts
from matchmaker.suggestions.reasons import Reason, reasons_for
from matchmaker.suggestions.remembering import ground_of
from matchmaker.wishes.obstacles import obstacles_to
from matchmaker.wishes.proposals import proposal_of
from matchmaker.wishes.queries import grades_of

LOOKED_AT = 60  # of the best, whether they can be met
LEAST = 0.05  # of worth


@dataclass(frozen=True)
class Suggestion:
    card: Card
    reasons: Sequence[Reason]
    obstacle: str | None  # only "full" is suggested all the same, and marked
    is_crowded: bool  # more meetings are wished for than the person has time for


def suggestions_for(
    session: Session, event: Event, me: Participant, most: int
) -> list[Suggestion] | None:
    """None for somebody who cannot be found. Whom I cannot ask is left out, and nobody can tell
    a `never` from an absence by that; who is full or crowded comes last and is marked.
    """
    mine = own_facts(session, me)
    if mine is None:
        return None
    ground = ground_of(session, event.id)
    best = _best(session, ground, mine, me)
    cards = {card.id: card for card in find_cards(session, event.id, best)}
    obstacles = obstacles_to(session, event, me, cards)
    met = [id_ for id_ in best if id_ in cards and obstacles.get(id_) in (None, "full")]
    crowded = _crowded(session, event, met)
    met.sort(key=lambda id_: id_ in obstacles or id_ in crowded)
    return [
        Suggestion(
            cards[id_],
            reasons_for(ground, mine, ground.people[ground.place[id_]]),
            obstacles.get(id_),
            id_ in crowded,
        )
        for id_ in met[:most]
    ]


def _best(session: Session, ground: Ground, mine: Facts, me: Participant) -> list[str]:
    """The ids of whom it is worth to meet: strangers of whom nobody has said anything yet."""
    scores = ground.scores(mine)
    out = set(grades_of(session, me)) | {me.id}
    found: list[str] = []
    for place in np.argsort(-scores, kind="stable"):
        other = ground.people[place]
        if scores[place] < LEAST or len(found) == LOOKED_AT:
            break
        is_colleague = me.organisation_id is not None and (
            other.organisation_id == me.organisation_id
        )
        if other.id not in out and other.organisation_id not in out and not is_colleague:
            found.append(other.id)
    return found


def _crowded(session: Session, event: Event, people: Collection[str]) -> set[str]:
    """Those for whom as many meetings are wished as they have times."""
    wished: Counter[str] = Counter(
        person
        for meeting in proposal_of(session, event).meetings
        for side in meeting.sides
        if len(side) == 1
        for person in side
    )
    free = attended_slots(session, event.id, people)
    seats: dict[str, int] = dict(
        session.execute(
            select(Participant.id, Participant.seats).where(
                Participant.event_id == event.id, Participant.id.in_(people)
            )
        ).all()
    )
    return {id_ for id_ in people if free[id_] and wished[id_] >= len(free[id_]) * seats[id_]}
