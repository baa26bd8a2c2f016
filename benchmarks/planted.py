"""Forums of the generator in which it is known who should meet whom.

On top of the demonstration forum everybody gets entries and every organisation a profile, all
drawn at random, and some pairs are planted: what one of them seeks, the other gives. A pair is
planted by codes alone (the texts are in two languages), by texts alone (nothing is coded), or by
both. Every pair has a rival, who seeks the same as its first person and reads alike, and a half
match, who gives a part of what is sought.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from matchmaker.database import insert_rows, new_id, now
from matchmaker.demo.loading import load_demo
from matchmaker.events.models import Event
from matchmaker.marketplace.models import Entry, EntryTerm, WishEntry
from matchmaker.organisations.models import Organisation, OrganisationTerm
from matchmaker.participants.models import Participant
from matchmaker.vocabularies.models import Term

THINGS = (
    ("pompe", "pump", "مضخة"), ("vanne", "valve", "صمام"), ("capteur", "sensor", "مستشعر"),
    ("compresseur", "compressor", "ضاغط"), ("membrane", "membrane", "غشاء"),
    ("filtre", "filter", "مرشح"), ("turbine", "turbine", "عنفة"), ("chaudière", "boiler", "مرجل"),
    ("convoyeur", "conveyor", "ناقل"), ("broyeur", "shredder", "كسارة"),
    ("centrifugeuse", "centrifuge", "طاردة"), ("batterie", "battery", "بطارية"),
    ("onduleur", "inverter", "محول"), ("moteur", "engine", "محرك"), ("câble", "cable", "كابل"),
    ("résine", "resin", "راتنج"), ("enzyme", "enzyme", "إنزيم"), ("levure", "yeast", "خميرة"),
    ("emballage", "packaging", "تغليف"), ("étiquette", "label", "ملصق"),
    ("teinture", "dye", "صباغة"), ("fibre", "fibre", "ليف"), ("béton", "concrete", "خرسانة"),
    ("isolant", "insulation", "عازل"), ("vitrage", "glazing", "زجاج"), ("acier", "steel", "فولاذ"),
    ("aluminium", "aluminium", "ألمنيوم"), ("soudure", "welding", "لحام"),
    ("moule", "mould", "قالب"), ("drone", "drone", "درون"), ("satellite", "satellite", "قمر"),
    ("logiciel", "software", "برمجيات"), ("plateforme", "platform", "منصة"),
    ("entrepôt", "warehouse", "مستودع"), ("conteneur", "container", "حاوية"),
    ("camion", "truck", "شاحنة"), ("compost", "compost", "سماد"), ("biogaz", "biogas", "غازحيوي"),
    ("boues", "sludge", "حمأة"), ("plastique", "plastic", "بلاستيك"), ("verre", "glass", "زجاجيات"),
    ("papier", "paper", "ورق"), ("cuir", "leather", "جلد"), ("huile", "oil", "زيت"),
    ("algue", "seaweed", "طحلب"), ("poisson", "fish", "سمك"), ("serre", "greenhouse", "دفيئة"),
    ("irrigation", "irrigation", "ري"), ("semence", "seed", "بذرة"), ("vaccin", "vaccine", "لقاح"),
    ("prothèse", "prosthesis", "طرف"), ("scanner", "scanner", "ماسح"), ("laser", "laser", "ليزر"),
    ("robot", "robot", "روبوت"), ("imprimante", "printer", "طابعة"), ("alliage", "alloy", "سبيكة"),
    ("peinture", "paint", "دهان"), ("solvant", "solvent", "مذيب"),
    ("hydrogène", "hydrogen", "هيدروجين"),
    ("éolienne", "windmill", "مروحة"),
)  # fmt: skip
TONGUES = ("fr", "en", "ar")
FRAMES = {
    "need": ("Nous cherchons {} avec {} pour {}", "We look for {} with {} for {}",
             "نبحث عن {} مع {} من أجل {}"),
    "offer": ("Nous proposons {} et {} pour {}", "We supply {} and {} for {}",
              "نوفر {} و{} من أجل {}"),
}  # fmt: skip
Thing = tuple[str, str, str]
Codes = dict[str, list[str]]  # list → codes
WISHES_EACH = 4.0
PLANTED_IN = 10  # one pair for so many people
WAYS = ("codes", "texts", "codes and texts")


@dataclass(frozen=True)
class Pair:
    seeker: str
    giver: str
    way: str


@dataclass
class Planter:
    """Writes entries, without a database."""

    chance: random.Random
    people: Sequence[Participant]
    codes: Codes  # all that there are
    entries: list[dict[str, Any]] = field(default_factory=list)
    terms: list[dict[str, Any]] = field(default_factory=list)

    def scatter(self) -> None:
        """What everybody writes, about anything."""
        for person in self.people:
            for _ in range(self.chance.choice((0, 1, 1, 2))):
                kind = self.chance.choice(("need", "offer"))
                self.write(person, kind, self.draw(), self.things())

    def plant(self) -> Iterator[Pair]:
        """Strangers who speak with each other; of every other pair both seek and give."""
        free = list(self.people)
        self.chance.shuffle(free)
        for number in range(len(self.people) // PLANTED_IN):
            seeker = free.pop()
            giver = next((p for p in free if _could_meet(seeker, p)), None)
            if giver is None:
                continue
            free.remove(giver)
            way = WAYS[number % len(WAYS)]
            for one, other in ((seeker, giver), (giver, seeker))[: 1 + number % 2]:
                self._match(one, other, way)
            yield Pair(seeker.id, giver.id, way)

    def write(
        self,
        author: Participant,
        kind: str,
        codes: Codes,
        things: Sequence[Thing],
        tongue: str = "",
    ) -> None:
        spoken = [t for t in author.spoken if t in TONGUES] or ["en"]
        place = TONGUES.index(tongue or self.chance.choice(spoken))
        words = [thing[place] for thing in things]
        self.chance.shuffle(words)
        key = {"event_id": author.event_id}
        entry = {"author_id": author.id, "kind": kind, "language": TONGUES[place],
                 "title": FRAMES[kind][place].format(*words), "text": " ".join(words),
                 "is_active": True, "created_at": now()}  # fmt: skip
        id_ = new_id()
        self.entries.append({**key, "id": id_, **entry})
        self.terms.extend(
            {**key, "entry_id": id_, "kind": list_, "code": code}
            for list_, chosen in codes.items()
            for code in chosen
        )

    def _match(self, seeker: Participant, giver: Participant, way: str) -> None:
        """A need and the offer that meets it, a rival, and a half match."""
        sought, things = self.draw(), self.things()
        common = sorted(set(seeker.spoken) & set(giver.spoken) & set(TONGUES)) or ["en"]
        tongue = other = self.chance.choice(common)
        codes, given = sought, [*self.chance.sample(things, 2), self.chance.choice(THINGS)]
        if way == "codes":
            given = self.things()
            other = self.chance.choice([t for t in TONGUES if t != tongue])
        if way == "texts":
            codes = {}
        self.write(seeker, "need", codes, things, tongue)
        self.write(giver, "offer", self._blurred(codes), given, other)
        rest = [person for person in self.people if person not in (seeker, giver)]
        rival, half = self.chance.sample(rest, 2)
        self.write(rival, "need", codes, things, tongue)
        part = {kind: chosen[:1] for kind, chosen in codes.items()}
        self.write(half, "offer", part, [things[0], *self.things()[:2]], tongue)

    def _blurred(self, codes: Codes) -> Codes:
        """As two people would code the same thing: one code is another, one more is added."""
        if not codes:
            return {}
        technologies, sectors = list(codes["technology"]), list(codes["sector"])
        if self.chance.random() < 0.4:
            technologies[0] = self.chance.choice(self.codes["technology"])
        if self.chance.random() < 0.4:
            technologies.append(self.chance.choice(self.codes["technology"]))
        if self.chance.random() < 0.2:
            sectors = [self.chance.choice(self.codes["sector"])]
        return {"technology": sorted(set(technologies)), "sector": sectors}

    def draw(self) -> Codes:
        return {
            "technology": self.chance.sample(self.codes["technology"], 2),
            "sector": self.chance.sample(self.codes["sector"], 1),
        }

    def things(self) -> list[Thing]:
        return self.chance.sample(THINGS, 3)


def make_planted(session: Session, participants: int, seed: int) -> tuple[Event, list[Pair]]:
    """The forum, furnished and indexed, and who should find whom."""
    event = load_demo(session, participants=participants, seed=seed, wishes_each=WISHES_EACH)
    chance, codes = random.Random(seed), _codes(session, event)
    _describe(session, event, chance, codes)
    people = session.scalars(
        select(Participant).where(Participant.event_id == event.id).order_by(Participant.email)
    ).all()
    planter = Planter(chance, people, codes)
    planter.scatter()
    pairs = list(planter.plant())
    session.execute(delete(WishEntry))
    session.execute(delete(Entry).where(Entry.event_id == event.id))
    insert_rows(session, Entry, planter.entries)
    insert_rows(session, EntryTerm, planter.terms)
    session.commit()
    return event, pairs


def _could_meet(one: Participant, other: Participant) -> bool:
    return one.organisation_id != other.organisation_id and bool(
        set(one.spoken) & set(other.spoken)
    )


def _codes(session: Session, event: Event) -> Codes:
    found: Codes = {}
    for kind, code in session.execute(
        select(Term.kind, Term.code).where(Term.event_id == event.id).order_by(Term.code)
    ):
        found.setdefault(kind, []).append(code)
    return found


def _describe(session: Session, event: Event, chance: random.Random, codes: Codes) -> None:
    """Technologies and aims for every organisation; their sectors they have already."""
    session.execute(
        delete(OrganisationTerm).where(
            OrganisationTerm.event_id == event.id, OrganisationTerm.kind == "technology"
        )
    )
    houses = session.scalars(
        select(Organisation.id).where(Organisation.event_id == event.id).order_by(Organisation.name)
    ).all()
    insert_rows(
        session,
        OrganisationTerm,
        [
            {"event_id": event.id, "organisation_id": house, "kind": "technology", "code": code}
            for house in houses
            for code in chance.sample(codes["technology"], 2)
        ],
    )
    for house in houses:
        aims = sorted(chance.sample(("MA", "FR", "ES", "SN", "CI", "BE", "DE", "NL"), 2))
        session.execute(
            update(Organisation)
            .where(Organisation.event_id == event.id, Organisation.id == house)
            .values(target_countries=aims)
        )
