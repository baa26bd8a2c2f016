"""Every figure of the documentation, measured anew: ``python -m benchmarks [NAME …]``.

Each benchmark runs in a process of its own, one after the other.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

NAMES = (
    "first_setup",
    "import_speed",
    "demo_solve",
    "capacity",
    "print_speed",
    "page_speed",
    "organiser_pages",
    "organiser_deeds",
    "export_speed",
    "board_speed",
    "catalogue",
    "suggestions",
    "wishing",
    "slow_network",
    "literature",
    "fairs",
    "repair",
    "explanations",
    "together",
    "stopping",
)


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        sys.exit(f"No benchmark {', '.join(unknown)}. There are: {', '.join(NAMES)}.")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n")
    print("| what | measured | to reach |\n|---|---|---|", flush=True)
    for name in names or NAMES:
        if (Path(__file__).parent / f"{name}.py").exists():
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)


if __name__ == "__main__":
    main(sys.argv[1:])
