"""What stands against publishing a version: the check's objections, and what changed since."""

from __future__ import annotations

import json

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.events.models import Event
from matchmaker.languages import comma
from matchmaker.participants.models import Participant
from matchmaker.schedules import bridge
from matchmaker.schedules.bridge import Broken
from matchmaker.schedules.models import PersonBooking, Version
from matchmaker.schedules.names import Names
from matchmaker.schedules.queries import meetings_of


def obstacles_to(session: Session, event: Event, version: Version) -> list[str]:
    """One phrase per obstacle; empty where the version may be published.

    What is checked are the rows, since they are what people will see. The people in them are
    held until the transaction ends: nobody withdraws between this check and the publication.
    """
    schedule = _from_rows(session, version)
    names = Names(session, event.id)
    gone = gone_from(session, version, held=True)
    found = [_("%(who)s takes part no longer", who=names.person(person)) for person in gone]
    broken = bridge.broken_now(session, event, version.problem, schedule)
    found += [_phrase(row, names) for row in broken if not set(row.participants) & set(gone)]
    if not found:  # names say more than the check's own words
        found = _objections(version, schedule)
    return list(dict.fromkeys(found))


def _objections(version: Version, schedule: str) -> list[str]:
    wrong = bridge.objections(version.problem, schedule)
    return [_("the check finds it wrong (%(what)s)", what=text) for text in wrong]


def overlooked(session: Session, event: Event, version: Version) -> list[str]:
    """Meetings that participants have fixed, by what is published now, and this does not hold."""
    if not bridge.booked_ids(session, event.id):
        return []
    names = Names(session, event.id)
    lost = bridge.lost_bookings(session, event, _from_rows(session, version))
    return [
        _("%(who)s have fixed their meeting themselves", who=" – ".join(map(names.person, people)))
        for people in lost
    ]


def _from_rows(session: Session, version: Version) -> str:
    """The stored schedule with its meetings as the rows have them."""
    answer = json.loads(version.schedule)
    answer["meetings"] = [
        {
            "meeting": row.id,
            "slot": row.slot_id,
            "place": row.place_id,
            "room": row.room_id,
            "participants": list(row.people),
            "interpreter": row.interpreter_id,
        }
        for row in meetings_of(session, version)
    ]
    return json.dumps(answer)


def gone_from(session: Session, version: Version, *, held: bool = False) -> list[str]:
    """Who stands in it and takes part no longer; ``held`` as they are to the transaction's end."""
    booked = select(PersonBooking.participant_id).where(
        PersonBooking.event_id == version.event_id, PersonBooking.version_id == version.id
    )
    query = (
        select(Participant.id, Participant.state)
        .where(Participant.event_id == version.event_id, Participant.id.in_(booked))
        .order_by(Participant.id)
    )
    rows = session.execute(query.with_for_update(read=True) if held else query)
    return [row.id for row in rows if row.state != "validated"]


def _phrase(row: Broken, names: Names) -> str:
    people = " – ".join(names.person(person) for person in row.participants)
    between = comma(current_language())
    when = between.join(names.slot(slot) for slot in row.slots)
    where = between.join(names.place(place) for place in row.places)
    if row.rule == "absent":
        return str(
            ngettext(
                "%(who)s is absent at %(when)s",
                "%(who)s are absent at %(when)s",
                len(row.participants),
                who=people,
                when=when,
            )
        )
    if row.rule == "never":
        return str(_("%(who)s must not meet any more", who=people))
    if row.rule == "cancelled":
        return str(_("%(who)s have cancelled their meeting", who=people))
    if row.rule == "place_closed":
        return str(_("%(where)s is closed at %(when)s", where=where, when=when))
    if said := _not_kept_now(people, when, where).get(row.rule):
        return str(said)
    what = " ".join(part for part in (people, when, where) if part)
    return str(_("the rules have changed (%(rule)s: %(what)s)", rule=row.rule, what=what))


def _not_kept_now(who: str, when: str, where: str) -> dict[str, str]:
    """What another set-up, or other data of people, can forbid afterwards."""
    return {
        "max_meetings": _("more meetings than agreed: %(who)s", who=who),
        "max_in_a_row": _("too many meetings in a row: %(who)s", who=who),
        "limits": _("more meetings than the limits allow now: %(who)s", who=who),
        "busy": _("two meetings at the same time: %(who)s, %(when)s", who=who, when=when),
        "travel": _("too long a way between two meetings: %(who)s", who=who),
        "language": _("no common language, and no interpreter: %(who)s", who=who),
        "interpreter": _(
            "no interpreter of these languages is there: %(who)s, %(when)s", who=who, when=when
        ),
        "own_place": _("the place belongs to somebody else now: %(where)s", where=where),
        "place_taken": _(
            "the place has room for fewer meetings now: %(where)s, %(when)s", when=when, where=where
        ),
    }
