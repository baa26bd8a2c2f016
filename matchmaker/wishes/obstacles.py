"""Why somebody cannot be asked for a meeting, said before anything is clicked.

The order matters: what everybody may know comes first, and what is private last. Then a `never`
and an absence, which nobody else may learn, lead to one and the same word, whatever else holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import attended_slots, present_slots
from matchmaker.participation.queries import types_of
from matchmaker.wishes.models import Wish
from matchmaker.wishes.queries import refusing
from matchmaker.wishes.requests import hours_of, standing_of
from matchmaker.wishes.rules import barred_for, rules_of

CODES = ("type", "full", "apart", "unavailable")


@dataclass(frozen=True)
class Asked:
    """Somebody whom I might ask."""

    id: str
    type_code: str | None
    organisation_id: str | None
    max_meetings: int | None


@dataclass(frozen=True)
class Load:
    """What somebody has already: requests that wait or were accepted, and agreed meetings."""

    requests: int = 0
    meetings: int = 0


def sentence(code: str) -> str:
    sentences = {
        "type": _("Your type of participation does not ask this one for meetings."),
        "full": _("Has as many requests or meetings as possible already."),
        "apart": _("You have no common time."),
        "unavailable": not_available(),
    }
    return str(sentences[code])


def not_available() -> str:
    """Of a `never` and of absences alike, on every page, in every mail, file and reason."""
    return str(_("Not available for a meeting."))


def obstacles_to(
    session: Session, event: Event, me: Participant, people: Collection[str]
) -> dict[str, str]:
    """The code of what stands against asking each of these, for those of whom anything does;
    in a fixed number of statements.
    """
    rows = session.execute(
        select(*(Participant.__table__.c[name] for name in Asked.__dataclass_fields__)).where(
            Participant.event_id == event.id, Participant.id.in_(people), Participant.id != me.id
        )
    )
    asked = [Asked(*row) for row in rows]
    open_facts = _OpenFacts(session, event, me, asked)
    free = present_slots(session, event.id, {me.id, *(one.id for one in asked)})
    refusing_me = refusing(session, me)
    found = {one.id: open_facts.code(one, free[me.id]) for one in asked}
    if open_facts.has_slots:  # before that nobody can be absent, and a word would tell a never
        for one in asked:
            is_away = not free[one.id] & free[me.id]
            if not found[one.id] and (is_away or one.id in refusing_me):
                found[one.id] = "unavailable"
    return {person: code for person, code in found.items() if code}


def obstacle_to_house(
    session: Session, event: Event, me: Participant, organisation_id: str
) -> str | None:
    """What stands against asking any of an organisation's people: None if one can be asked."""
    people = session.scalars(
        select(Participant.id).where(
            Participant.event_id == event.id,
            Participant.organisation_id == organisation_id,
            Participant.state == "validated",
            Participant.id != me.id,
        )
    ).all()
    codes = obstacles_to(session, event, me, people)
    if not people or len(codes) < len(people):
        return None
    return codes[people[0]] if len(set(codes.values())) == 1 else "unavailable"


class _OpenFacts:
    """What everybody may know: types, numbers, and the sessions that people attend."""

    def __init__(
        self, session: Session, event: Event, me: Participant, asked: Sequence[Asked]
    ) -> None:
        ids = {one.id for one in asked}
        self.barred = barred_for(session, event.id, me.type_code)
        self.types = {row.code: row for row in types_of(session, event.id)}
        self.incoming = rules_of(session, event).incoming
        self.loads = loads_of(session, event, ids) if self._has_limits(asked) else {}
        self.attended = attended_slots(session, event.id, {me.id, *ids})
        self.has_slots = any(self.attended.values())

    def code(self, one: Asked, my_times: frozenset[str]) -> str:
        if one.type_code in self.barred:
            return "type"
        if self._is_full(one):
            return "full"
        if self.has_slots and not self.attended[one.id] & my_times:
            return "apart"
        return ""

    def _has_limits(self, asked: Iterable[Asked]) -> bool:
        """Whether it matters how much anybody has: counting reads many wishes."""
        numbers = [self.incoming, *(one.max_meetings for one in asked)]
        for kind in self.types.values():
            numbers += [kind.incoming_limit, kind.max_meetings]
        return any(number is not None for number in numbers)

    def _is_full(self, one: Asked) -> bool:
        kind, load = self.types.get(one.type_code or ""), self.loads.get(one.id, Load())
        requests = kind.incoming_limit if kind and kind.incoming_limit is not None else None
        requests = self.incoming if requests is None else requests
        meetings = one.max_meetings or (kind.max_meetings if kind else None)
        too_many = requests is not None and load.requests >= requests
        return too_many or (meetings is not None and load.meetings >= meetings)


def loads_of(session: Session, event: Event, people: Collection[str]) -> dict[str, Load]:
    """Counted are wishes by name. Where nobody has to accept, nothing is agreed before the
    schedule, and only requests count.
    """
    rows = _open_wishes(session, event, people)
    said = {(wish.from_id, wish.to_id) for wish in rows}
    hours = hours_of(session, event)
    requests: Counter[str] = Counter()
    agreed: set[frozenset[str]] = set()
    for wish in rows:
        state = standing_of(wish, hours, mutual=(wish.to_id, wish.from_id) in said).state
        if state != "expired":
            requests[wish.to_id or ""] += 1
        if event.needs_acceptance and state in ("accepted", "mutual"):
            agreed.add(frozenset((wish.from_id, wish.to_id or "")))
    meetings = Counter(person for pair in agreed for person in pair)
    return {person: Load(requests[person], meetings[person]) for person in people}


def _open_wishes(session: Session, event: Event, people: Collection[str]) -> Sequence[Any]:
    """By name, from or to one of these: two questions, for each of which there is an index."""
    columns = (Wish.from_id, Wish.to_id, Wish.state, Wish.asked_at)
    open_ones = select(*columns).where(
        Wish.event_id == event.id, Wish.grade != "never", Wish.state != "declined"
    )
    sent = open_ones.where(Wish.from_id.in_(people), Wish.to_id.is_not(None))
    return session.execute(sent.union(open_ones.where(Wish.to_id.in_(people)))).all()
