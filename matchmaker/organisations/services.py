"""Organisations and delegations. Nothing here commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypedDict, Unpack
from urllib.parse import urlsplit

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from matchmaker.database import Texts
from matchmaker.errors import Refusal
from matchmaker.events.models import Event, Membership
from matchmaker.events.names import checked_texts
from matchmaker.folding import fold
from matchmaker.languages import SPOKEN
from matchmaker.organisations.countries import country_codes
from matchmaker.organisations.models import Delegation, Organisation
from matchmaker.organisations.terms import set_terms

LONGEST = {
    "name": 300,
    "description": 5000,
    "website": 300,
    "street": 300,
    "postal_code": 40,
    "city": 120,
    "projects": 5000,
    "stories": 5000,
}
LONGEST_CODE = 60


class Details(TypedDict, total=False):
    """What may be said of an organisation beside its name."""

    description: str
    website: str
    street: str
    postal_code: str
    city: str
    country: str
    target_countries: list[str]
    spoken: list[str]
    projects: str
    stories: str
    is_public: bool
    terms: Mapping[str, Sequence[str]]  # list → codes; a list that is not named stays


@lru_cache(maxsize=10_000)  # a list of people names each organisation again and again
def name_key(name: str) -> str:
    """The name by which an organisation is found: case, accents and spaces aside."""
    return fold(name)[: LONGEST["name"]]


def find_organisation(session: Session, event: Event, name: str) -> Organisation | None:
    return session.scalar(
        select(Organisation).where(
            Organisation.event_id == event.id, Organisation.name_key == name_key(name)
        )
    )


def find_or_add_organisation(
    session: Session, event: Event, name: str, **details: Unpack[Details]
) -> Organisation:
    """The organisation of this name; an existing one is left exactly as it is."""
    found = find_organisation(session, event, name)
    if found is not None:
        return found
    terms = details.pop("terms", {})
    organisation = Organisation(event_id=event.id)
    _name(organisation, name)
    _describe(organisation, details)
    try:
        with session.begin_nested():
            session.add(organisation)
            session.flush()
            set_terms(session, organisation, terms)
    except IntegrityError:  # somebody else added it at the same moment
        found = find_organisation(session, event, name)
        if found is None:
            raise
        return found
    return organisation


def change_organisation(
    session: Session, organisation: Organisation, *, name: str, **details: Unpack[Details]
) -> None:
    """Another name or other details; what is not given stays."""
    with session.no_autoflush:
        other = session.scalar(
            select(Organisation.id).where(
                Organisation.event_id == organisation.event_id,
                Organisation.name_key == name_key(name),
                Organisation.id != organisation.id,
            )
        )
    if other is not None:
        raise Refusal(
            _("There is already an organisation “%(name)s”: choose another name.", name=name[:60])
        )
    terms = details.pop("terms", {})
    _name(organisation, name)
    _describe(organisation, details)
    session.flush()
    set_terms(session, organisation, terms)


def find_or_add_delegation(
    session: Session, event: Event, code: str, names: Texts | None = None
) -> Delegation:
    """The delegation of this code, case aside; an existing one is left exactly as it is."""
    code = " ".join(code.split()).casefold()
    if not 1 <= len(code) <= LONGEST_CODE:
        raise Refusal(
            _("The code of a delegation has 1 to %(most)s characters.", most=LONGEST_CODE)
        )
    known = select(Delegation).where(Delegation.event_id == event.id, Delegation.code == code)
    found = session.scalar(known)
    if found is not None:
        return found
    delegation = Delegation(event_id=event.id, code=code, names=checked_texts(names or {}))
    try:
        with session.begin_nested():
            session.add(delegation)
    except IntegrityError:  # somebody else added it at the same moment
        return session.scalars(known).one()
    return delegation


def change_delegation(session: Session, delegation: Delegation, names: Texts) -> None:
    delegation.names = checked_texts(names)
    session.flush()


def remove_delegation(session: Session, delegation: Delegation) -> None:
    """With the role of whoever looks after it: they can be given another one."""
    leaders = select(Membership).where(
        Membership.event_id == delegation.event_id,
        Membership.role == "delegation",
        Membership.delegation_id == delegation.id,
    )
    try:
        with session.begin_nested():
            for leader in session.scalars(leaders):
                session.delete(leader)
            session.delete(delegation)
    except IntegrityError:
        raise Refusal(
            _(
                "“%(code)s” stays: participants belong to it. Move them to another first.",
                code=delegation.code,
            )
        ) from None


def _name(organisation: Organisation, name: str) -> None:
    name = " ".join(name.split())
    if not name_key(name):
        raise Refusal(_("Give the organisation a name."))
    _check_length("name", name)
    organisation.name, organisation.name_key = name, name_key(name)


def _describe(organisation: Organisation, details: Details) -> None:
    for field, value in details.items():
        if isinstance(value, str):
            _check_length(field, value)
        setattr(organisation, field, value)
    for code in (organisation.country, *(organisation.target_countries or ())):
        if code and code not in country_codes():
            raise Refusal(_("“%(code)s” is no code of a country.", code=code[:20]))
    if not set(organisation.spoken or ()) <= set(SPOKEN):
        raise Refusal(_("This language is not in the list. Choose again."))
    if organisation.website and urlsplit(organisation.website).scheme not in ("http", "https"):
        raise Refusal(_("The website must begin with http:// or https://."))


def _check_length(field: str, value: str) -> None:
    most = LONGEST.get(field)
    if most is not None and len(value) > most:
        raise Refusal(
            _(
                "“%(start)s…” has %(count)s characters: shorten it to %(longest)s.",
                start=value[:30],
                count=len(value),
                longest=most,
            )
        )
