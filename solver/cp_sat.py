"""CP-SAT, without the second that its Python layer spends on importing pandas.

``ortools.sat.python.cp_model`` names two classes of pandas in its annotations and asks whether an
argument is one of them; nobody here gives it one. While it is imported, a module with two empty
classes stands in for pandas; whoever imports pandas afterwards gets pandas.
"""

from __future__ import annotations

import sys
from types import ModuleType


def _stand_in() -> ModuleType:
    module = ModuleType("pandas")
    for name in ("Index", "Series"):
        setattr(module, name, type(name, (), {}))
    return module


if "pandas" in sys.modules or "ortools.sat.python.cp_model" in sys.modules:
    from ortools.sat.python import cp_model
else:
    sys.modules["pandas"] = _stand_in()
    try:
        from ortools.sat.python import cp_model
    finally:
        del sys.modules["pandas"]

__all__ = ["cp_model"]
