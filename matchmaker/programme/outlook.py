"""What a participant can do about each item, and what else they have at the same time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matchmaker.clock import wall_now
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import Span, meeting_times
from matchmaker.programme.models import ProgrammeItem
from matchmaker.programme.queries import (
    attended,
    count_signups,
    items_of,
    overlap,
    signups_of,
    types_by_item,
)
from matchmaker.programme.signing import why_not


@dataclass(frozen=True, slots=True)
class Outlook:
    """``standing``: attends, waits, or left; ``free``: places, None where nobody counts them;
    ``queue``: how many wait; ``obstacle``: why the person cannot sign up.
    """

    item: ProgrammeItem
    standing: str
    is_mine: bool  # attends, by signing up or because everybody does
    is_over: bool
    free: int | None
    queue: int
    obstacle: str
    meetings: tuple[Span, ...]


def outlooks(session: Session, event: Event, me: Participant) -> list[Outlook]:
    """Every item that is for this person's type, by time."""
    counts, signups = count_signups(session, event.id), signups_of(session, me)
    mine = {row.id for row in attended(session, event.id, [me.id]).get(me.id, ())}
    types, meetings = types_by_item(session, event.id), meeting_times(session, event, me)
    wall = wall_now(event.zone)
    found = []
    for item in items_of(session, event.id):
        row = signups.get(item.id)
        standing = row.state if row and item.attendance == "sign_up" else "left"
        if types.get(item.id, {me.type_code}).isdisjoint({me.type_code}) and standing == "left":
            continue
        counted = counts.get(item.id, Counter())
        found.append(
            Outlook(
                item=item,
                standing=standing,
                is_mine=item.id in mine,
                is_over=item.starts_at <= wall,
                free=_free(item, counted.get("attends", 0)),
                queue=counted.get("waits", 0),
                obstacle=_obstacle(session, event, item, me, standing),
                meetings=_at_once(item, meetings),
            )
        )
    return found


def _free(item: ProgrammeItem, taken: int) -> int | None:
    return None if item.places is None else max(item.places - taken, 0)


def _obstacle(
    session: Session, event: Event, item: ProgrammeItem, me: Participant, standing: str
) -> str:
    if item.attendance != "sign_up" or standing != "left":
        return ""
    return why_not(session, event, item, me)


def _at_once(item: ProgrammeItem, meetings: Sequence[Span]) -> tuple[Span, ...]:
    if item.attendance == "open":
        return ()
    return tuple(span for span in meetings if overlap(item, *span))
