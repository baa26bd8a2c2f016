"""Rules about the schedule that was published before: what stays, and what may change."""

from __future__ import annotations

from collections.abc import Iterator

from solver.faults import shown
from solver.problem import Problem, PublishedMeeting
from solver.schedule import PlacedMeeting, Released
from solver.validation import languages, meetings, people, places
from solver.validation.loads import limits
from solver.validation.plan import Plan, is_unchanged, started_before_now
from solver.validation.violation import Violation

ALONE = (
    meetings.unknown_slot,
    meetings.length,
    people.side,
    people.absent,
    places.place_closed,
    places.place_kind,
    places.own_place,
    places.online,
    meetings.start_slot,
    languages.language,
    languages.interpreter_away,
)


def kept(plan: Plan) -> Iterator[Violation]:
    """What began before ``now`` and what is locked stays; nothing else is before ``now``."""
    released = {row.meeting for row in released_meetings(plan.problem)}
    placed = {row.meeting: row for row in plan.meetings}
    for row in plan.problem.published:
        has_begun = row.meeting in plan.started
        stays = has_begun or (row.locked and row.meeting not in released)
        if stays and not is_unchanged(row, placed.get(row.meeting)):
            why = "has begun" if has_begun else "is locked"
            text = f"published meeting {shown(row.meeting)} {why} and has to stay as it is"
            yield Violation(rule="kept", text=text, meetings=(row.meeting,), slots=(row.slot,))
    now = plan.problem.rules.now
    for entry in plan.judged:
        if now is not None and plan.problem.slot_by_id[entry.placed.slot].start < now:
            text = f"meeting {shown(entry.id)} starts before now and was not published there"
            slots = (entry.placed.slot,)
            yield Violation(rule="kept", text=text, meetings=(entry.id,), slots=slots)


def changes(plan: Plan) -> Iterator[Violation]:
    """No more published meetings change or are dropped than ``max_changes``."""
    allowed = plan.problem.rules.max_changes
    if allowed is None:
        return
    changed = changed_meetings(plan.problem, plan.meetings)
    if len(changed) > allowed:
        text = f"{len(changed)} published meetings change or are dropped, at most {allowed} may"
        yield Violation(rule="changes", text=text, meetings=changed)


def changed_meetings(problem: Problem, placed: tuple[PlacedMeeting, ...]) -> tuple[str, ...]:
    """Published meetings that are moved or dropped, without the released ones."""
    released = {row.meeting for row in released_meetings(problem)}
    by_meeting = {row.meeting: row for row in placed}
    return tuple(
        row.meeting
        for row in problem.published
        if row.meeting not in released and not is_unchanged(row, by_meeting.get(row.meeting))
    )


def released_meetings(problem: Problem) -> tuple[Released, ...]:
    """Locked meetings that are alone not allowed any more, each with the first rule it breaks."""
    if not problem.published:
        return ()
    started = started_before_now(problem)
    locked = [row for row in problem.published if row.locked and row.meeting not in started]
    broken = {row.meeting: "once" for row in locked if row.meeting not in problem.meeting_by_id}
    plan = Plan(problem, [_as_placed(row) for row in locked], started={})
    for rule in ALONE:
        for violation in rule(plan):
            for name in violation.meetings:
                broken.setdefault(name, violation.rule)
    for name, rule_code in _too_much_alone(problem, locked):
        broken.setdefault(name, rule_code)
    return tuple(Released(meeting=name, rule=broken[name]) for name in sorted(broken))


def _as_placed(row: PublishedMeeting) -> PlacedMeeting:
    return PlacedMeeting(
        meeting=row.meeting,
        slot=row.slot,
        place=row.place,
        room=row.room,
        participants=row.participants,
        interpreter=row.interpreter,
    )


def _too_much_alone(problem: Problem, locked: list[PublishedMeeting]) -> Iterator[tuple[str, str]]:
    """Locked meetings that alone are too long a run, or take slots that have to stay free."""
    limited = {p for limit in problem.limits if limit.free_slots for p in limit.participants}
    for row in locked:
        meeting = problem.meeting_by_id.get(row.meeting)
        is_long = meeting is not None and meeting.length > 1
        if is_long or not limited.isdisjoint(row.participants):
            alone = Plan(problem, [_as_placed(row)], started={})
            for rule in (people.max_in_a_row, limits):
                for violation in rule(alone):
                    yield row.meeting, violation.rule
