"""By what the list can be narrowed: each field with its choices and what they mean.

Several choices of one field add up; a further field takes away. A new field is one line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from matchmaker.events.models import MeetingSession
from matchmaker.folding import fold
from matchmaker.languages import NAMES, language_name, pick
from matchmaker.organisations.countries import country_name
from matchmaker.organisations.models import Delegation, Organisation
from matchmaker.participants.models import Participant
from matchmaker.participation.queries import type_choices
from matchmaker.segments import conditions as has
from matchmaker.segments.conditions import NONE, Condition
from matchmaker.vocabularies.queries import choices_of

Options = Sequence[tuple[str, Any]]
Choices = Callable[[Session, str, str], Options]  # of an event, in a language
YES_NO: Options = (("yes", _("yes")), ("no", _("no")))
STATE_NAMES: Options = (
    ("registered", _("Waiting for confirmation")),
    ("validated", _("Confirmed")),
    ("rejected", _("Not accepted")),
    ("withdrawn", _("Withdrawn")),
)


@dataclass(frozen=True, kw_only=True)
class Field:
    """``choices`` is None where words are typed. ``none`` names those who have nothing there."""

    name: str
    label: Any
    where: Callable[[str], Condition]
    choices: Choices | None
    none: Any = None

    def options(self, session: Session, event_id: str, language: str) -> Options:
        given = self.choices(session, event_id, language) if self.choices else ()
        return [*given, (NONE, self.none)] if self.none and given else given

    def condition(self, codes: Sequence[str]) -> Condition:
        return or_(*(self.where(code) for code in codes))


def fixed(options: Options) -> Choices:
    return lambda _session, _event_id, _language: options


def yes_no(name: str, label: Any, make: Callable[[], Condition]) -> Field:
    return Field(
        name=name, label=label, choices=fixed(YES_NO), where=lambda c: has.whether(make(), c)
    )


def term(name: str, label: Any, kind: str, none: Any) -> Field:
    return Field(
        name=name,
        label=label,
        choices=lambda session, event_id, language: choices_of(session, event_id, kind, language),
        where=lambda code: has.of_term(kind, code),
        none=none,
    )


def _countries(session: Session, event_id: str, language: str) -> Options:
    codes = session.scalars(
        select(Organisation.country)
        .where(Organisation.event_id == event_id, Organisation.country != "")
        .distinct()
    )
    named = [(code, country_name(code, language)) for code in codes]
    return sorted(named, key=lambda pair: fold(pair[1]))


def _delegations(session: Session, event_id: str, language: str) -> Options:
    rows = session.scalars(
        select(Delegation).where(Delegation.event_id == event_id).order_by(Delegation.code)
    )
    return [(row.id, pick(row.names, language) or row.code) for row in rows]


def _sessions(session: Session, event_id: str, language: str) -> Options:
    rows = session.scalars(
        select(MeetingSession)
        .where(MeetingSession.event_id == event_id)
        .order_by(MeetingSession.day, MeetingSession.starts)
    )
    return [
        (r.id, f"{r.day:%d.%m.} {pick(r.names, language) or f'{r.starts:%H:%M}'}") for r in rows
    ]


def _spoken(session: Session, event_id: str, language: str) -> Options:
    lists = session.scalars(select(Participant.spoken).where(Participant.event_id == event_id))
    codes = {code for codes in lists for code in codes}
    return sorted(((c, language_name(c, language)) for c in codes), key=lambda p: fold(p[1]))


FIELDS = {
    field.name: field
    for field in (
        Field(
            name="state",
            label=_("State"),
            choices=fixed(STATE_NAMES),
            where=lambda code: has.has(Participant.state, code),
        ),
        Field(
            name="type",
            label=_("Participation type"),
            choices=type_choices,
            where=lambda code: has.has(Participant.type_code, code),
            none=_("without a type"),
        ),
        Field(
            name="organisation",
            label=_("Organisation"),
            choices=None,
            where=has.of_organisation,
        ),
        Field(
            name="country",
            label=_("Country"),
            choices=_countries,
            where=has.of_country,
            none=_("without a country"),
        ),
        Field(
            name="delegation",
            label=_("Delegation"),
            choices=_delegations,
            where=lambda code: has.has(Participant.delegation_id, code),
            none=_("without a delegation"),
        ),
        term("network", _("Cluster or network"), "network", _("without a cluster")),
        term("sector", _("Sector"), "sector", _("without a sector")),
        term("kind", _("Type of organisation"), "type", _("without a type")),
        Field(
            name="session",
            label=_("Takes part in"),
            choices=_sessions,
            where=has.attends,
            none=_("no session at all"),
        ),
        Field(
            name="language",
            label=_("Language of agenda and mails"),
            choices=fixed(tuple(NAMES.items())),
            where=lambda code: has.has(Participant.language, code),
        ),
        Field(name="spoken", label=_("Speaks"), choices=_spoken, where=has.speaks),
        yes_no("wishes", _("Has wished for somebody"), has.has_wished),
        yes_no("asked", _("Is wished by somebody"), has.is_wished),
        yes_no("open", _("Has requests to answer"), has.has_to_answer),
        yes_no("meetings", _("Has published meetings"), has.has_meetings),
        yes_no("entries", _("Has marketplace entries"), has.has_entries),
        yes_no(
            "consent",
            _("Has agreed to be shown"),
            lambda: Participant.consent_version.is_not(None),
        ),
        yes_no(
            "account", _("Has signed in or registered"), lambda: Participant.account_id.is_not(None)
        ),
        yes_no("email", _("Has an e-mail address"), lambda: Participant.email != ""),
        yes_no("returned", _("Mails came back"), has.mails_came_back),
        yes_no("limit", _("Has an own limit"), lambda: Participant.max_meetings.is_not(None)),
        yes_no("place", _("Has an own stand or table"), lambda: Participant.place_id.is_not(None)),
        yes_no("remote", _("Takes part online"), lambda: Participant.remote.is_(True)),
    )
}
