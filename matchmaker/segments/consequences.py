"""What a deed on many people would bring, in sentences with numbers, before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from matchmaker.events.models import Event
from matchmaker.participants.models import Participant
from matchmaker.segments.deeds import can_be_mailed, people_of
from matchmaker.segments.standing import count_wishes, in_schedules, published_meetings

Foresee = Callable[[Session, Event, list[str]], list[str]]


def of_state(state: str) -> Foresee:
    def foresee(session: Session, event: Event, ids: list[str]) -> list[str]:
        people = people_of(session, event.id, ids)
        changed = [person for person in people if person.state != state]
        found = [_unchanged(len(people) - len(changed))]
        if state in ("validated", "rejected"):
            found.append(_told(sum(1 for person in changed if person.email)))
        if state == "withdrawn":
            found.append(_("Nobody is told, and mails to them that still wait are not sent."))
        if state != "validated":
            found += _out_of_schedules(session, event, changed)
        return [sentence for sentence in found if sentence]

    return foresee


def of_type(session: Session, event: Event, ids: list[str]) -> list[str]:
    return [
        _(
            "Their state, wishes and answers stay. Whom they may ask, and their limits, follow "
            "the type."
        )
    ]


def of_limit(session: Session, event: Event, ids: list[str]) -> list[str]:
    counts = published_meetings(session, event.id, ids)
    most = max(counts.values(), default=0)
    found = [_("It holds from the next schedule on; what is published stays as it is.")]
    if most:
        found.append(
            ngettext(
                "One of them has published meetings, %(most)s of them.",
                "%(num)s of them have published meetings, up to %(most)s each.",
                len(counts),
                most=most,
            )
        )
    return found


def of_link(session: Session, event: Event, ids: list[str]) -> list[str]:
    people = people_of(session, event.id, ids)
    reached = sum(1 for person in people if can_be_mailed(person))
    found = [
        ngettext("%(num)s mail goes out.", "%(num)s mails go out.", reached),
    ]
    if without := len(people) - reached:
        found.append(
            ngettext(
                "%(num)s person gets none: no address, or does not take part.",
                "%(num)s people get none: no address, or they do not take part.",
                without,
            )
        )
    return found


def of_deletion(session: Session, event: Event, ids: list[str]) -> list[str]:
    kept = in_schedules(session, event.id, ids)
    gone = [id_ for id_ in ids if id_ not in kept]
    found = [ngettext("%(num)s person is deleted.", "%(num)s people are deleted.", len(gone))]
    if gone:
        made, got = count_wishes(session, event.id, gone)
        found += [
            _(
                "With them go %(made)s wishes of theirs and %(got)s wishes of others for them.",
                made=made,
                got=got,
            ),
            _("Their marketplace entries, answers and absences go too. This cannot be undone."),
        ]
    if kept:
        found.append(
            ngettext(
                "%(num)s person stays, because a schedule holds them. Withdraw them instead.",
                "%(num)s people stay, because a schedule holds them. Withdraw them instead.",
                len(kept),
            )
        )
    return found


def _unchanged(number: int) -> str:
    if not number:
        return ""
    return str(
        ngettext(
            "%(num)s person is so already and stays as they are.",
            "%(num)s people are so already and stay as they are.",
            number,
        )
    )


def _told(number: int) -> str:
    return str(
        ngettext("%(num)s person is told by mail.", "%(num)s people are told by mail.", number)
    )


def _out_of_schedules(session: Session, event: Event, changed: Sequence[Participant]) -> list[str]:
    found = [_("They get no meetings in the next schedule. Their wishes are kept.")]
    if counts := published_meetings(session, event.id, [person.id for person in changed]):
        found.append(
            ngettext(
                "%(num)s person has published meetings (%(meetings)s): these stay until you "
                "publish a new schedule.",
                "%(num)s people have published meetings (%(meetings)s): these stay until you "
                "publish a new schedule.",
                len(counts),
                meetings=sum(counts.values()),
            )
        )
    return found
