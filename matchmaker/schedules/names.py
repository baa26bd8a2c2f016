"""What stands for the ids of a schedule where somebody reads it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from matchmaker.accounts.localisation import current_language
from matchmaker.clock import short_day_text, time_text
from matchmaker.events.models import Interpreter, Place, Slot
from matchmaker.languages import comma, semicolon
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant
from matchmaker.participants.naming import shown_name

ORGANISATION = "o:"  # stands before its id, where a meeting is with whoever it sends
OPEN, CLOSE = Markup("<bdi>"), Markup("</bdi>")


class Who(NamedTuple):
    id: str
    name: str
    organisation: str
    state: str


class Names:
    """People, slots, places and interpreters of an event: each read in one statement, and only
    where a page names any.
    """

    def __init__(
        self, session: Session, event_id: str, only: Collection[str] | None = None
    ) -> None:
        """``only``: the people of whom the page speaks, where they are known and few; asked for
        somebody else, it reads everybody.
        """
        self.session, self.event_id, self.only = session, event_id, only

    @cached_property
    def people(self) -> dict[str, Who]:
        return self._read(self.only)

    def _read(self, only: Collection[str] | None) -> dict[str, Who]:
        query = (
            select(
                Participant.id,
                Participant.first_name,
                Participant.last_name,
                Participant.reference,
                Organisation.name,
                Participant.state,
            )
            .outerjoin(
                Organisation,
                (Organisation.event_id == Participant.event_id)
                & (Organisation.id == Participant.organisation_id),
            )
            .where(Participant.event_id == self.event_id)
        )
        if only is not None:
            query = query.where(Participant.id.in_(only))
        return {
            key: Who(key, shown_name(key, first, last, reference), organisation or "", state)
            for key, first, last, reference, organisation, state in self.session.execute(query)
        }

    @cached_property
    def organisations(self) -> dict[str, str]:
        rows = self._all(Organisation.id, Organisation.name)
        return {f"{ORGANISATION}{key}": name for key, name in rows}

    @cached_property
    def slots(self) -> dict[str, datetime]:
        """When each begins."""
        rows = sorted(self._all(Slot.id, Slot.starts_at), key=lambda row: row.starts_at)
        return {row.id: row.starts_at for row in rows}

    @cached_property
    def days(self) -> list[date]:
        return sorted({starts_at.date() for starts_at in self.slots.values()})

    @cached_property
    def places(self) -> dict[str, str]:
        return {row.id: row.code for row in self._all(Place.id, Place.code)}

    @cached_property
    def interpreters(self) -> dict[str, str]:
        return {row.id: row.name for row in self._all(Interpreter.id, Interpreter.name)}

    def _all(self, key: Any, value: Any) -> Sequence[Row[*tuple[Any, ...]]]:
        query = select(key, value).where(key.class_.event_id == self.event_id)
        return self.session.execute(query).all()

    def person(self, participant_id: str) -> str:
        who = self._who(participant_id)
        return who.name if who else self.organisations.get(participant_id, participant_id)

    def _who(self, participant_id: str) -> Who | None:
        is_known = participant_id in self.people or participant_id.startswith(ORGANISATION)
        if self.only is not None and not is_known:
            self.only, self.people = None, self._read(None)
        return self.people.get(participant_id)

    def organisation(self, participant_id: str) -> str:
        who = self._who(participant_id)
        return who.organisation if who else ""

    def place(self, place_id: str) -> str:
        return self.places.get(place_id, place_id)

    def when(self, starts_at: datetime) -> str:
        """The time, with the day where the event has several."""
        language = current_language()
        if len(self.days) < 2:
            return time_text(starts_at, language)
        return f"{short_day_text(starts_at.date(), language)} {time_text(starts_at, language)}"

    def slot(self, slot_id: str) -> str:
        starts_at = self.slots.get(slot_id)
        return self.when(starts_at) if starts_at else slot_id

    def times(self, slot_ids: Collection[str]) -> Markup:
        """``Wed 14 Apr 09:00, 09:30; Thu 15 Apr 10:00``: each day once, times in their order."""
        known = sorted(self.slots[name] for name in slot_ids if name in self.slots)
        days = [self._of_one_day(list(row)) for _day, row in groupby(known, key=datetime.date)]
        gone = [isolated(name) for name in slot_ids if name not in self.slots]
        return Markup(semicolon(current_language())).join(days + gone)

    def _of_one_day(self, moments: Sequence[datetime]) -> Markup:
        later = [time_text(moment, current_language()) for moment in moments[1:]]
        return listed([isolated(said) for said in (self.when(moments[0]), *later)])

    def meeting(self, meeting_id: str) -> Markup:
        """The two of a pair, as its id names them: an organisation's id follows ``o:``."""
        shown = [isolated(self.person(part)) for part in meeting_id.split("~")]
        return Markup(" – ").join(shown)


def isolated(text: str) -> Markup:
    """A name inside a sentence of any direction."""
    return OPEN + text + CLOSE


def listed(items: list[Markup]) -> Markup:
    """``a, b, c`` in every language's own comma."""
    return Markup(comma(current_language())).join(items)


def shortened(items: Markup, left: int) -> Markup:
    """A list of which not all is said: ``a, b and 4 more``."""
    return Markup(_("%(items)s and %(count)s more")) % {"items": items, "count": left}
