"""What people read in a terminal: agendas, whole schedules, progress."""

from __future__ import annotations

import io
from dataclasses import replace

from solver_cases import tiny_document, tiny_problem
from solver_schedules import place, schedule_of

from solver.files import problem_from_json
from solver.progress import end_bar, progress_writer
from solver.report import agenda_text, schedule_text
from solver.schedule import Conflict, GoalResult, Reason, Released, Status, Unplaced
from solver.settings import Progress

DOCUMENT = tiny_document()
DOCUMENT["participants"][0]["name"] = "Amal \x1b[31mred\n"
DOCUMENT["participants"][1]["name"] = "بلال"
DOCUMENT["meetings"][0]["length"] = 2
PROBLEM = problem_from_json(DOCUMENT)
SCHEDULE = replace(
    schedule_of(PROBLEM, [place("bc", "pm1", "T2"), place("ab", "am1", "T1", interpreter="i1")]),
    unplaced=(Unplaced(meeting="ac", reason=Reason(rule="busy", text="Chen meets Bilal then.")),),
    goals=(),
)


def test_the_agenda_of_one_has_their_meetings_only_and_nobody_else_s_reasons() -> None:
    assert agenda_text(PROBLEM, SCHEDULE, "bilal").splitlines() == [
        "بلال",
        "",
        "2026-10-14 09:00-11:00  T1        Amal ?[31mred?  (interpreter i1)",
        "2026-10-14 14:00-15:00  T2        chen",
    ]
    assert agenda_text(PROBLEM, SCHEDULE, "chen").splitlines() == [
        "chen",
        "",
        "2026-10-14 14:00-15:00  T2        بلال",
        "",
        "Not placed",
        "ac  Amal ?[31mred?",
    ]


def test_who_has_no_meeting_is_told_so() -> None:
    empty = schedule_of(PROBLEM, [])
    assert agenda_text(PROBLEM, empty, "amal").splitlines()[2] == "no meetings"


def test_the_whole_schedule_is_in_the_order_of_time_with_reasons() -> None:
    assert schedule_text(PROBLEM, SCHEDULE).splitlines() == [
        "Tiny forum",
        "feasible: 2 meetings placed, 1 not placed",
        "",
        "2026-10-14",
        "09:00-11:00  T1        Amal ?[31mred? / بلال  (interpreter i1)",
        "14:00-15:00  T2        بلال / chen",
        "",
        "Not placed",
        "ac  Amal ?[31mred? / chen: Chen meets Bilal then.",
    ]


def test_what_is_not_proven_of_moves_is_told_as_a_bound_of_these_slots() -> None:
    """Amal meets Bilal, then Chen: she can stay at a table."""
    rows = [place("ab", "am1", "T1"), place("ac", "am2", "T2")]
    moved = GoalResult(goal="moves", best=1, value=1, bound=0, proven=False)
    problem = tiny_problem()
    schedule = replace(schedule_of(problem, rows), goals=(moved,))
    told = "            at least 0 moves with these slots and halls"
    assert told in schedule_text(problem, schedule).splitlines()
    proven = replace(schedule, goals=(replace(moved, best=0, value=0, proven=True),))
    assert told not in schedule_text(problem, proven).splitlines()


def test_conflict_and_released_meetings_are_told() -> None:
    schedule = replace(
        SCHEDULE,
        status=Status.INFEASIBLE,
        conflict=Conflict(musts=("ab",), text="ab cannot be."),
        released=(Released(meeting="bc", rule="absent"),),
    )
    assert schedule_text(PROBLEM, schedule).splitlines()[1:4] == [
        "infeasible: 2 meetings placed, 1 not placed",
        "  conflict: ab cannot be.",
        "  released: bc (absent)",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


NEWS = (
    Progress(seconds=1.25, goal="wishes", value=90, bound=None),
    Progress(seconds=30.0, goal="worst_off", value=(0, 1, 2, 3, 4), bound=(0, 0, 0, 0, 0)),
)


def test_progress_comes_as_plain_lines_where_nobody_watches() -> None:
    stream = io.StringIO()
    listen = progress_writer(stream, 60.0)
    for news in NEWS:
        listen(news)
    end_bar(stream)
    assert stream.getvalue().splitlines() == [
        "1.2 s  wishes  value 90  bound -",
        "30.0 s  worst_off  value 0 1 2 3 4  bound 0 0 0 0 0",
    ]


def test_progress_is_one_live_bar_on_a_terminal() -> None:
    stream = Terminal()
    listen = progress_writer(stream, 60.0)
    for news in NEWS:
        listen(news)
    end_bar(stream)
    first, second = (part.strip() for part in stream.getvalue().split("\r")[1:])
    assert first == "[--------------------] 1.2 s  wishes  value 90  bound -"
    assert second.startswith("[##########----------] 30.0 s  worst_off  value 0 1 2 3 4")
    assert stream.getvalue().count("\n") == 1
