"""``python -m solver``: the clock starts before anything heavy is loaded."""

import time

STARTED = time.monotonic()

from solver.cli import main  # noqa: E402

raise SystemExit(main(started=STARTED))
