"""What is compiled is compiled once, at set-up; no run has to wait for it, and who must is told."""

from __future__ import annotations

import subprocess
import sys

import pytest

from solver import cli
from solver.cli import main

EVERYTHING = """
from numba.core.registry import CPUDispatcher
from solver.engine import solve
from solver.generation import generate
from solver.settings import Settings
import gc

for family in ("all-rules", "everything", "half-absent"):
    solve(generate(40, seed=1, family=family), Settings(seconds=None, steps=10))
used = [each for each in gc.get_objects() if isinstance(each, CPUDispatcher) and each.signatures]
missed = sorted(each.py_func.__qualname__ for each in used if each.stats.cache_misses)
print(len(used), *missed)
"""


def test_once_prepared_a_run_compiles_nothing() -> None:
    subprocess.run([sys.executable, "-m", "solver", "prepare"], check=True)
    done = subprocess.run(
        [sys.executable, "-c", EVERYTHING], check=True, capture_output=True, text=True
    )
    used, *missed = done.stdout.split()
    assert int(used) > 5
    assert missed == []


def test_who_has_to_wait_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    compiled = []
    monkeypatch.setattr("solver.preparation.prepare", lambda: compiled.append(True))
    monkeypatch.setattr(cli, "is_prepared", lambda: False)
    assert main(["prepare"]) == 0
    assert "once; about a minute" in capsys.readouterr().err
    monkeypatch.setattr(cli, "is_prepared", lambda: True)
    assert main(["prepare"]) == 0
    assert capsys.readouterr().err == ""
    assert compiled == [True]
