"""Who stays at the place of a meeting, and who comes to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from matchmaker.agendas.agenda import Presence


@dataclass(frozen=True, slots=True)
class Stop:
    """A participant's meeting as a station on the way through the venue."""

    meeting_id: str
    session_id: str
    place_id: str | None
    starts_at: datetime


Ways = Mapping[str, Sequence[Stop]]  # per participant, by time


def staying(
    people: Sequence[str], here: Stop, owned: Mapping[str, str | None], ways: Ways
) -> set[str]:
    """Whoever owns the place stays. At a place without owner, whoever was there just before in
    the same session stays; failing that, whoever is there just after. Nobody: all come.
    """
    if here.place_id is None:
        return set()
    owners = {person for person in people if owned.get(person) == here.place_id}
    if owners:
        return owners
    before = {person for person in people if _neighbour(ways.get(person, ()), here, -1)}
    if before:
        return before
    after = {person for person in people if _neighbour(ways.get(person, ()), here, 1)}
    return after if len(after) < len(people) else set()


def presence_of(person: str, here: Stop, stays: set[str], remote: set[str]) -> Presence:
    """What one of the meeting's people does; ``remote`` are those who take part from afar."""
    if person in remote or (remote and here.place_id is None):
        return Presence.ONLINE
    if person in stays:
        return Presence.STAYS
    return Presence.COMES if stays or remote else Presence.BOTH_COME


def _neighbour(way: Sequence[Stop], here: Stop, step: int) -> bool:
    """Whether the participant's meeting before (-1) or after (1) in the session is here too."""
    index = next((i for i, stop in enumerate(way) if stop.meeting_id == here.meeting_id), None)
    if index is None or not 0 <= index + step < len(way):
        return False
    other = way[index + step]
    return other.session_id == here.session_id and other.place_id == here.place_id
