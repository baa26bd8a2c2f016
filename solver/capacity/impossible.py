"""Wishes that no number of tables or slots can place, and people with more wishes than time."""

from __future__ import annotations

from solver.capacity.findings import Overload
from solver.openings import Openings
from solver.possibilities import Possibilities
from solver.problem import Participant, Problem
from solver.reasons import Reasons
from solver.roster import Roster
from solver.schedule import Unplaced


def unplaceable(problem: Problem) -> tuple[Unplaced, ...]:
    """The meetings that cannot take place even if no other meeting does, with the rule.

    Each is tried alone on an empty schedule, in every slot, with all people it may send.
    """
    possibilities = Possibilities(problem)
    reasons = Reasons(Openings(Roster(possibilities)))
    found = []
    for meeting in possibilities.meetings:
        reason = reasons.of(meeting.id)
        if reason.rule != "once":
            found.append(Unplaced(meeting=meeting.id, reason=reason))
    return tuple(found)


def overloads(problem: Problem) -> tuple[Overload, ...]:
    """Who has more meetings of their own than fit, the most first (b-matching, one person).

    Counted are meetings to which nobody else of the same side can be sent.
    """
    lengths: dict[str, list[int]] = {}
    for meeting in problem.meetings:
        for side in meeting.sides:
            if len(set(side)) == 1:
                lengths.setdefault(side[0], []).append(meeting.length)
    found = (_overload(problem, problem.participant_by_id[name], lengths[name]) for name in lengths)
    heavy = [overload for overload in found if overload.cannot > 0]
    return tuple(sorted(heavy, key=lambda each: (-each.cannot, each.participant)))


def _overload(problem: Problem, person: Participant, lengths: list[int]) -> Overload:
    slots = len(problem.slots) - len(person.absent)
    room, most = slots * person.seats, 0
    for length in sorted(lengths):  # the shortest first: so many at most
        if room < length:
            break
        room, most = room - length, most + 1
    if person.max_meetings is not None:
        most = min(most, person.max_meetings)
    cannot = len(lengths) - most
    return Overload(
        participant=person.id,
        wishes=len(lengths),
        slots=slots,
        cannot=cannot,
        text=_sentence(person, len(lengths), slots, cannot),
    )


def _sentence(person: Participant, wishes: int, slots: int, cannot: int) -> str:
    seats = f" with {person.seats} seats" if person.seats > 1 else ""
    limit = f" and may have {person.max_meetings} meetings" if person.max_meetings else ""
    attends = f"{slots} slot{'' if slots == 1 else 's'}{seats}"
    return (
        f"{person.name or person.id} has {wishes} wish{'' if wishes == 1 else 'es'}, "
        f"attends {attends}{limit}: at least {cannot} cannot be."
    )
