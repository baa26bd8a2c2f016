"""The rows of one page of the list, read with as many statements as the columns need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.events.models import MeetingSession, Place
from matchmaker.languages import pick
from matchmaker.organisations.models import Delegation, Organisation
from matchmaker.participants.models import Attendance, Participant
from matchmaker.participation.queries import type_names
from matchmaker.schedules.queries import count_meetings, published_version
from matchmaker.wishes.models import Wish


@dataclass
class Words:
    """What the codes and ids of an event are called, and the numbers of the people shown."""

    language: str
    types: dict[str, str] = field(default_factory=dict)
    delegations: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    attended: dict[str, list[str]] = field(default_factory=dict)
    wishes: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    meetings: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Line:
    person: Participant
    organisation: Organisation | None


def lines_of(session: Session, event_id: str, ids: Sequence[str]) -> list[Line]:
    """These people in this order."""
    rows = session.execute(
        select(Participant, Organisation)
        .outerjoin(
            Organisation,
            (Organisation.event_id == Participant.event_id)
            & (Organisation.id == Participant.organisation_id),
        )
        .where(Participant.event_id == event_id, Participant.id.in_(ids))
    )
    found = {person.id: Line(person, organisation) for person, organisation in rows}
    return [found[id_] for id_ in ids if id_ in found]


def words_for(
    session: Session, event_id: str, ids: Collection[str], columns: Collection[str], language: str
) -> Words:
    words = Words(language)
    if "type" in columns:
        names = type_names(session, event_id)
        words.types = {code: pick(texts, language) or code for code, texts in names.items()}
    if "delegation" in columns:
        rows = session.scalars(select(Delegation).where(Delegation.event_id == event_id))
        words.delegations = {row.id: pick(row.names, language) or row.code for row in rows}
    if "place" in columns:
        places = select(Place.id, Place.code).where(Place.event_id == event_id)
        words.places = dict(session.execute(places).all())
    if "sessions" in columns:
        _read_sessions(session, event_id, ids, words)
    if "wishes" in columns:
        words.wishes = _count(session, event_id, Wish.from_id, ids)
    if "asked" in columns:
        words.asked = _count(session, event_id, Wish.to_id, ids)
    if "meetings" in columns and (version := published_version(session, event_id)):
        words.meetings = count_meetings(session, version)
    return words


def wish_counts(session: Session, event_id: str, column: str) -> Counter[str]:
    return _count(session, event_id, Wish.from_id if column == "wishes" else Wish.to_id)


def _count(
    session: Session, event_id: str, side: object, ids: Collection[str] | None = None
) -> Counter[str]:
    """Wishes to meet, by one of their sides."""
    query = select(side, func.count()).where(  # type: ignore[call-overload]
        Wish.event_id == event_id, Wish.grade != "never"
    )
    if ids is not None:
        query = query.where(side.in_(ids))  # type: ignore[attr-defined]
    return Counter(dict(session.execute(query.group_by(side)).all()))


def _read_sessions(session: Session, event_id: str, ids: Collection[str], words: Words) -> None:
    rows = session.scalars(
        select(MeetingSession)
        .where(MeetingSession.event_id == event_id)
        .order_by(MeetingSession.day, MeetingSession.starts)
    )
    words.sessions = {
        row.id: pick(row.names, words.language) or f"{row.day:%d.%m.} {row.starts:%H:%M}"
        for row in rows
    }
    attended = session.execute(
        select(Attendance.participant_id, Attendance.session_id).where(
            Attendance.event_id == event_id, Attendance.participant_id.in_(ids)
        )
    )
    for person, id_ in attended:
        words.attended.setdefault(person, []).append(id_)
