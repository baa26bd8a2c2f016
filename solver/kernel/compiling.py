"""How the functions of the kernel are compiled and where the compiled code is kept.

Numba keeps compiled code by the file in which a function stands, but compiles into it what the
function calls in other files. So the folder is named after the text of all files: a changed
kernel is compiled anew, an unchanged one is read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from llvmlite import binding
from numba import njit as typed_njit
from numba import types

Function = TypeVar("Function", bound=Callable[..., Any])

HERE = Path(__file__).parent
MARK = "complete"
config: Any = numba.config
njit: Any = typed_njit  # options that its stubs do not know
unliteral: Any = types.unliteral
# Nothing in the kernel makes arrays, so that references need not be counted
OPTIONS: dict[str, Any] = {"cache": True, "no_cfunc_wrapper": True, "_nrt": False}


def _fingerprint() -> str:
    """Of the kernel's text, the compiler and the processor that it compiles for."""
    digest = hashlib.sha256(f"{numba.__version__} {binding.get_host_cpu_name()}".encode())
    for file in sorted(HERE.glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _folder() -> Path:
    """Beside the kernel, or in the user's cache where that cannot be written."""
    beside = HERE / "__pycache__"
    if os.access(beside if beside.exists() else HERE, os.W_OK):
        return beside / f"kernel-{_fingerprint()}"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "matchmaker" / f"kernel-{_fingerprint()}"


FOLDER = _folder()
if not os.environ.get("NUMBA_CACHE_DIR"):
    config.CACHE_DIR = str(FOLDER)


def inner(function: Function) -> Function:
    """Compile a function that only compiled functions call.

    Once, and not again for every constant that callers name: Numba takes those for types.
    """
    compiled = njit(no_cpython_wrapper=True, **OPTIONS)(function)
    of_types = compiled.get_call_template

    def of_plain_types(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        return of_types(tuple(unliteral(each) for each in args), kws)

    compiled.get_call_template = of_plain_types
    return cast(Function, compiled)


def entry(function: Function) -> Function:
    """Compile a function that Python calls."""
    return cast(Function, njit(**OPTIONS)(function))


def side_by_side(function: Function) -> Function:
    """Compile a function that Python calls in several threads at once."""
    return cast(Function, njit(nogil=True, **OPTIONS)(function))


def is_prepared() -> bool:
    """Is the compiled code of this kernel there, so that nothing has to be compiled now?"""
    return (FOLDER / MARK).exists()


def note_prepared() -> None:
    """Everything has been compiled once."""
    if FOLDER.exists():
        (FOLDER / MARK).touch()
