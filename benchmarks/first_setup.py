"""From a fresh checkout to a ready installation, with a warm package cache."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.lines import line

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        checkout = Path(folder) / "matchmaker"
        files = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.split("\0")
        for name in filter(None, files):
            target = checkout / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
        started = time.perf_counter()
        subprocess.run(["./run", "set-up"], cwd=checkout, check=True, capture_output=True)
        line("first set-up", f"{time.perf_counter() - started:.0f} s", "120 s")
        started = time.perf_counter()
        subprocess.run(["./run", "set-up"], cwd=checkout, check=True, capture_output=True)
        line("set-up again", f"{time.perf_counter() - started:.1f} s", "")


if __name__ == "__main__":
    main()
