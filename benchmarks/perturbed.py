"""Variants of the literature's instances, kept aside: tune to the problem, not to the files.

``python -m benchmarks.perturbed FOLDER TARGET [SEED] [PATTERN]`` writes each instance of FOLDER
with a quarter of its meetings given other partners (two meetings of the same half-day exchange
their second people, so that everybody has as many meetings as before) and with all people
renumbered. TARGET.csv says nothing of their optima; ``python -m benchmarks.literature TARGET``
compares the approaches.
"""

from __future__ import annotations

import csv
import random
import re
import sys
from pathlib import Path

SHARE = 0.25  # of the meetings, whose partners are exchanged
ROW = re.compile(r"\|\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*,?")
REDUNDANT = re.compile(r"(meetingsxBusiness|nMeetingsBusiness)\s*=[^;]*;")


def perturb(text: str, draw: random.Random) -> str:
    text = REDUNDANT.sub("", text)
    fields = dict(re.findall(r"(\w+)\s*=\s*([^;]*);", text))
    rows = [[int(number) for number in row] for row in ROW.findall(fields["requested"])]
    fixed = [int(number) for number in re.findall(r"\d+", fields["fixed"])]
    _exchange(rows, [index for index, slot in enumerate(fixed) if not slot], draw)
    absent = re.findall(r"\{[^}]*\}", fields["forbidden"])
    order = list(range(len(absent)))
    draw.shuffle(order)  # the old number of each person
    number = {old + 1: new + 1 for new, old in enumerate(order)}
    for row in rows:
        row[:2] = (number[person] for person in row[:2])
    requested = "[" + "\n".join(f"|{one}, {other},{when}, " for one, other, when in rows) + "|]"
    text = text.replace(fields["requested"], requested)
    return text.replace(fields["forbidden"], "[" + ",\n".join(absent[old] for old in order) + "]")


def _exchange(rows: list[list[int]], free: list[int], draw: random.Random) -> None:
    """Nobody meets themselves or anybody twice by it."""
    pairs = {frozenset(row[:2]) for row in rows}
    for _ in range(round(SHARE * len(free) / 2)):
        one, other = (rows[index] for index in draw.sample(free, 2))
        new = [frozenset((one[0], other[1])), frozenset((other[0], one[1]))]
        if one[2] != other[2] or min(map(len, new)) < 2 or new[0] == new[1] or pairs & set(new):
            continue
        pairs -= {frozenset(one[:2]), frozenset(other[:2])}
        pairs |= set(new)
        one[1], other[1] = other[1], one[1]


def main(folder: Path, target: Path, seed: int, pattern: str) -> None:
    target.mkdir(parents=True, exist_ok=True)
    with target.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["instance", "optimum_breaks", "seconds_paper_maxsat"])
        for path in sorted(folder.glob(f"{pattern}.dzn")):
            draw = random.Random(f"{seed} {path.stem}")
            new = f"{path.stem}.v{seed}"
            (target / f"{new}.dzn").write_text(perturb(path.read_text("utf-8"), draw), "utf-8")
            sheet.writerow([new, "", ""])


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    number, chosen = (*sys.argv[3:5], *("1", "*.original")[len(sys.argv[3:5]) :])
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(number), chosen)
