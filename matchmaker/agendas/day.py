"""My day: the agenda with what only its owner sees of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.agendas.agenda import Agenda, AgendaMeeting, FreeTime, by_day
from matchmaker.agendas.changes import Change, changes_between
from matchmaker.agendas.knowing import agenda_in, known_of
from matchmaker.agendas.models import MeetingNote, MoveRequest
from matchmaker.agendas.moving import open_requests
from matchmaker.agendas.services import published_agenda
from matchmaker.database import Texts
from matchmaker.events.models import Event, MeetingSession, Place
from matchmaker.events.queries import sessions_of, walks_of
from matchmaker.languages import colon, comma, isolate
from matchmaker.participants.models import Participant
from matchmaker.participants.queries import attended_by, find_cards
from matchmaker.programme.entries import Entry as Item
from matchmaker.programme.entries import entries_of, open_entries
from matchmaker.schedules.cancelling import taken_away, undoable
from matchmaker.schedules.models import Cancellation
from matchmaker.schedules.names import Names

SAME_WALK = timedelta(hours=2)  # after a longer pause nobody comes from their last meeting


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach somebody with whom a meeting is agreed, and whether they have a page."""

    email: str
    phone: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Way:
    """From the meeting before to the next one."""

    origin: str  # code of the place
    minutes: int  # on foot; 0 within a zone


@dataclass(frozen=True, slots=True)
class Part:
    """A session with one's own entries in it; or items of the programme, outside of sessions."""

    names: Texts
    starts_at: datetime
    ends_at: datetime
    attended: bool
    entries: tuple[AgendaMeeting | FreeTime | Item, ...]
    is_session: bool = True


