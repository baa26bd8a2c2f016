"""How the functions of the kernel are compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba import njit as typed_njit
from numba import types

from solver.kernel.cache import FOLDER

Function = TypeVar("Function", bound=Callable[..., Any])

config: Any = numba.config
njit: Any = typed_njit  # options that its stubs do not know
unliteral: Any = types.unliteral
# Nothing in the kernel makes arrays, so that references need not be counted
OPTIONS: dict[str, Any] = {"cache": True, "no_cfunc_wrapper": True, "_nrt": False}
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


def inlined(function: Function) -> Function:
    """Compile a function into those that call it: for functions whose arguments are many arrays."""
    return cast(Function, njit(forceinline=True, no_cpython_wrapper=True, **OPTIONS)(function))


def entry(function: Function) -> Function:
    """Compile a function that Python calls."""
    return cast(Function, njit(**OPTIONS)(function))


def side_by_side(function: Function) -> Function:
    """Compile a function that Python calls in several threads at once."""
    return cast(Function, njit(nogil=True, **OPTIONS)(function))
