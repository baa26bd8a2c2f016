"""CP-SAT starts quickly: without pandas, which stays whole for whoever wants it."""

from __future__ import annotations

import subprocess
import sys


def run(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_engine_does_not_import_pandas() -> None:
    found = "[name for name in sys.modules if name.split('.')[0] == 'pandas']"
    assert run(f"import sys; import solver.engine; print({found})") == "[]"


def test_pandas_is_itself_before_and_after() -> None:
    asked = "print(pandas.Series([1, 2]).sum())"
    assert run(f"import pandas; import solver.engine; {asked}") == "3"
    assert run(f"import solver.engine; import pandas; {asked}") == "3"
