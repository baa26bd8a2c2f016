"""The demonstration forum, generated from a seed: rows as an organiser's spreadsheets hold them.

Organisations come from the clusters' fields, what they look for from what other fields offer.
Wishes follow needs, are skewed towards well-known organisations, and are partly returned.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from matchmaker.demo import words

Row = dict[str, str]
FIRST_DAY = date(2027, 4, 14)
WISHES_EACH = 5.0
TOPS_EACH = 5
STANDS_IN = 10  # one participant in so many has a stand
SESSIONS = ("Day 1 morning", "Day 1 afternoon", "Day 2 morning", "Day 2 afternoon")


@dataclass(frozen=True, kw_only=True)
class Company:
    name: str
    field: str
    cluster: words.Cluster
    kind: str
    city: str
    fame: float
    offer: tuple[str, str, str]


@dataclass(frozen=True, kw_only=True, eq=False)
class Person:
    email: str
    company: Company
    language: str
    row: Row


@dataclass(frozen=True, kw_only=True)
class Forum:
    participants: tuple[Row, ...]
    wishes: tuple[Row, ...]
    stands: tuple[tuple[str, int], ...]  # code, seats
    tables: tuple[int, int]  # in hall 1 and in hall 2


def make_forum(participants: int = 120, seed: int = 1, wishes_each: float = WISHES_EACH) -> Forum:
    """The same seed and size give the same rows."""
    chance = random.Random(seed)
    companies = _make_companies(chance, max(2, round(participants * 0.85)))
    stands = [f"S{number:02d}" for number in range(1, max(1, participants // STANDS_IN) + 1)]
    people = [_make_person(chance, companies[i % len(companies)], i) for i in range(participants)]
    _tell_apart(people)
    _give_stands(people, stands)
    wishes = _make_wishes(chance, people, wishes_each)
    tables = max(2, math.ceil(len(wishes) / 30))
    return Forum(
        participants=tuple(person.row for person in people),
        wishes=tuple(wishes),
        stands=tuple((code, 2 if i % 4 == 0 else 1) for i, code in enumerate(stands)),
        tables=(math.ceil(tables * 0.6), max(1, math.floor(tables * 0.4))),
    )


def _make_companies(chance: random.Random, count: int) -> list[Company]:
    taken: set[str] = set()
    companies = []
    for position in range(count):
        cluster = words.CLUSTERS[position % len(words.CLUSTERS)]
        field = words.FIELDS[cluster.field]
        # Of a forum that is large enough, the clusters themselves come as well.
        is_cluster = position < len(words.CLUSTERS) and count >= 3 * len(words.CLUSTERS)
        name = _name_company(chance, cluster, field, taken)
        kind = chance.choices(list(words.KINDS), list(words.KINDS.values()))[0]
        companies.append(
            Company(
                name=cluster.names["fr"] if is_cluster else name,
                field=cluster.field,
                cluster=cluster,
                kind="Cluster organisation" if is_cluster else kind,
                city=chance.choice(words.CITIES[cluster.country]),
                fame=1 / (1 + chance.paretovariate(1.2)) + chance.random() ** 6 * 3,
                offer=chance.choice(field.offers),
            )
        )
    return companies


def _name_company(
    chance: random.Random, cluster: words.Cluster, field: words.Field, taken: set[str]
) -> str:
    """A name nobody has yet: stem and legal form, then with the city, then with a number."""
    if cluster.country == "MA" and chance.random() < 0.18:
        name = chance.choice(field.arabic_stems)
    else:
        name = f"{chance.choice(field.stems)} {chance.choice(words.LEGAL[cluster.country])}"
    for candidate in (name, f"{name} {chance.choice(words.CITIES[cluster.country])}"):
        if candidate not in taken:
            taken.add(candidate)
            return candidate
    numbered = f"{name} {len(taken) + 1}"
    taken.add(numbered)
    return numbered


def _make_person(chance: random.Random, company: Company, position: int) -> Person:
    country = company.cluster.country
    spoken = chance.choice(words.SPOKEN[country])
    language = next((code for code in spoken if code in ("fr", "ar")), "en")
    if language == "ar" and "fr" in spoken and chance.random() < 0.6:
        language = "fr"
    firsts, lasts = _names(language, country)
    first, last = chance.choice(firsts), chance.choice(lasts)
    email = f"person{position + 1:04d}@forum-demo.example"
    row = _describe(company) | {
        "Email": email,
        "First name": first,
        "Last name": last,
        "Job description": chance.choice(words.JOBS[language]),
        "Reference": f"P{position + 1:04d}",
        "Language": language,
        "Spoken languages": ";".join(spoken),
        "Sessions": _sessions(chance),
        "Absent": _absence(chance),
        "Remote": "Yes" if country != "MA" and chance.random() < 0.05 else "",
    }
    return Person(email=email, company=company, language=language, row=row)


def _names(language: str, country: str) -> tuple[Sequence[str], Sequence[str]]:
    """First and last ones."""
    if language == "ar":
        return words.ARABIC_FIRST, words.ARABIC_LAST
    return words.LATIN_FIRST[country], words.LATIN_LAST[country]


def _tell_apart(people: Iterable[Person]) -> None:
    """Nobody has another's name while there are names that nobody has."""
    taken: set[tuple[str, str]] = set()
    free: dict[tuple[Sequence[str], Sequence[str]], Iterator[tuple[str, str]]] = {}
    for person in people:
        name = person.row["First name"], person.row["Last name"]
        if name in taken:
            kind = _names(person.language, person.company.cluster.country)
            others = free.setdefault(kind, _shuffled(product(*kind)))
            name = next((other for other in others if other not in taken), name)
        taken.add(name)
        person.row["First name"], person.row["Last name"] = name


