"""Where the compiled code of the kernel is kept. Asking does not load the compiler.

Numba keeps compiled code by the file in which a function stands, but compiles into it what the
function calls in other files. So the folder is named after the text of all files: a changed
kernel is compiled anew, an unchanged one is read.
"""

from __future__ import annotations

import hashlib
import os
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
MARK = "complete"


def _fingerprint() -> str:
    """Of the kernel's text and the compiler."""
    digest = hashlib.sha256(version("numba").encode())
    for file in sorted(HERE.rglob("*.py")):
        digest.update(file.read_bytes())
    return f"kernel-{digest.hexdigest()[:16]}"


def _folder() -> Path:
    """Where NUMBA_CACHE_DIR says, else beside the kernel, else in the user's cache."""
    if chosen := os.environ.get("NUMBA_CACHE_DIR"):
        return Path(chosen) / _fingerprint()
    beside = HERE / "__pycache__"
    if os.access(beside if beside.exists() else HERE, os.W_OK):
        return beside / _fingerprint()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "matchmaker" / _fingerprint()


FOLDER = _folder()


def is_prepared() -> bool:
    """Is the compiled code of this kernel there, so that nothing has to be compiled now?"""
    return (FOLDER / MARK).exists()


def note_prepared() -> None:
    """Everything has been compiled once."""
    if FOLDER.exists():
        (FOLDER / MARK).touch()
