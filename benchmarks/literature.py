"""The literature's instances: the engine beside its peers and the paper, in one run.

``python -m benchmarks.literature FOLDER [SECONDS] [PREFIX ...]``: FOLDER holds ``.dzn`` files,
the file FOLDER.csv beside it the columns ``instance``, ``optimum_breaks`` and
``seconds_paper_maxsat``. Each approach solves each instance in a process of its own.
"""

from __future__ import annotations

import csv
import math
import signal
import subprocess
import sys
from pathlib import Path

PEERS = ("ours", "published", "plain")


def main(folder: Path, seconds: float, prefixes: tuple[str, ...]) -> int:
    with folder.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["instance"].startswith(prefixes)]
    print("| instance | known | paper, s | " + " | ".join(f"{each} | s" for each in PEERS) + " |")
    print("|---" * (3 + 2 * len(PEERS)) + "|")
    missed = 0
    taken: dict[str, list[float]] = {each: [] for each in PEERS}
    for row in rows:
        path = folder / f"{row['instance']}.dzn"
        answers = {each: _solve(path, each, seconds) for each in PEERS}
        cells = " | ".join(f"{proven} | {time:.2f}" for proven, time in answers.values())
        paper = row["seconds_paper_maxsat"]
        print(f"| {path.stem} | {row['optimum_breaks']} | {paper} | {cells} |", flush=True)
        missed += answers["ours"][0] != row["optimum_breaks"]
        for each, (_, time) in answers.items():
            taken[each].append(time)
    for each, times in taken.items():
        mean = math.exp(sum(math.log(1 + time) for time in times) / max(1, len(times)))
        print(f"\n{each}: geometric mean of (seconds + 1) {mean:.2f}")
    print(f"\n{missed} not solved to the known optimum")
    return missed


def _solve(path: Path, peer: str, seconds: float) -> tuple[str, float]:
    """What was proven, and the seconds inside the process."""
    command = [sys.executable, "-m", "benchmarks.breaks_peers", str(path), peer, str(seconds)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode == -signal.SIGALRM:
        return "–", seconds
    answer.check_returncode()
    proven, _, time = answer.stdout.rpartition("|")
    return proven.strip(), float(time)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    limit = float(sys.argv[2]) if len(sys.argv) > 2 else 60.0
    sys.exit(1 if main(Path(sys.argv[1]), limit, tuple(sys.argv[3:]) or ("",)) else 0)