def _shuffled(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """In an order of their own, so that those drawn for people stay as they are."""
    known = list(names)
    return iter(random.Random(1).sample(known, len(known)))


def _describe(company: Company) -> Row:
    french, arabic, english = company.offer
    return {
        "Organization name": company.name,
        "City": company.city,
        "Country": company.cluster.country,
        "Participation type": "Participant",
        "Organization type": company.kind,
        "Areas of activities": words.FIELDS[company.field].area,
        "Organization description": f"{french} · {english} · {arabic}",
        "Activation status": "Yes",
        "Delegation": company.cluster.code,
    }


def _sessions(chance: random.Random) -> str:
    """Empty for all; some come for a day, some for a morning."""
    drawn = chance.random()
    if drawn < 0.7:
        return ""
    if drawn < 0.85:
        return ";".join(SESSIONS[:2] if chance.random() < 0.5 else SESSIONS[2:])
    return ";".join(SESSIONS[i] for i in sorted(chance.sample(range(4), 3)))


def _absence(chance: random.Random) -> str:
    """An hour somewhere, for one in five."""
    if chance.random() > 0.2:
        return ""
    day = FIRST_DAY.replace(day=FIRST_DAY.day + chance.randrange(2))
    hour = chance.choice((10, 11, 14, 15))
    return f"{day.isoformat()} {hour:02d}:00-{hour + 1:02d}:00"


def _give_stands(people: list[Person], stands: list[str]) -> None:
    """The best-known organisations exhibit; every fourth stand has two seats."""
    by_fame = sorted(people, key=lambda person: (-person.company.fame, person.email))
    exhibitors: dict[str, Person] = {}
    for person in by_fame:
        if person.row["Remote"] == "":
            exhibitors.setdefault(person.company.name, person)
    for position, (code, person) in enumerate(zip(stands, exhibitors.values(), strict=False)):
        person.row["Stand"] = code
        person.row["Participation type"] = "Exhibitor"
        person.row["Seats"] = "2" if position % 4 == 0 else "1"


def _make_wishes(chance: random.Random, people: list[Person], each: float) -> list[Row]:
    """About ``each`` wishes a person, a third of them returned, some "never" and "any of you"."""
    wanted: dict[tuple[str, str], Row] = {}
    weights = {field: _attraction(people, field) for field in words.FIELDS}
    for person in people:
        count = min(len(people) - 1, max(1, round(chance.gauss(each * 0.82, 1.6))))
        drawn = chance.choices(people, weights[person.company.field], k=count)
        for other in dict.fromkeys(drawn):
            _wish(chance, wanted, person, other)
            if chance.random() < 0.3:
                _wish(chance, wanted, other, person)
    return _with_few_tops([wanted[key] for key in sorted(wanted)])


def _with_few_tops(wishes: list[Row]) -> list[Row]:
    """Beyond the tops that an event allows, a wish is a like."""
    tops: Counter[str] = Counter()
    for wish in wishes:
        tops[wish["From"]] += wish["Grade"] == "top"
        if wish["Grade"] == "top" and tops[wish["From"]] > TOPS_EACH:
            wish["Grade"] = "like"
    return wishes


def _attraction(people: list[Person], field: str) -> list[float]:
    sought = words.FIELDS[field].needs_fields
    return [
        person.company.fame * (4.0 if person.company.field in sought else 1.0) for person in people
    ]


def _wish(
    chance: random.Random, wanted: dict[tuple[str, str], Row], person: Person, other: Person
) -> None:
    if person.company.name == other.company.name or (person.email, other.email) in wanted:
        return
    drawn = chance.random()
    grade = "top" if drawn < 0.35 else "like" if drawn < 0.97 else "never"
    to = other.company.name if chance.random() < 0.02 and grade != "never" else other.email
    position = ("fr", "ar", "en").index(person.language)
    message = words.MESSAGES[person.language].format(other.company.offer[position])
    wanted[person.email, to] = {
        "From": person.email,
        "To": to,
        "Grade": grade,
        "Status": "accepted" if chance.random() < 0.8 else "open",
        "Message": message if grade == "top" else "",
    }
