"""The columns of the list: what stands in a cell, and by what it can be sorted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from matchmaker.clock import short_day_text
from matchmaker.folding import fold
from matchmaker.languages import NAMES, comma, language_name
from matchmaker.organisations.countries import country_name
from matchmaker.organisations.models import Organisation
from matchmaker.participants.models import Participant
from matchmaker.participants.naming import erased_reference
from matchmaker.schedules.queries import count_meetings, published_version
from matchmaker.segments.lines import Line, Words, wish_counts
from matchmaker.segments.queries import keys_by

Text = Callable[[Line, Words], str]
Keys = Callable[[Session, str], dict[str, Any]]  # of everybody of an event


@dataclass(frozen=True, kw_only=True)
class Column:
    """``by`` gives the keys of a sorted list; the largest first where ``descends``."""

    code: str
    label: Any
    text: Text
    by: Keys | None = None
    descends: bool = False
    is_number: bool = False


def _key(line: Line, _words: Words) -> str:
    """What finds the person; nothing finds one who was erased."""
    person = line.person
    is_erased = person.reference == erased_reference(person.id)
    return person.email or ("" if is_erased else person.reference or "")


def _sessions(line: Line, words: Words) -> str:
    if line.person.attends_all:
        return str(gettext("all"))
    chosen = words.attended.get(line.person.id, ())
    names = [name for id_, name in words.sessions.items() if id_ in chosen]
    return comma(words.language).join(names) or gettext("none")


def _country(line: Line, words: Words) -> str:
    code = line.organisation.country if line.organisation else ""
    return country_name(code, words.language) if code else ""


def _yes(value: object) -> str:
    return str(gettext("yes")) if value else ""


def _seats(line: Line, _words: Words) -> str:
    seats = line.person.seats
    return str(ngettext("%(num)s seat", "%(num)s seats", seats)) if seats > 1 else ""


def folded(column: Any) -> Keys:
    def keys(session: Session, event_id: str) -> dict[str, Any]:
        return {id_: fold(text or "") for id_, text in keys_by(session, event_id, column).items()}

    return keys


def stored(column: Any) -> Keys:
    return lambda session, event_id: keys_by(session, event_id, column)


def _meetings(session: Session, event_id: str) -> dict[str, Any]:
    version = published_version(session, event_id)
    return dict(count_meetings(session, version)) if version else {}


COLUMNS = {
    column.code: column
    for column in (
        Column(
            code="organisation",
            label=_("Organisation"),
            text=lambda line, _w: line.organisation.name if line.organisation else "",
            by=folded(Organisation.name),
        ),
        Column(
            code="job",
            label=_("Position"),
            text=lambda line, _w: line.person.job,
            by=folded(Participant.job),
        ),
        Column(code="country", label=_("Country"), text=_country, by=folded(Organisation.country)),
        Column(
            code="key",
            label=_("E-mail address or reference"),
            text=_key,
            by=folded(Participant.email),
        ),
        Column(code="phone", label=_("Telephone"), text=lambda line, _w: line.person.phone),
        Column(
            code="type",
            label=_("Participation type"),
            text=lambda line, words: words.types.get(line.person.type_code or "", ""),
            by=folded(Participant.type_code),
        ),
        Column(
            code="delegation",
            label=_("Delegation"),
            text=lambda line, words: words.delegations.get(line.person.delegation_id or "", ""),
            by=folded(Participant.delegation_id),
        ),
        Column(
            code="spoken",
            label=_("Speaks"),
            text=lambda line, words: " · ".join(
                language_name(code, words.language) for code in line.person.spoken
            ),
        ),
        Column(
            code="language",
            label=_("Language of agenda and mails"),
            text=lambda line, _w: NAMES.get(line.person.language, line.person.language),
            by=folded(Participant.language),
        ),
        Column(code="sessions", label=_("Takes part in"), text=_sessions),
        Column(
            code="place",
            label=_("Own stand or table"),
            text=lambda line, words: words.places.get(line.person.place_id or "", ""),
        ),
        Column(code="seats", label=_("Seats"), text=_seats),
        Column(
            code="remote",
            label=_("Takes part online"),
            text=lambda line, _w: _yes(line.person.remote),
        ),
        Column(
            code="limit",
            label=_("Most meetings"),
            text=lambda line, _w: str(line.person.max_meetings or ""),
            is_number=True,
        ),
        Column(
            code="wishes",
            label=_("Wishes"),
            text=lambda line, words: str(words.wishes[line.person.id]),
            by=lambda session, event_id: dict(wish_counts(session, event_id, "wishes")),
            descends=True,
            is_number=True,
        ),
        Column(
            code="asked",
            label=_("Wished by"),
            text=lambda line, words: str(words.asked[line.person.id]),
            by=lambda session, event_id: dict(wish_counts(session, event_id, "asked")),
            descends=True,
            is_number=True,
        ),
        Column(
            code="meetings",
            label=_("Meetings"),
            text=lambda line, words: str(words.meetings[line.person.id]),
            by=_meetings,
            descends=True,
            is_number=True,
        ),
        Column(
            code="consent",
            label=_("Has agreed to be shown"),
            text=lambda line, _w: _yes(line.person.consent_version),
        ),
        Column(
            code="since",
            label=_("Since"),
            text=lambda line, words: short_day_text(line.person.created_at, words.language),
            by=stored(Participant.created_at),
            descends=True,
        ),
        Column(
            code="state",
            label=_("State"),
            text=lambda line, _w: line.person.state,
            by=stored(Participant.state),
        ),
    )
}
USUAL = ("organisation", "key", "type", "wishes", "meetings", "state")
BY_NAME = "name"


def sort(session: Session, event_id: str, ids: list[str], by: str) -> list[str]:
    """People in the order of names, sorted by a column; those without a value come last."""
    column = COLUMNS.get(by)
    if column is None or column.by is None:
        return ids
    keys = column.by(session, event_id)
    have = [id_ for id_ in ids if keys.get(id_)]
    rest = [id_ for id_ in ids if not keys.get(id_)]
    return sorted(have, key=lambda id_: keys[id_], reverse=column.descends) + rest
