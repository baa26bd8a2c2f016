"""CaDiCaL in a process of its own: it never looks up from a question, but it can be ended."""

from __future__ import annotations

import gc
import json
import math
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from solver.appointments import Appointments
from solver.climb import climb
from solver.mending import mend

GRACE = 2  # seconds after which the process ends by itself, should nobody end it
News = dict[str, Any]
CLIMB, MENDING = "climb", "mending"
WORK: dict[str, Callable[[News], Iterator[News]]] = {CLIMB: climb, MENDING: mend}


class Companion:
    """Work that answers a question line by line; ``changed`` is set at each answer."""

    def __init__(
        self,
        work: str,
        appointments: Appointments,
        changed: threading.Event,
        seconds: float,
        **question: Any,
    ) -> None:
        self.changed = changed
        self.news: SimpleQueue[News] = SimpleQueue()
        root = str(Path(__file__).parent.parent)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "solver.companion"],
            env={**os.environ, "PYTHONPATH": os.pathsep.join([root, *sys.path])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.thread = threading.Thread(target=self._listen, daemon=True)
        self.thread.start()
        question["work"] = work
        question["appointments"] = asdict(appointments)
        question["seconds"] = math.ceil(seconds) + GRACE
        assert self.process.stdin is not None
        with self.process.stdin as pipe:
            pipe.write(json.dumps(question).encode())

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.news.put(json.loads(line))
            self.changed.set()
        self.changed.set()

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None and not self.thread.is_alive()

    def take(self) -> News | None:
        """The next answer that nobody has heard yet."""
        try:
            return self.news.get_nowait()
        except Empty:
            return None

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.thread.join()
        if self.process.stdout is not None:
            self.process.stdout.close()


def main() -> None:
    gc.disable()  # hundreds of thousands of clauses, and none of them goes
    question = json.load(sys.stdin)
    signal.alarm(question["seconds"])  # ends this process if the one that asked is gone
    for news in WORK[question["work"]](question):
        sys.stdout.write(json.dumps(news) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
