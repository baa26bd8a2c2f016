"""Works in processes of their own: they answer, and end with whoever asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from solver_timetables import timetable_problem

from solver.appointments import Appointments, Encoding
from solver.climb import Climb
from solver.possibilities import Possibilities
from solver.timetable import timetable_of
from solver.workshop import CLIMB, MENDING, Companion, Workshop

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/task").exists(), reason="asks /proc who is whose child"
)
ASKED: dict[str, Any] = {"most": 20, "bound": 0, "blocks": False}
LEAST = 5  # breaks of that problem: nobody mends what has no more, however long they try
LONG = 20  # seconds to wait for what is bound to happen


def appointments() -> Appointments:
    problem = timetable_problem(11, people=10, meetings=14)
    timetable = timetable_of(Possibilities(problem))
    assert timetable is not None
    return timetable.appointments()


def begin_endless(workshop: Workshop) -> Companion:
    with Climb(Encoding(appointments()), most=20) as climb:
        while not climb.done:
            climb.work()
    assert climb.bound == LEAST
    companion = workshop.begin(MENDING, slots=climb.slots, breaks=LEAST, seed=1)
    wait_until(lambda: companion.has_begun)
    return companion


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    opened = Workshop(appointments(), threading.Event())
    yield opened
    opened.close()


def wait_until(happens: Callable[[], bool]) -> None:
    until = time.monotonic() + LONG
    while not happens():
        assert time.monotonic() < until
        time.sleep(0.02)


def last_answer(companion: Companion) -> dict[str, Any]:
    wait_until(lambda: companion.ended)
    answers = []
    while (news := companion.take()) is not None:
        answers.append(news)
    return answers[-1]


@pytest.mark.parametrize("blocks", [False, True])
def test_each_work_gives_its_own_answers(workshop: Workshop, *, blocks: bool) -> None:
    slots = last_answer(workshop.begin(CLIMB, **ASKED | {"blocks": blocks}))["slots"]
    assert len(slots) == 14
    mended = workshop.begin(MENDING, slots=slots, breaks=0, seed=1)
    wait_until(lambda: mended.ended)  # there is nothing to mend
    assert mended.take() is None


def test_a_work_can_be_ended_in_the_middle(workshop: Workshop) -> None:
    companion = begin_endless(workshop)
    companion.end()
    assert companion.ended
    assert workshop.process.poll() is None


def test_nothing_is_left_once_it_is_closed() -> None:
    workshop = Workshop(appointments(), threading.Event())
    working = begin_endless(workshop), begin_endless(workshop)
    forks = children(workshop.process.pid)
    assert len(forks) == 2
    workshop.close()
    assert all(each.ended for each in working)
    assert not any(is_alive(process) for process in (workshop.process.pid, *forks))


def test_it_is_closed_at_once_before_anything_has_begun() -> None:
    workshop = Workshop(appointments(), threading.Event())
    companion = workshop.begin(CLIMB, **ASKED)
    workshop.close()
    assert companion.ended
    assert not is_alive(workshop.process.pid)


def test_a_work_that_broke_says_nothing_more(workshop: Workshop) -> None:
    companion = workshop.begin(CLIMB, **ASKED)
    os.killpg(workshop.process.pid, signal.SIGKILL)
    workshop.process.wait()
    wait_until(lambda: companion.ended)
    companion.end()  # nobody listens any more


def test_a_work_that_fails_leaves_the_others(workshop: Workshop) -> None:
    other = begin_endless(workshop)
    failing = workshop.begin(CLIMB, unknown=True)
    wait_until(lambda: failing.ended)
    endless, failed = children(workshop.process.pid)
    wait_until(lambda: not is_alive(failed))
    assert is_alive(endless)
    assert not other.ended


ASKER = """
import sys, threading, time
sys.path.insert(0, sys.argv[1])
from test_workshop import Workshop, appointments, begin_endless, children
workshop = Workshop(appointments(), threading.Event())
begin_endless(workshop)
print(workshop.process.pid, *children(workshop.process.pid), flush=True)
time.sleep(60)
"""


def test_when_whoever_asks_is_killed_everything_ends() -> None:
    here = str(Path(__file__).parent)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    asker = subprocess.Popen(
        [sys.executable, "-c", ASKER, here], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert asker.stdout is not None
    with asker.stdout:
        started = [int(each) for each in asker.stdout.readline().split()]
    assert len(started) == 2
    asker.send_signal(signal.SIGKILL)
    asker.wait()
    wait_until(lambda: not any(is_alive(each) for each in started))


def children(process: int) -> list[int]:
    return [
        int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


def is_alive(process: int) -> bool:
    """One that has ended and that nobody has asked for yet is not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
