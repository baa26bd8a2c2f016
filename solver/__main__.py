"""``python -m solver``: the clock starts before anything heavy is loaded."""

import time

STARTED = time.monotonic()

import gc  # noqa: E402

from solver.cli import main  # noqa: E402

# Problems and schedules hold no cycles and live until the end: looking for garbage among their
# millions of objects again and again would find nothing and take a third of the time.
gc.set_threshold(100_000, 50, 1000)

raise SystemExit(main(started=STARTED))
