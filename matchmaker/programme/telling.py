"""Who is told of an item by mail, and what a change of the set-up means to those who attend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import wall_now
from matchmaker.events.foresight import Outcome, watches
from matchmaker.events.models import Event
from matchmaker.languages import isolate, pick
from matchmaker.notices.services import notify_many
from matchmaker.programme.models import ProgrammeItem, ProgrammeSignup
from matchmaker.programme.queries import attended, items_of, overlap

KIND = "programme"
Shown = tuple[object, ...]


def tell(
    session: Session, event: Event, item: ProgrammeItem, people: Iterable[str], what: str
) -> None:
    """``what``: changed, placed, added, removed. Nobody is told of what is over."""
    if item.ends_at <= wall_now(event.zone):
        return
    ids = sorted(set(people))
    # Each happening is told once, and what happens again is told again.
    signups = {row.participant_id: row.changes for row in _signups(session, item)}
    for person in ids:
        cause = f"{item.id}:{what}:{item.changes}:{signups.get(person, 0)}"
        notify_many(session, event, [person], KIND, cause=cause, item=item.id, what=what)


def concerned(session: Session, item: ProgrammeItem) -> set[str]:
    """Who attends it or waits for a place."""
    attending = attended(session, item.event_id)
    found = {who for who, mine in attending.items() if any(row.id == item.id for row in mine)}
    if item.attendance == "sign_up":
        found |= {row.participant_id for row in _signups(session, item) if row.state == "waits"}
    return found


def shown(item: ProgrammeItem) -> Shown:
    """What somebody has to know again when it changes."""
    texts = (sorted(item.titles.items()), sorted(item.venue.items()))
    return (item.starts_at, item.ends_at, item.zone_id, item.cancelled_at is None, *texts)


@watches
def touched_people(session: Session, event: Event) -> Outcome:
    """Those who attend what changes or goes."""
    before = {row.id: (row, shown(row)) for row in items_of(session, event.id)}
    people = {id_: concerned(session, row) for id_, (row, _shown) in before.items()}
    titles = {id_: pick(row.titles, current_language()) for id_, (row, _shown) in before.items()}
    looks = {id_: look for id_, (_row, look) in before.items()}

    def outcome() -> Sequence[str]:
        after = {row.id: shown(row) for row in items_of(session, event.id)}
        return [
            ngettext(
                "%(num)s person attends “%(title)s” or waits for a place.",
                "%(num)s people attend “%(title)s” or wait for a place.",
                len(people[id_]),
                title=isolate(titles[id_]),
            )
            for id_, look in looks.items()
            if people[id_] and after.get(id_) != look
        ]

    return outcome


@watches
def twice_at_once(session: Session, event: Event) -> Outcome:
    """People who would be at two items at the same time."""
    before = _doubled(session, event)

    def outcome() -> Sequence[str]:
        new = len(_doubled(session, event) - before)
        if not new:
            return []
        return [
            ngettext(
                "%(num)s person would attend two items of the programme at the same time.",
                "%(num)s people would attend two items of the programme at the same time.",
                new,
            )
        ]

    return outcome


def _doubled(session: Session, event: Event) -> set[str]:
    return {
        who
        for who, mine in attended(session, event.id).items()
        if any(
            overlap(one, other.starts_at, other.ends_at)
            for place, one in enumerate(mine)
            for other in mine[place + 1 :]
        )
    }


def _signups(session: Session, item: ProgrammeItem) -> Sequence[ProgrammeSignup]:
    return session.scalars(
        select(ProgrammeSignup).where(
            ProgrammeSignup.event_id == item.event_id, ProgrammeSignup.item_id == item.id
        )
    ).all()
