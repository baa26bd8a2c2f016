"""Profiles and entries for the demonstration forum, from the same seed and words as its people."""

from __future__ import annotations

import random
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from matchmaker.demo import words
from matchmaker.events.models import Event
from matchmaker.marketplace.services import Said, add_entry
from matchmaker.organisations.composition import set_members
from matchmaker.organisations.models import Organisation
from matchmaker.organisations.terms import chosen_by, set_terms
from matchmaker.participants.models import Participant

TECHNOLOGIES = {
    "environment": ("water-treatment", "recycling", "sensors"),
    "electronics": ("sensors", "robotics", "internet-of-things"),
    "numeric": ("artificial-intelligence", "big-data", "cloud"),
    "textiles": ("advanced-materials", "recycling"),
    "building": ("advanced-materials", "energy-storage"),
    "energy": ("solar", "energy-storage", "hydrogen"),
    "food": ("industrial-biotechnology", "sensors"),
    "sea": ("industrial-biotechnology",),
    "biotechnology": ("industrial-biotechnology", "nanotechnology"),
    "city": ("internet-of-things", "artificial-intelligence"),
    "logistics": ("big-data", "internet-of-things"),
}
SIZES = {"sme": ("10-49", "50-249"), "startup": ("1-9",), "large": ("1000-plus", "250-999")}
MOST = 300  # organisations with a profile: enough to look at, quick at every size
AIMS = ("MA", "FR", "ES", "SN", "CI", "BE", "DE")
OFFERED_IN = {"fr": 0, "ar": 1, "en": 2}  # the place of a language in words' offers
ENTRY_TEXTS = {
    "offer": {"fr": "Nous proposons : {}.", "ar": "نقترح: {}.", "en": "We offer: {}."},
    "need": {"fr": "Nous cherchons : {}.", "ar": "نبحث عن: {}.", "en": "We look for: {}."},
}


def furnish_market(session: Session, event: Event, seed: int) -> None:
    """The first organisations get profiles, two of their people in three an entry. The caller
    commits.
    """
    chance = random.Random(seed)
    houses = session.scalars(
        select(Organisation)
        .where(Organisation.event_id == event.id)
        .order_by(Organisation.name_key)
        .limit(MOST)
    ).all()
    sectors = {house.id: _describe(session, chance, house) for house in houses}
    people = session.scalars(
        select(Participant).where(Participant.event_id == event.id).order_by(Participant.email)
    )
    for person in people:
        if chance.random() < 2 / 3 and sectors.get(person.organisation_id or ""):
            _offer(session, chance, person, sectors[person.organisation_id or ""])


def _describe(session: Session, chance: random.Random, house: Organisation) -> str:
    """Fill in what the spreadsheet has no columns for; returns the sector."""
    chosen = chosen_by(session, house)
    kind, sector = "".join(chosen["type"]), "".join(chosen["sector"][:1])
    fields = TECHNOLOGIES.get(sector, ())
    terms: dict[str, Sequence[str]] = {
        "technology": chance.sample(fields, min(2, len(fields))),
        "size": [chance.choice(SIZES[kind])] if kind in SIZES else [],
    }
    if kind == "cluster":
        terms |= {
            "service": ["networking", "joint-projects", "export", "training"],
            "network": ["maroc-cluster" if house.country == "MA" else "eccp"],
            "label": [chance.choice(("ecei-bronze", "ecei-silver", "ecei-gold"))],
        }
        numbers = {"sme": 40, "startup": 12, "large": 5, "research": 3, "university": 2}
        set_members(session, house, {k: chance.randint(n // 2, n * 2) for k, n in numbers.items()})
    set_terms(session, house, terms)
    house.target_countries = sorted(chance.sample(AIMS, 3))
    house.spoken = ["ar", "fr"] if house.country == "MA" else ["fr", "en"]
    return sector


def _offer(session: Session, chance: random.Random, person: Participant, sector: str) -> None:
    """What the person's field offers, or what another field offers and theirs needs."""
    own = next(field for field in words.FIELDS.values() if field.sector == sector)
    kind = "offer" if chance.random() < 0.6 else "need"
    field = own if kind == "offer" else words.FIELDS[chance.choice(own.needs_fields)]
    title = chance.choice(field.offers)[OFFERED_IN[person.language]]
    said: Said = {
        "kind": kind,
        "title": title[:1].upper() + title[1:],
        "text": ENTRY_TEXTS[kind][person.language].format(title),
        "language": person.language,
        "is_active": True,
        "terms": {
            "sector": [field.sector],
            "technology": list(TECHNOLOGIES[field.sector][:1]),
        },
    }
    add_entry(session, person, said)
