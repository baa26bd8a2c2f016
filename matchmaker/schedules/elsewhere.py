"""Published meetings at times at which one of their people would be elsewhere: at an item of the
programme, or in a pause. They stay, and are named before the change of the set-up is saved.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from matchmaker.clock import wall_now
from matchmaker.events.foresight import Outcome, watches
from matchmaker.events.models import Event
from matchmaker.participants.presence import kept_away
from matchmaker.schedules.names import Names, isolated, listed
from matchmaker.schedules.queries import BookedMeeting, meetings_of, published_version

MOST = 8  # named


@watches
def meetings_elsewhere(session: Session, event: Event) -> Outcome:
    before = set(_torn(session, event))

    def outcome() -> Sequence[str]:
        torn = _torn(session, event)
        return _sentences(session, event, [torn[id_] for id_ in torn if id_ not in before])

    return outcome


def _torn(session: Session, event: Event) -> dict[str, BookedMeeting]:
    """By id, the meetings to come in slots in which somebody of them cannot meet."""
    version, wall = published_version(session, event.id), wall_now(event.zone)
    rows = [row for row in meetings_of(session, version) if row.ends_at > wall] if version else []
    if not rows:
        return {}
    away = kept_away(session, event.id, {person for row in rows for person in row.people})
    return {
        row.id: row
        for row in rows
        if any(row.slot_id in away.get(person, ()) for person in row.people)
    }


def _sentences(session: Session, event: Event, rows: Sequence[BookedMeeting]) -> list[str]:
    if not rows:
        return []
    names = Names(session, event.id, {person for row in rows for person in row.people})
    named = [_said(names, row) for row in rows[:MOST]]
    named += [Markup("…")] if len(rows) > MOST else []
    return [
        Markup(
            ngettext(
                "%(num)s published meeting is at a time at which somebody of it would not be "
                "available, and stays there: %(meetings)s",
                "%(num)s published meetings are at times at which somebody of them would not be "
                "available, and stay there: %(meetings)s",
                len(rows),
                meetings=listed(named),
            )
        )
    ]


def _said(names: Names, row: BookedMeeting) -> Markup:
    people = Markup(" – ").join(isolated(names.person(person)) for person in row.people)
    return Markup("{} {}").format(names.when(row.starts_at), people)
