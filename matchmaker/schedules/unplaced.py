"""The meetings that a version does not hold, for those who may know."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, Select, Text, cast, func, select
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.schedules.models import UnplacedMeeting, Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.queries import meetings_of
from matchmaker.schedules.reasons import not_arranged, sentence, sentence_for
from matchmaker.wishes.models import Wish
from matchmaker.wishes.obstacles import not_available, obstacle_to_house, obstacles_to

HEAVIEST_FIRST = (UnplacedMeeting.weight.desc(), UnplacedMeeting.meeting_id)


@dataclass(frozen=True)
class Missing:
    """For organisers: everything."""

    id: str
    sides: list[list[str]]
    people: frozenset[str]
    weight: int
    rule: str
    sentence: Markup


@dataclass(frozen=True)
class MyMissing:
    """For a participant: the own wish, and what may be said of it."""

    name: str
    grade: str
    sentence: str


def unplaced_of(
    session: Session, version: Version, names: Names, chosen: Collection[str] | None = None
) -> list[Missing]:
    """Heaviest first: all, or the chosen ones by their ids."""
    query = _of(UnplacedMeeting.__table__, version)
    if chosen is not None:
        query = query.where(UnplacedMeeting.meeting_id.in_(chosen))
    return [
        Missing(
            id=row.meeting_id,
            sides=row.sides["sides"],
            people=frozenset(person for side in row.sides["sides"] for person in side),
            weight=row.weight,
            rule=row.rule,
            sentence=sentence(row.rule, row.reason, names),
        )
        for row in session.execute(query.order_by(*HEAVIEST_FIRST))
    ]


def unplaced_ids(session: Session, version: Version, offset: int, limit: int) -> Sequence[str]:
    """A page of them, heaviest first."""
    query = _of(UnplacedMeeting.meeting_id, version).order_by(*HEAVIEST_FIRST)
    return session.scalars(query.offset(offset).limit(limit)).all()


def unplaced_with(session: Session, version: Version, person: str) -> Sequence[str]:
    """The meetings in which this person could have been."""
    named = _sides().contains(json.dumps(person), autoescape=True)
    return session.scalars(_of(UnplacedMeeting.meeting_id, version).where(named)).all()


def count_unplaced(session: Session, version: Version) -> int:
    return session.scalar(_of(func.count(), version)) or 0


def count_missing(session: Session, version: Version) -> Counter[str]:
    """In how many meetings that are not placed each person could have been."""
    texts = session.scalar(_of(func.aggregate_strings(_sides(), ","), version))
    rows = json.loads(f"[{texts or ''}]")  # in one go: one by one takes five times as long
    sides = chain.from_iterable(row["sides"] for row in rows)
    return Counter(chain.from_iterable(sides))  # nobody is on both sides of a meeting


def _sides() -> ColumnElement[str]:
    """As the text of which a database can say whether a name stands in it."""
    return cast(UnplacedMeeting.sides, Text)


def _of(what: Any, version: Version) -> Select[Any]:
    return select(what).where(
        UnplacedMeeting.event_id == version.event_id, UnplacedMeeting.version_id == version.id
    )


def unplaced_for(session: Session, version: Version, me: Participant) -> list[MyMissing]:
    """Own wishes without a meeting. A wish that was refused reads exactly as one for which there
    was no room; one that a `never` of the other side removed as one that absences keep out.
    """
    met = {person for row in meetings_of(session, version, me.id) for person in row.people}
    names = Names(session, version.event_id)
    wishes = [wish for wish in _own_wishes(session, me) if not _is_met(wish, met, names)]
    reasons = _reasons(session, version, me) | _unavailable(session, me, wishes)
    return [
        MyMissing(_target(wish, names), wish.grade, reasons.get(_key(wish), not_arranged()))
        for wish in wishes
    ]


def count_wishes(session: Session, me: Participant) -> int:
    """How many people and organisations somebody wishes to meet."""
    own = Wish.event_id == me.event_id, Wish.from_id == me.id, Wish.grade != "never"
    return session.scalar(select(func.count()).select_from(Wish).where(*own)) or 0


def _own_wishes(session: Session, me: Participant) -> list[Wish]:
    return list(
        session.scalars(
            select(Wish)
            .where(Wish.event_id == me.event_id, Wish.from_id == me.id, Wish.grade != "never")
            .order_by(Wish.grade.desc(), Wish.position)
        )
    )


def _unavailable(session: Session, me: Participant, wishes: Sequence[Wish]) -> dict[str, str]:
    """By the meeting's id, as every page says it."""
    event = session.get_one(Event, me.event_id)
    people = {wish.to_id for wish in wishes if wish.to_id}
    codes: dict[str | None, str | None] = dict(obstacles_to(session, event, me, people).items())
    for house in {wish.to_organisation_id for wish in wishes if wish.to_organisation_id}:
        codes[house] = obstacle_to_house(session, event, me, house)
    return {
        _key(wish): not_available()
        for wish in wishes
        if codes.get(wish.to_id or wish.to_organisation_id) == "unavailable"
    }


def _reasons(session: Session, version: Version, me: Participant) -> dict[str, str]:
    """What may be told, by the meeting's id."""
    rows = session.scalars(
        select(UnplacedMeeting).where(
            UnplacedMeeting.event_id == version.event_id,
            UnplacedMeeting.version_id == version.id,
            UnplacedMeeting.meeting_id.contains(me.id, autoescape=True),
        )
    )
    return {row.meeting_id: sentence_for(me.id, row.rule, row.reason) for row in rows}


def _key(wish: Wish) -> str:
    if wish.to_id is None:
        return f"{wish.from_id}~o:{wish.to_organisation_id}"
    return "~".join(sorted((wish.from_id, wish.to_id)))


def _target(wish: Wish, names: Names) -> str:
    if wish.to_id is None:
        return names.person(f"o:{wish.to_organisation_id}")
    return names.person(wish.to_id)


def _is_met(wish: Wish, met: set[str], names: Names) -> bool:
    if wish.to_id is not None:
        return wish.to_id in met
    organisation = names.person(f"o:{wish.to_organisation_id}")
    return any(names.organisation(person) == organisation for person in met - {wish.from_id})
