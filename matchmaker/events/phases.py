"""When what is open: registration, wishes, and what follows; said in words. Nothing commits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import is_real, wall_moment_text, wall_now
from matchmaker.errors import Refusal
from matchmaker.events.models import PHASES, Event, MeetingSession, Phase
from matchmaker.events.phase_words import LATER, NAMES, OPEN, OVER, SENTENCES

ALWAYS = ("registration", "wishes")  # open unless something closes them


@dataclass(frozen=True)
class Span:
    """A phase as it stands at a moment. ``turns_at`` is the wall time that explains the state:
    when an open one closes, a later one opens, one that is over closed.
    """

    name: str
    state: str
    turns_at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.state == OPEN

    @property
    def label(self) -> str:
        return str(NAMES[self.name])

    @property
    def sentence(self) -> str:
        dated, undated = SENTENCES[self.name, self.state]
        if self.turns_at is None:
            return str(undated)
        return str(dated) % {"moment": wall_moment_text(self.turns_at, current_language())}


def phase_rows(session: Session, event_id: str) -> dict[str, Phase]:
    rows = session.scalars(select(Phase).where(Phase.event_id == event_id))
    return {row.name: row for row in rows}


def spans_of(session: Session, event: Event, at: datetime | None = None) -> dict[str, Span]:
    """Every phase that has dates or is always there, in order; ``at`` is a wall time."""
    at = at or wall_now(event.zone)
    rows = phase_rows(session, event.id)
    for name in ALWAYS:
        rows.setdefault(name, Phase(event_id=event.id, name=name))
    if "day" not in rows and (days := _days(session, event)):
        rows["day"] = days
    return {name: _span(rows[name], at) for name in PHASES if name in rows}


def is_open(session: Session, event: Event, name: str, at: datetime | None = None) -> bool:
    """Whether a phase is open at a wall time, else now; what has no dates and is not always
    there is not.
    """
    span = spans_of(session, event, at).get(name)
    return span is not None and span.is_open


def open_events(session: Session, name: str) -> Collection[Event]:
    """The events of which this phase, one that is always there, is open now."""
    rows = select(Event, Phase).outerjoin(
        Phase, (Phase.event_id == Event.id) & (Phase.name == name)
    )
    return [
        event
        for event, row in session.execute(rows)
        if _span(row or Phase(event_id=event.id, name=name), wall_now(event.zone)).is_open
    ]


def require_open(session: Session, event: Event, name: str) -> None:
    """Refuse in words what belongs to a phase that is not open."""
    span = spans_of(session, event)[name]
    if not span.is_open:
        raise Refusal(f"{span.sentence} {_('Ask the organisers for a change.')}")


def phase_sentences(session: Session, event: Event, at: datetime | None = None) -> list[str]:
    """What is open until when, and what comes next: the lines of a page."""
    return [span.sentence for span in spans_of(session, event, at).values() if span.state != OVER]


def set_phase(
    session: Session,
    event: Event,
    name: str,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    by_hand: bool | None = None,
) -> None:
    """Other dates, or none; by hand open or closed whatever they say."""
    label = str(NAMES[name])
    if opens_at and closes_at and opens_at >= closes_at:
        raise Refusal(_("%(phase)s: it must close after it opens.", phase=label))
    for moment in (opens_at, closes_at):
        if moment and not is_real(moment, event.zone):
            raise Refusal(
                _(
                    "%(phase)s: there is no %(moment)s in this time zone, as the clock is put "
                    "forward then.",
                    phase=label,
                    moment=wall_moment_text(moment, current_language()),
                )
            )
    row = session.get(Phase, (event.id, name))
    if row is None:
        row = Phase(event_id=event.id, name=name)
        session.add(row)
    row.opens_at, row.closes_at, row.by_hand = opens_at, closes_at, by_hand
    session.flush()


def _span(row: Phase, at: datetime) -> Span:
    if row.by_hand is not None:
        turns_at = row.closes_at if row.by_hand and row.closes_at and row.closes_at > at else None
        return Span(row.name, OPEN if row.by_hand else OVER, turns_at)
    if row.opens_at and at < row.opens_at:
        return Span(row.name, LATER, row.opens_at)
    if row.closes_at and at >= row.closes_at:
        return Span(row.name, OVER, row.closes_at)
    return Span(row.name, OPEN, row.closes_at)


def _days(session: Session, event: Event) -> Phase | None:
    """The meetings themselves, from the first session to the last."""
    rows = session.execute(
        select(MeetingSession.day, func.min(MeetingSession.starts), func.max(MeetingSession.ends))
        .where(MeetingSession.event_id == event.id)
        .group_by(MeetingSession.day)
        .order_by(MeetingSession.day)
    ).all()
    if not rows:
        return None
    (first, starts, _end), (last, _start, ends) = rows[0], rows[-1]
    return Phase(
        event_id=event.id,
        name="day",
        opens_at=datetime.combine(first, starts),
        closes_at=datetime.combine(last, ends),
    )
