"""Rules about where meetings take place, online ones among them, and the way between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from solver.faults import shown
from solver.problem import ON_SITE_KINDS
from solver.validation.people import crowded
from solver.validation.plan import Entry, Plan
from solver.validation.violation import Violation


def place_taken(plan: Plan) -> Iterator[Violation]:
    """A place or room holds at most ``capacity`` meetings in each slot."""
    for place in plan.problem.places or ():
        for slot, clashing in crowded(plan.by_place.get(place.id, []), place.capacity):
            meetings = tuple(entry.id for entry in clashing)
            text = (
                f"place {shown(place.id)} has {len(meetings)} meetings in slot {shown(slot)} "
                f"and holds {place.capacity}"
            )
            places = (place.id,)
            yield Violation(
                rule="place_taken", text=text, meetings=meetings, slots=(slot,), places=places
            )


def place_closed(plan: Plan) -> Iterator[Violation]:
    """No meeting in a place while it is closed."""
    for place in plan.problem.places or ():
        if not place.closed:
            continue
        for entry in plan.by_place.get(place.id, []):
            shut = tuple(slot for slot in entry.slots if slot in place.closed)
            if shut and not entry.kept:
                text = (
                    f"meeting {shown(entry.id)} is at {shown(place.id)}, closed in {shown(shut[0])}"
                )
                meetings, places = (entry.id,), (place.id,)
                yield Violation(
                    rule="place_closed", text=text, meetings=meetings, slots=shut, places=places
                )


def place_kind(plan: Plan) -> Iterator[Violation]:
    """A meeting on site has one table or stand; none where the problem needs no places."""
    for entry in plan.judged:
        if entry.is_online:
            continue
        name = entry.placed.place
        if plan.problem.places is None:
            text = "has a place, but the problem has none" if name is not None else ""
        elif name is None:
            text = "is on site and has no place"
        else:
            text = _not_on_site(plan, name)
        if text:
            yield _about_place("place_kind", entry, text, name)


def _not_on_site(plan: Plan, name: str) -> str:
    place = plan.problem.place_by_id.get(name)
    if place is None:
        return f"is at {shown(name)}, which the problem does not have"
    return "" if place.kind in ON_SITE_KINDS else f"is on site and at {shown(name)} ({place.kind})"


def own_place(plan: Plan) -> Iterator[Violation]:
    """Owners meet at their own place, and nobody else does but meetings that name it."""
    for entry in plan.judged:
        if not plan.owned_places and entry.meeting.place is None:
            continue
        owned = [person.place for person in entry.sent if person.place is not None]
        wanted = entry.meeting.place or (owned[0] if owned else None)
        if wanted is not None and not entry.is_online and entry.placed.place != wanted:
            yield _about_place("own_place", entry, f"has to be at {shown(wanted)}", wanted)
        for name in (entry.placed.place, entry.placed.room):
            if name in plan.owned_places and name not in (*owned, entry.meeting.place):
                text = f"is at {shown(name)}, which belongs to others"
                yield _about_place("own_place", entry, text, name)


def online(plan: Plan) -> Iterator[Violation]:
    """Remote people meet in an online room, those on site with them at a quiet place."""
    kinds = {place.kind for place in plan.problem.places or ()}
    for entry in plan.judged:
        if not entry.is_online:
            if entry.placed.room is not None:
                yield _about_place("online", entry, "is on site and has a room", entry.placed.room)
            continue
        somebody_on_site = any(not person.remote for person in entry.sent)
        wanted = (
            ("room", entry.placed.room, "online" if "online" in kinds else None),
            (
                "place",
                entry.placed.place,
                "quiet" if "quiet" in kinds and somebody_on_site else None,
            ),
        )
        for field, name, kind in wanted:
            place = plan.problem.place_by_id.get(name or "")
            if (name is not None and place is None) or (place.kind if place else None) != kind:
                need = f"has to be of kind {kind}" if kind else "has to be null"
                text = f"is online: its {field} {need}, not {shown(name)}"
                yield _about_place("online", entry, text, name)


def _about_place(rule: str, entry: Entry, text: str, place: str | None) -> Violation:
    return Violation(
        rule=rule,
        text=f"meeting {shown(entry.id)} {text}",
        meetings=(entry.id,),
        slots=(entry.placed.slot,),
        places=(place,) if place is not None else (),
    )


def travel(plan: Plan) -> Iterator[Violation]:
    """Enough slots lie between two meetings of one person in zones apart."""
    ways = {frozenset((way.origin, way.destination)): way.slots for way in plan.problem.travel}
    if not any(ways.values()):
        return
    for person in plan.problem.participants:
        if person.seats == 1 and not person.remote:
            for text, pair in _too_close(plan, plan.by_person.get(person.id, []), ways):
                people = (person.id,)
                text = f"participant {shown(person.id)} {text}"
                yield Violation(rule="travel", text=text, meetings=pair, participants=people)
    for interpreter in plan.problem.interpreters:
        for text, pair in _too_close(plan, plan.by_interpreter.get(interpreter.id, []), ways):
            text = f"interpreter {shown(interpreter.id)} {text}"
            yield Violation(rule="travel", text=text, meetings=pair)


def _too_close(
    plan: Plan, entries: list[Entry], ways: dict[frozenset[str], int]
) -> Iterator[tuple[str, tuple[str, str]]]:
    if len(entries) < 2:
        return
    zoned = [(entry, plan.zone_of(entry)) for entry in entries]
    here = [(entry, zone) for entry, zone in zoned if zone is not None]
    for (earlier, origin), (later, destination) in combinations(here, 2):
        need = ways.get(frozenset((origin, destination)), 0)
        between = later.first - earlier.last - 1
        if earlier.session != later.session or not 0 <= between < need:
            continue
        if not (earlier.kept and later.kept):
            text = (
                f"has {between} slots between meetings {shown(earlier.id)} and "
                f"{shown(later.id)}; the way takes {need}"
            )
            yield text, (earlier.id, later.id)
