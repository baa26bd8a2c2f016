"""The literature's instances: the engine beside its peers and the paper, in one run.

``python -m benchmarks.literature FOLDER [SECONDS] [PATTERN] [PEER ...]``: FOLDER holds ``.dzn``
files, the file FOLDER.csv beside it the columns ``instance``, ``optimum_breaks`` and
``seconds_paper_maxsat``. PATTERN chooses instances (``*.original``). Each approach solves each
instance in a process of its own; where no optimum is known, nothing is compared with it. Of each:
what was proven, the seconds on the wall and those of all processors.
"""

from __future__ import annotations

import csv
import math
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

PEERS = ("ours", "published", "plain", "highs")


@dataclass(frozen=True, slots=True)
class Answer:
    proven: str
    seconds: float
    processor: float  # of the whole process and its own, imports included

    def __str__(self) -> str:
        return f"{self.proven} | {self.seconds:.2f} | {self.processor:.1f}"


def main(folder: Path, seconds: float, pattern: str, peers: tuple[str, ...]) -> int:
    with folder.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if fnmatch(row["instance"], pattern)]
    heads = " | ".join(f"{each} | s | processor, s" for each in peers)
    print(f"| instance | known | paper, s | {heads} |")
    print("|---" * (3 + 3 * len(peers)) + "|")
    missed = 0
    taken: dict[str, list[float]] = {each: [] for each in peers}
    for row in rows:
        path = folder / f"{row['instance']}.dzn"
        answers = {each: _solve(path, each, seconds) for each in peers}
        cells = " | ".join(map(str, answers.values()))
        paper = row.get("seconds_paper_maxsat", "")
        print(f"| {path.stem} | {row['optimum_breaks']} | {paper} | {cells} |", flush=True)
        missed += answers[peers[0]].proven != row["optimum_breaks"] != ""
        for each, answer in answers.items():
            taken[each].append(answer.seconds)
    for each, times in taken.items():
        mean = math.exp(sum(math.log(1 + time) for time in times) / max(1, len(times)))
        print(f"\n{each}: geometric mean of (seconds + 1) {mean:.2f}")
    print(f"\n{missed} not solved to the known optimum")
    return missed


def _solve(path: Path, peer: str, seconds: float) -> Answer:
    command = [sys.executable, "-m", "benchmarks.breaks_peers", str(path), peer, str(seconds)]
    if peer == "highs":
        command = [sys.executable, "-m", "benchmarks.breaks_highs", str(path), str(seconds)]
    before = _processor()
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    processor = _processor() - before
    if answer.returncode == -signal.SIGALRM:
        return Answer("–", seconds, processor)
    answer.check_returncode()
    proven, _, time = answer.stdout.splitlines()[-1].rpartition("|")
    return Answer(proven.strip(), float(time), processor)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    chosen = (*sys.argv[2:4], *("60", "*")[len(sys.argv[2:4]) :])
    asked = tuple(sys.argv[4:]) or PEERS
    sys.exit(1 if main(Path(sys.argv[1]), float(chosen[0]), chosen[1], asked) else 0)