@dataclass(frozen=True, slots=True)
class MyDay:
    agenda: Agenda
    wall: datetime
    days: tuple[tuple[date, tuple[Part, ...]], ...]
    way: Way | None  # to the next meeting
    changes: Mapping[str, Change] = field(default_factory=dict)  # since the last look, by meeting
    has_looked: bool = False
    came_after: bool = False  # registered when this version was there already
    contacts: Mapping[str, Contact] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def next(self) -> AgendaMeeting | None:
        return self.agenda.next_after(self.wall)

    @property
    def fallen(self) -> list[AgendaMeeting]:
        return [c.before for c in self.changes.values() if c.kind == "fallen" and c.before]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can still be taken back, with the meetings that it took away."""

    id: str
    is_whole: bool
    created_at: datetime
    meetings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """What waits for a decision: questions to move, and acts that can still be taken back."""

    asked_of_me: Sequence[MoveRequest]
    asked_by_me: Sequence[MoveRequest]
    undoable: Sequence[Act]


def my_day(
    session: Session, event: Event, me: Participant, wall: datetime, reader: Participant | None
) -> MyDay | None:
    """None before the first publication. Notes are the reader's own, who may act for ``me``;
    an organiser has none.
    """
    agenda = published_agenda(session, event, me.id)
    if agenda is None:
        return None
    seen_id = known_of(session, event.id, me.id).seen_id
    seen = agenda_in(session, event, seen_id, me.id)
    changes = changes_between(seen, agenda) if seen else ()
    return MyDay(
        agenda=agenda,
        wall=wall,
        days=_days(session, event, me, agenda),
        way=way_to(session, event, agenda, agenda.next_after(wall)),
        changes={_meeting_of(change).id: change for change in changes},
        has_looked=seen is not None,
        came_after=came_after(agenda, me),
        contacts=contacts_of(session, agenda),
        notes=notes_of(session, reader) if reader else {},
    )


def programme_by_day(
    session: Session, me: Participant
) -> tuple[tuple[date, tuple[Item, ...]], ...]:
    """What somebody attends, also before anything is published."""
    return by_day(entries_of(session, me.event_id, [me.id]).get(me.id, ()))


def came_after(agenda: Agenda, me: Participant) -> bool:
    return me.created_at > agenda.edition.published_at


def open_matters(session: Session, event: Event, me: Participant) -> Open:
    requests = open_requests(session, event, me)
    return Open(
        asked_of_me=[row for row in requests if row.answerer_id == me.id],
        asked_by_me=[row for row in requests if row.asker_id == me.id],
        undoable=[_act(session, me, row) for row in undoable(session, me)],
    )


def _act(session: Session, me: Participant, row: Cancellation) -> Act:
    names = Names(session, me.event_id)
    ways = [way["placed"] for way in taken_away(session, row)]
    language = current_language()
    meetings = [
        names.slot(way["slot"])
        + colon(language)
        + comma(language).join(
            isolate(names.person(person)) for person in way["participants"] if person != me.id
        )
        for way in ways
    ]
    return Act(row.id, row.is_whole, row.created_at, tuple(meetings))


def contacts_of(session: Session, agenda: Agenda) -> dict[str, Contact]:
    """Of those with whom a meeting is published, and of nobody else; as far as they want it."""
    ids = {partner.id for meeting in agenda.meetings for partner in meeting.partners}
    event_id = agenda.edition.event_id
    shown = {card.id for card in find_cards(session, event_id, ids)}
    rows = session.execute(
        select(
            Participant.id,
            case((Participant.shares_email, Participant.email), else_=""),
            case((Participant.shares_phone, Participant.phone), else_=""),
        ).where(Participant.event_id == event_id, Participant.id.in_(ids))
    )
    return {id_: Contact(email, phone, id_ in shown) for id_, email, phone in rows}


def notes_of(session: Session, me: Participant) -> dict[str, str]:
    rows = session.execute(
        select(MeetingNote.meeting_id, MeetingNote.words).where(
            MeetingNote.event_id == me.event_id, MeetingNote.participant_id == me.id
        )
    )
    return dict(rows.all())


def way_to(
    session: Session, event: Event, agenda: Agenda, meeting: AgendaMeeting | None
) -> Way | None:
    """Where one comes from, where a meeting was just before, at another place."""
    if meeting is None or meeting.spot is None:
        return None
    before = [row for row in agenda.meetings if row.ends_at <= meeting.starts_at and row.spot]
    last = before[-1] if before else None
    if last is None or last.spot is None or last.spot.code == meeting.spot.code:
        return None
    if meeting.starts_at - last.ends_at > SAME_WALK:
        return None
    codes = (last.spot.code, meeting.spot.code)
    zones = dict(
        session.execute(
            select(Place.code, Place.zone_id).where(
                Place.event_id == event.id, Place.code.in_(codes)
            )
        ).all()
    )
    pair = frozenset(zones.get(code) or "" for code in codes)
    return Way(last.spot.code, walks_of(session, event.id).get(pair, 0))


def _days(
    session: Session, event: Event, me: Participant, agenda: Agenda
) -> tuple[tuple[date, tuple[Part, ...]], ...]:
    """The event's sessions by day, also those in which nothing is, and what else there is."""
    attended = set(attended_by(session, me))
    items = [*agenda.items, *open_entries(session, event.id)]
    parts = [
        _part(row, not attended or row.id in attended, agenda, items)
        for row in sessions_of(session, event.id)
    ]
    outside = [item for item in items if not any(item in part.entries for part in parts)]
    parts += [Part({}, row.starts_at, row.ends_at, True, (row,), False) for row in outside]
    return by_day(parts)


def _part(row: MeetingSession, is_attended: bool, agenda: Agenda, items: Sequence[Item]) -> Part:
    starts = datetime.combine(row.day, row.starts)
    ends = datetime.combine(row.day, row.ends)
    entries: list[AgendaMeeting | FreeTime | Item] = [*agenda.meetings, *agenda.free, *items]
    inside = [entry for entry in entries if starts <= entry.starts_at < ends]
    inside.sort(key=lambda entry: (entry.starts_at, entry.ends_at))
    return Part(row.names, starts, ends, is_attended, tuple(inside))


def _meeting_of(change: Change) -> AgendaMeeting:
    found = change.after or change.before
    assert found is not None
    return found
