"""The numbers of an event as charts: who came when, what is asked, what is met, who has nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from matchmaker.clock import short_day_text, span_text
from matchmaker.events.models import Event, Place, PlaceClosure, Slot
from matchmaker.home.charts import Chart, Row
from matchmaker.home.ground import Ground, Somebody
from matchmaker.languages import pick
from matchmaker.organisations.countries import country_name
from matchmaker.organisations.queries import delegations_of
from matchmaker.participation.queries import type_names
from matchmaker.schedules.models import PlaceBooking, Version
from matchmaker.vocabularies.queries import labels_of
from matchmaker.wishes.requests import run_out

MOST_DAYS = 60  # of registrations, one column each; before, weeks
MOST_ROWS = 15
ON_SITE = ("table", "stand", "quiet")


def charts_of(session: Session, event: Event, ground: Ground, language: str) -> list[Chart]:
    """Those for which there is anything to count."""
    found = [
        registrations(ground, language),
        requests(session, event, ground),
        demand_by_sector(session, event, ground, language),
        demand_by_country(ground, language),
    ]
    if ground.version is not None:
        found += [
            fill(session, ground.version, language),
            met_by_type(session, event, ground, language),
            met_by_delegation(session, event, ground, language),
            meetings_each(ground),
        ]
    return [chart for chart in found if chart.rows]


def registrations(ground: Ground, language: str) -> Chart:
    """How many there were at the end of each day; of a long time, of each week."""
    new = Counter(person.since for person in ground.people.values())
    rows, total = [], 0
    if new:
        first, last = min(new), max(new)
        step = 1 if (last - first).days < MOST_DAYS else 7
        day = first
        while day <= last:
            stretch = [day + timedelta(days=more) for more in range(step)]
            added = sum(new[one] for one in stretch)
            total += added
            rows.append(Row(short_day_text(min(stretch[-1], last), language), total, beside=added))
            day += timedelta(days=step)
    return Chart(
        "registrations",
        _("Registrations"),
        _("How many people had registered or been entered by each day, withdrawn ones included."),
        tuple(rows),
        (_("Day"), _("Altogether"), _("New")),
        form="columns",
    )


def requests(session: Session, event: Event, ground: Ground) -> Chart:
    """Wishes by how they stand; those of both sides are mutual."""
    wishes, over = ground.wishes, run_out(session, event)
    states = wishes.states
    if over:
        keys = zip(wishes.askers, wishes.people, wishes.organisations, strict=True)
        gone = {(asker, person or "", house or "") for asker, person, house in over}
        found = zip(keys, states, strict=True)
        states = ["expired" if key in gone else state for key, state in found]
    counts: Counter[str] = Counter()
    for (is_mutual, state), number in Counter(zip(wishes.are_mutual, states, strict=True)).items():
        counts["mutual" if is_mutual else state] += number
    names = {
        "mutual": _("from both sides"),
        "accepted": _("accepted"),
        "open": _("open"),
        "declined": _("declined"),
        "expired": _("expired"),
    }
    total = len(states)
    rows = [Row(name, counts[state], total) for state, name in names.items()] if total else []
    return Chart(
        "requests",
        _("Wishes by state"),
        _("Wishes to meet somebody; each side's wish counts."),
        tuple(rows),
        (_("State"), _("Wishes"), _("Of all")),
    )


def demand_by_sector(session: Session, event: Event, ground: Ground, language: str) -> Chart:
    labels = labels_of(session, event.id).get("sector", {})
    return _demand(
        ground,
        lambda organisation: ground.sectors.get(organisation, ()),
        lambda code: pick(labels.get(code, {}), language) or code,
        "sectors",
        _("Demand by sector"),
        _("Sector"),
    )


def demand_by_country(ground: Ground, language: str) -> Chart:
    return _demand(
        ground,
        lambda organisation: [code] if (code := ground.countries.get(organisation, "")) else (),
        lambda code: country_name(code, language),
        "countries",
        _("Demand by country"),
        _("Country"),
    )


def _demand(
    ground: Ground,
    codes: Callable[[str], Iterable[str]],
    name: Callable[[str], str],
    id_: str,
    title: str,
    head: str,
) -> Chart:
    """Wishes for people and organisations of each kind, beside how many such people there are."""
    asked = _by_code(ground.demand, codes)
    there = _by_code(Counter(one.organisation_id or "" for one in ground.confirmed), codes)
    common = sorted(set(asked) | set(there), key=lambda code: (-asked[code], name(code)))
    rows = [Row(name(code), asked[code], beside=there[code]) for code in common[:MOST_ROWS]]
    return Chart(
        id_,
        title,
        _("How many wishes are for them; in the table also how many confirmed people there are."),
        tuple(rows),
        (head, _("Wishes"), _("People")),
    )


def _by_code(houses: Counter[str], codes: Callable[[str], Iterable[str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for organisation, number in houses.items():
        for code in codes(organisation):
            found[code] += number
    return found


def fill(session: Session, version: Version, language: str) -> Chart:
    """Meetings of each slot at tables and stands, against how many can be there at once."""
    event_id = version.event_id
    slots = session.scalars(
        select(Slot).where(Slot.event_id == event_id).order_by(Slot.starts_at)
    ).all()
    held = _held(session, version)
    there = select(func.sum(Place.capacity)).where(
        Place.event_id == event_id, Place.kind.in_(ON_SITE)
    )
    seats = session.scalar(there) or 0
    closed: dict[str, int] = dict(
        session.execute(
            select(PlaceClosure.slot_id, func.sum(Place.capacity))
            .join(
                Place,
                (Place.event_id == PlaceClosure.event_id) & (Place.id == PlaceClosure.place_id),
            )
            .where(PlaceClosure.event_id == event_id, Place.kind.in_(ON_SITE))
            .group_by(PlaceClosure.slot_id)
        ).all()
    )
    rows = [
        Row(
            f"{short_day_text(slot.starts_at.date(), language)} "
            f"{span_text(slot.starts_at, slot.ends_at, language)}",
            held.get(slot.id, 0),
            seats - closed.get(slot.id, 0),
        )
        for slot in slots
    ]
    return Chart(
        "fill",
        _("Meetings by slot"),
        _("Published meetings at tables and stands; the line is how many can take place at once."),
        tuple(rows),
        (_("Slot"), _("Meetings"), _("At once, at most")),
        form="columns",
        marked=frozenset(n for n, row in enumerate(rows) if row.of and row.value >= row.of),
    )


def _held(session: Session, version: Version) -> dict[str, int]:
    """A long meeting is there in each of its slots."""
    on_site = select(Place.id).where(Place.event_id == version.event_id, Place.kind.in_(ON_SITE))
    seats = (
        select(PlaceBooking.slot_id, func.count())
        .where(
            PlaceBooking.event_id == version.event_id,
            PlaceBooking.version_id == version.id,
            PlaceBooking.place_id.in_(on_site),
        )
        .group_by(PlaceBooking.slot_id)
    )
    return dict(session.execute(seats).all())


def met_by_type(session: Session, event: Event, ground: Ground, language: str) -> Chart:
    names = {code: pick(texts, language) for code, texts in type_names(session, event.id).items()}
    return _met(
        ground,
        lambda person: person.type_code,
        lambda code: names.get(code) or code,
        "types",
        _("Met wishes by participation type"),
        _("Participation type"),
    )


def met_by_delegation(session: Session, event: Event, ground: Ground, language: str) -> Chart:
    rows = delegations_of(session, event.id)
    names = {row.id: pick(row.names, language) or row.code for row in rows}
    return _met(
        ground,
        lambda person: person.delegation_id,
        lambda code: names.get(code, code),
        "delegations",
        _("Met wishes by delegation"),
        _("Delegation"),
    )


def _met(
    ground: Ground,
    code_of: Callable[[Somebody], str | None],
    name: Callable[[str], str],
    id_: str,
    title: str,
    head: str,
) -> Chart:
    """Of the wishes of confirmed people of each kind, those with a published meeting."""
    made, met = Counter[str | None](), Counter[str | None]()
    for person in ground.confirmed:
        if ground.made[person.id]:
            made[code_of(person)] += ground.made[person.id]
            met[code_of(person)] += ground.fulfilled[person.id]
    known = sorted((code for code in made if code), key=name)
    groups: list[str | None] = [*known, *([None] if known and None in made else [])]
    rows = [Row(name(code) if code else _("without"), met[code], made[code]) for code in groups]
    return Chart(
        id_,
        title,
        _("Of the wishes that they made, those for which a meeting is published."),
        tuple(rows),
        (head, _("Met"), _("Wishes")),
    )


def meetings_each(ground: Ground) -> Chart:
    """How many people have how many published meetings; nobody should have none."""
    counts = Counter(ground.meetings.get(person.id, 0) for person in ground.confirmed)
    rows = [Row(str(number), counts[number]) for number in range(max(counts, default=-1) + 1)]
    return Chart(
        "each",
        _("Meetings of each person"),
        _("How many confirmed people have how many published meetings."),
        tuple(rows),
        (_("Meetings"), _("People")),
        form="columns",
        marked=frozenset({0}) if counts[0] else frozenset(),
    )


def who_meets_nobody(ground: Ground) -> list[tuple[Somebody, int, int]]:
    """Confirmed people without a published meeting, with the wishes they made and got."""
    alone = [person for person in ground.confirmed if person.id not in ground.meetings]
    return [
        (person, ground.made[person.id], ground.asked[person.id])
        for person in sorted(alone, key=lambda one: (-ground.made[one.id], one.name))
    ]
