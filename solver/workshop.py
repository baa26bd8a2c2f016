"""Clauses that are written once, in a process that forks for each work it is asked for.

CaDiCaL never looks up from a question, but a process can be ended. Should whoever asks be gone,
the pipe closes and all of it ends.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any

from solver.appointments import Appointments, Encoding
from solver.climb import climb
from solver.mending import mend

MOST = 2  # works
News = dict[str, Any]
CLIMB, MENDING = "climb", "mending"
WORK: dict[str, Callable[[Encoding, News], Iterator[News]]] = {CLIMB: climb, MENDING: mend}
END = "end"


class Companion:
    """One work, and what it says; ``changed`` is set at each answer."""

    def __init__(self, workshop: Workshop, number: int, answers: IO[bytes]) -> None:
        self.workshop = workshop
        self.number = number
        self.has_begun = False
        self.news: SimpleQueue[News] = SimpleQueue()
        self.answers = answers
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()

    def _listen(self) -> None:
        with self.answers:
            for line in self.answers:
                self.has_begun = True
                if news := json.loads(line):
                    self.news.put(news)
                    self.workshop.changed.set()
        self.workshop.changed.set()

    @property
    def ended(self) -> bool:
        return not self.thread.is_alive()

    def take(self) -> News | None:
        """The next answer that nobody has heard yet."""
        try:
            return self.news.get_nowait()
        except Empty:
            return None

    def end(self) -> None:
        self.workshop.tell({"deed": END, "number": self.number})
        self.thread.join()


class Workshop:
    """Whoever opens it closes it."""

    def __init__(self, appointments: Appointments, changed: threading.Event) -> None:
        self.changed = changed
        self.companions: list[Companion] = []
        pipes = [os.pipe() for _ in range(MOST)]
        self.answers = [os.fdopen(read, "rb") for read, _ in pipes]
        written = [write for _, write in pipes]
        root = str(Path(__file__).parent.parent)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "solver.workshop", *map(str, written)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([root, *sys.path])},
            stdin=subprocess.PIPE,
            pass_fds=written,
            start_new_session=True,
        )
        for each in written:
            os.close(each)
        self.tell(asdict(appointments))

    def tell(self, line: News) -> None:
        """Unheard where it has ended by itself: then nothing comes any more."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(line).encode() + b"\n")
            self.process.stdin.flush()

    def begin(self, work: str, **question: Any) -> Companion:
        """MOST times at most."""
        number = len(self.companions)
        self.tell({"deed": work, "number": number, **question})
        self.companions.append(Companion(self, number, self.answers[number]))
        return self.companions[-1]

    def close(self) -> None:
        """At once while clauses are still written; else its forks are ended and waited for."""
        assert self.process.stdin is not None
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        if not any(each.has_begun for each in self.companions):
            self._kill()
        self.process.wait()
        self._kill()  # forks that it left, should it have broken
        for companion in self.companions:
            companion.thread.join()
        for each in self.answers:
            each.close()

    def _kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


class Bench:
    """Inside the process: the clauses, and one fork for each work."""

    def __init__(self, answers: list[int]) -> None:
        self.answers = dict(enumerate(answers))
        self.encoding = Encoding(Appointments(**json.loads(sys.stdin.buffer.readline())))
        self.forks: dict[int, int] = {}

    def follow(self, line: News) -> None:
        deed, number = line.pop("deed"), line.pop("number")
        if deed == END:
            os.kill(self.forks[number], signal.SIGKILL)
            return
        fork = os.fork()
        if fork == 0:
            try:
                self._answer(deed, number, line)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(0)  # what ends the process it comes from is not its own to end
        os.close(self.answers.pop(number))  # so that its end is seen
        self.forks[number] = fork

    def _answer(self, deed: str, number: int, question: News) -> None:
        sys.stdin.close()
        for other in self.answers.keys() - {number}:
            os.close(self.answers[other])
        with os.fdopen(self.answers[number], "wb") as answers:
            for news in chain([{}], WORK[deed](self.encoding, question)):
                answers.write(json.dumps(news).encode() + b"\n")
                answers.flush()

    def end(self) -> None:
        for fork in self.forks.values():
            os.kill(fork, signal.SIGKILL)
            os.waitpid(fork, 0)


def main() -> None:
    gc.disable()  # hundreds of thousands of clauses, and none of them goes
    bench = Bench([int(each) for each in sys.argv[1:]])
    try:
        for line in sys.stdin.buffer:
            bench.follow(json.loads(line))
    finally:
        bench.end()


if __name__ == "__main__":
    main()
