"""What a participant loses with times: meetings there, agreements without another time, wishes."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.participants.foresight import foresees
from matchmaker.participants.models import Participant
from matchmaker.participants.presence import Slots, present_slots
from matchmaker.schedules.cancelling import ahead
from matchmaker.schedules.names import Names, isolated, listed
from matchmaker.schedules.queries import BookedMeeting
from matchmaker.wishes.fitting import fit_of
from matchmaker.wishes.queries import incoming_wishes, own_wishes
from matchmaker.wishes.requests import standings_of

AGREED = ("accepted", "mutual")


@foresees
def lost_with_times(
    session: Session, event: Event, me: Participant, before: Slots, after: Slots
) -> list[str]:
    if me.state != "validated":
        return []
    meetings = ahead(session, event, me)
    found = list(_meetings_there(session, event, me, meetings, before - after))
    met = {person for row in meetings for person in row.people}
    if stranded := _without_time(session, event, me, before, after, met):
        found.append(stranded)
    found += _fewer_wishes(session, me, before, after)
    return found


def _meetings_there(
    session: Session, event: Event, me: Participant, meetings: list[BookedMeeting], lost: Slots
) -> Iterator[str]:
    names = Names(session, event.id, {person for row in meetings for person in row.people})
    for row in meetings:
        if row.slot_id in lost:
            partners = listed([isolated(names.person(one)) for one in row.people if one != me.id])
            yield Markup(
                _(
                    "You have a meeting at %(when)s with %(who)s. It stays until you cancel "
                    "or move it."
                )
            ) % {"when": names.when(row.starts_at), "who": partners}


def _without_time(
    session: Session,
    event: Event,
    me: Participant,
    before: Slots,
    after: Slots,
    met: set[str],
) -> str:
    """Those with whom a meeting is agreed that has no time yet, and would have none any more."""
    own, incoming = own_wishes(session, me), incoming_wishes(session, me)
    standings = standings_of(session, event, own, incoming)
    agreed = {
        card.id: card.name
        for card, wish in (
            *((mine.card, mine.wish) for mine in own if mine.card),
            *((item.card, item.wish) for item in incoming if item.wish.to_id),
        )
        if standings[wish.id].state in AGREED and card.id not in met
    }
    free = present_slots(session, event.id, agreed)
    stranded = [
        isolated(name)
        for person, name in sorted(agreed.items())
        if free[person] & before and not free[person] & after
    ]
    if not stranded:
        return ""
    return Markup(
        ngettext(
            "%(num)s accepted meeting has no other time: %(names)s.",
            "%(num)s accepted meetings have no other time: %(names)s.",
            len(stranded),
            names=listed(stranded),
        )
    )


def _fewer_wishes(session: Session, me: Participant, before: Slots, after: Slots) -> Iterator[str]:
    wishes = [mine.wish for mine in own_wishes(session, me) if mine.is_hoped_for]
    now, then = (fit_of(session, me, wishes, mine=slots) for slots in (before, after))
    if now and then and then.fit < now.fit:
        yield str(
            _(
                "Of your wishes %(now)s can take place now, and %(then)s then.",
                now=now.fit,
                then=then.fit,
            )
        )
