"""The documents brought up to date, in the transaction that outdated them.

Triggers mark whose documents a change outdates, by whatever path it comes. Before our own
transactions are committed, what they marked is made anew; so none leaves the index behind. What
other programs mark is made with the next commit of ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import delete, event, func, insert, literal, select, update
from sqlalchemy.orm import Session

from matchmaker.catalogue import fulltext
from matchmaker.catalogue.documents import Row, documents_of
from matchmaker.catalogue.material import material_of
from matchmaker.catalogue.models import Document, DocumentStamp, Outdated
from matchmaker.database import insert_rows, new_id
from matchmaker.events.models import Event
from matchmaker.participants.models import Participant

AT_ONCE = 1000
MANY = 500  # changes after which what the database knows of its tables misleads it
LOCK = 7_025_113  # PostgreSQL's, held from reading what documents are made of to the commit

Key = tuple[str, str | None]  # participant, entry


@event.listens_for(Session, "before_commit")
def refresh(session: Session) -> None:
    """Make anew what is marked; the end of a savepoint is no commit."""
    if session.in_nested_transaction():
        return
    session.flush()
    if session.scalar(select(Outdated.number).limit(1)) is None:
        return
    if session.connection().dialect.name == "postgresql":
        # Of two who change the same person, the second must see what the first wrote.
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))
    if _renew_marked(session) >= MANY:
        fulltext.take_stock(session)


def _renew_marked(session: Session) -> int:
    """How many marks there were."""
    marks = session.execute(select(Outdated.number, Outdated.event_id, Outdated.participant_id))
    whose: dict[str, set[str]] = defaultdict(set)
    numbers = []
    for number, event_id, participant_id in marks:
        whose[event_id].add(participant_id)
        numbers.append(number)
    for event_id, people in whose.items():
        for some in _batches(sorted(people)):
            _renew(session, event_id, some)
        _stamp(session, event_id)
    for done in _batches(numbers):
        session.execute(delete(Outdated).where(Outdated.number.in_(done)))
    return len(numbers)


def rebuild(session: Session) -> None:
    """Look at everybody anew, as after a change of the schema or of what is kept. Commits."""
    everybody = select(Participant.event_id, Participant.id)
    session.execute(insert(Outdated).from_select(["event_id", "participant_id"], everybody))
    session.commit()


def _renew(session: Session, event_id: str, people: Sequence[str]) -> None:
    """Write what differs and leave the rest, above all its words, alone."""
    rows = documents_of(event_id, material_of(session, event_id, people))
    wanted: dict[Key, Row] = {(row["participant_id"], row["entry_id"]): row for row in rows}
    there = {
        (row.participant_id, row.entry_id): row
        for row in session.execute(
            select(Document.number, Document.participant_id, Document.entry_id, Document.digest)
            .where(Document.event_id == event_id, Document.participant_id.in_(people))
        )
    }  # fmt: skip
    gone = [row.number for key, row in there.items() if key not in wanted]
    changed = {
        there[key].number: row
        for key, row in wanted.items()
        if key in there and there[key].digest != row["digest"]
    }
    for some in _batches(gone):
        session.execute(delete(Document).where(Document.number.in_(some)))
    for number, row in changed.items():
        session.execute(update(Document).where(Document.number == number).values(**row))
    _add(session, [row for key, row in wanted.items() if key not in there])


def _add(session: Session, rows: Sequence[Row]) -> None:
    first = 1 + (session.scalar(select(func.max(Document.number))) or 0)
    numbered = [row | {"number": number} for number, row in enumerate(rows, first)]
    insert_rows(session, Document, numbered)


def _stamp(session: Session, event_id: str) -> None:
    """Also where nothing is written: rows may have gone with those to which they referred."""
    stamp = new_id()
    session.execute(delete(DocumentStamp).where(DocumentStamp.event_id == event_id))
    there = select(Event.id, literal(stamp)).where(Event.id == event_id)  # if it still is
    session.execute(insert(DocumentStamp).from_select(["event_id", "stamp"], there))


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
